"""The project's settings on the test databases, which live in var/testing and know nothing of the real data."""

import os

from config import services
from config.postgres import APPLICATION, OWNER

os.environ.update(
    DEPLOYMENT="test",
    DEBUG="false",
    SECRET_KEY="for tests only, and long enough that nobody complains about it",
    DATABASE_URL=services.testing.postgres.url(APPLICATION),
    DATABASE_OWNER_URL=services.testing.postgres.url(OWNER),
    REDIS_URL=services.testing.valkey.url,
    EMAIL_URL="memorymail://",
)

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
