"""A migrated database to copy: made once for a state of models and migrations, then used by every run."""

import fcntl
import hashlib
import os
import subprocess
import sys

from psycopg import sql

from config import services

APPS = ("config", "accounts", "drafts", "comments", "meetings")


def state_of_the_schema():
    """Changes whenever a file that shapes the database does."""
    files = [services.ROOT / "requirements.txt"]
    for app in APPS:
        folder = services.ROOT / app
        files += sorted({*folder.glob("*.py"), *folder.glob("migrations/*.py"), *folder.glob("management/**/*.py")})
    digest = hashlib.sha256()
    for file in filter(lambda file: file.exists(), files):
        digest.update(str(file.relative_to(services.ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def make_database(cluster, name):
    """A new database with every migration applied and the rights given."""
    prepared = f"prepared_{state_of_the_schema()}"
    with (services.testing.folder / "preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if prepared not in cluster.databases():
            for old in cluster.databases():
                if old.startswith("prepar"):
                    cluster.drop_database(old)
            prepare(cluster, prepared)
        cluster.create_database(name, template=prepared)


def prepare(cluster, name):
    """Under another name until it is whole."""
    cluster.create_database("preparing")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE": "preparing",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=services.ROOT, env=environment, check=True)
    with cluster.connect() as connection:
        connection.execute(sql.SQL("ALTER DATABASE preparing RENAME TO {}").format(sql.Identifier(name)))
