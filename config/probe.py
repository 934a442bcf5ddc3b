"""The health checks of docker-compose.yml: ``python -m config.probe web|worker|beat``, exit code 0 when well."""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from pathlib import Path

SECONDS_WITHOUT_A_TICK = 300


def web() -> bool:
    """The web server answers. It is asked by a name it is reached by: any other it refuses."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    port = os.environ.get("BIND", ":8000").rpartition(":")[2]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=4) as answer:
        return bool(answer.status == 200)


def worker() -> bool:
    """A worker answers a ping over the broker."""
    from config.celery import app

    return bool(app.control.ping(timeout=5, limit=1))


def beat() -> bool:
    """The clock has written down its ticks not long ago."""
    name = os.environ.get("BEAT_SCHEDULE_FILE", "var/beat-schedule")
    files = [Path(name), *Path(name).parent.glob(f"{Path(name).name}.*")]
    ticks = [file.stat().st_mtime for file in files if file.exists()]
    return bool(ticks) and time.time() - max(ticks) < SECONDS_WITHOUT_A_TICK


CHECKS = {"web": web, "worker": worker, "beat": beat}


def main(name: str) -> int:
    try:
        return 0 if CHECKS[name]() else 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
