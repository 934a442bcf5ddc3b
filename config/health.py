"""Is it alive, and is it ready: two addresses for those who watch over the site."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache as remember

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import OutgoingMail, is_by_day
from config.valkey import NEVER_AGAIN

log = logging.getLogger(__name__)
HEARTBEAT = "worker-heartbeat"
MISSED_HEARTBEATS = 4


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: this process answers. Nothing else is asked."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: 200 when everything the work needs is there, else 503. Each part says "ok" or what is wrong."""
    checks: dict[str, Callable[[], str]] = {
        "database": database,
        "migrations": migrations,
        "broker": broker,
        "worker": worker,
    }
    parts = {name: outcome(check) for name, check in checks.items()}
    ready = all(said == "ok" for said in parts.values())
    report = {
        "status": "ok" if ready else "not ready",
        **parts,
        "last_heartbeat": last_heartbeat(),
        "oldest_unsent_mail_seconds": oldest_unsent_mail(),
    }
    response = JsonResponse(report, status=200 if ready else 503)
    response._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds: not an error each time
    return response


def outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, redis.RedisError, OSError) as error:
        log.warning("Not ready: %s: %s", check.__name__, type(error).__name__)
        return "no answer"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    return "ok" if migrated() else "pending"


@remember
def _migrated_for_good(database_name: str) -> bool:
    """True is remembered (this program has no more migrations to come); anything else raises and is asked again."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError
    return True


def migrated() -> bool:
    try:
        return _migrated_for_good(connection.settings_dict["NAME"])
    except LookupError:
        return False


def broker() -> str:
    client = broker_client()
    try:
        client.ping()
    finally:
        client.close()
    return "ok"


def broker_client() -> redis.Redis:
    """The broker, which answers within a second or not at all."""
    return redis.Redis.from_url(
        settings.REDIS_URL.replace("redis+socket://", "unix://"),
        socket_timeout=settings.BROKER_SECONDS,
        socket_connect_timeout=settings.BROKER_SECONDS,
        retry=NEVER_AGAIN,
    )


def beat() -> None:
    """The worker's sign of life, in the database: so the way clock, broker, worker, database is whole."""
    cache.set(HEARTBEAT, time.time(), timeout=None)


def last_heartbeat() -> float | None:
    """When the worker was last heard of, in seconds since 1970."""
    try:
        found: float | None = cache.get(HEARTBEAT)
    except DatabaseError:
        return None
    return found


def worker() -> str:
    last = last_heartbeat()
    if last is None:
        return "never seen"
    age = time.time() - last
    return "ok" if age < MISSED_HEARTBEATS * settings.HEARTBEAT_SECONDS else f"silent for {age:.0f} seconds"


def oldest_unsent_mail() -> float | None:
    """How long the oldest mail has been waiting that may leave at this hour, in seconds; None when nothing waits.

    Mail that leaves by day only has waited since the morning at most: at night nothing is wrong with it.
    """
    now = timezone.now()
    morning = timezone.localtime(now).replace(hour=settings.REMINDER_HOURS[0], minute=0, second=0, microsecond=0)
    unsent = OutgoingMail.objects.unsent()
    try:
        oldest = unsent.filter(only_by_day=False).aggregate(oldest=Min("due_at"))["oldest"]
        if is_by_day(now) and (by_day := unsent.filter(only_by_day=True).aggregate(oldest=Min("due_at"))["oldest"]):
            oldest = min(filter(None, (oldest, max(by_day, morning))))
    except DatabaseError:
        return None
    return max(0.0, (now - oldest).total_seconds()) if oldest else None
