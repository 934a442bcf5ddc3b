"""The project's settings on the test databases, which live in var/testing and know nothing of the real data."""

import os

from config import services
from config.postgres import APPLICATION, OWNER

# No such database exists: a run makes one of its own and names it here.
DATABASE = os.environ.get("TEST_DATABASE", "nowhere")
os.environ.update(
    DEPLOYMENT="test",
    DEBUG="false",
    SECRET_KEY="for tests only, and long enough that nobody complains about it",
    DATABASE_URL=services.testing.postgres.url(APPLICATION, database=DATABASE),
    DATABASE_OWNER_URL=services.testing.postgres.url(OWNER, database=DATABASE),
    REDIS_URL=services.testing.valkey.url,
    EMAIL_URL="memorymail://",
    REMINDER_HOURS="0,24",  # tests run at night too; those about the hours set their own
)

from config.settings import *  # noqa: E402, F403
from config.settings import INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = ["tests.emptying", *INSTALLED_APPS]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Every test client starts the middleware anew: look static files up one by one instead of listing them all each time.
WHITENOISE_AUTOREFRESH = True
