"""Who has which article open: kept in Valkey, gone by itself, and never in anybody's way.

An editor says every so often that it is open; who was not heard of for a while is not there any more. Nothing depends
on it: when Valkey is down, frozen or full, nobody is seen and everything else works. After a failure it is left alone
for a moment, so that a frozen server costs one page its patience and not every one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.models import User
from drafts.models import Document, Provision

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 20
ALIVE_SECONDS = 45
"""Two heartbeats may get lost."""
PATIENCE_SECONDS = 0.5
PAUSE_SECONDS = 30

Result = TypeVar("Result")
_silent_until = 0.0


def announce(provision: Provision, *, by: User) -> None:
    """The person has the provision open."""

    key, now = _key(provision.document_id), time.time()

    def tell(valkey: redis.Redis) -> None:
        with valkey.pipeline(transaction=False) as pipe:
            pipe.zadd(key, {f"{provision.pk}:{by.pk}": now})
            pipe.zremrangebyscore(key, "-inf", now - ALIVE_SECONDS)
            pipe.expire(key, ALIVE_SECONDS)
            pipe.execute()

    _attempt(tell, otherwise=None)


def leave(provision: Provision, *, by: User) -> None:
    """The person has closed it."""
    _attempt(lambda valkey: valkey.zrem(_key(provision.document_id), f"{provision.pk}:{by.pk}"), otherwise=None)


def others_at(provision: Provision, *, than: User) -> list[User]:
    """Who else has the provision open, in order of names. One query when there is somebody."""
    keys = _present(provision.document_id).get(provision.pk, set()) - {than.pk}
    return _people(keys)


def present_in(document: Document, *, but: User) -> dict[int, list[User]]:
    """Who has which provision (by primary key) of the document open. One query when there is somebody."""
    present = _present(document.pk)
    people = {person.pk: person for person in _people({key for keys in present.values() for key in keys} - {but.pk})}
    named = {provision: [people[key] for key in people if key in keys] for provision, keys in present.items()}
    return {provision: there for provision, there in named.items() if there}


def _present(document_pk: int) -> dict[int, set[int]]:
    """The primary keys of provisions, and of the people who have them open."""
    since = time.time() - ALIVE_SECONDS
    nobody: list[Any] = []
    members = _attempt(lambda valkey: list(valkey.zrangebyscore(_key(document_pk), since, "+inf")), otherwise=nobody)
    present: dict[int, set[int]] = {}
    for member in members:
        provision, _colon, person = member.decode().partition(":")
        present.setdefault(int(provision), set()).add(int(person))
    return present


def _people(keys: set[int]) -> list[User]:
    return list(User.objects.filter(pk__in=keys).select_related("unit").order_by("name_key")) if keys else []


def _key(document_pk: int) -> str:
    return f"presence:{document_pk}"


def _attempt(ask: Callable[[redis.Redis], Result], *, otherwise: Result) -> Result:
    global _silent_until
    if time.monotonic() < _silent_until:
        return otherwise
    try:
        return ask(_valkey(settings.REDIS_URL))
    except (redis.RedisError, OSError) as error:
        _silent_until = time.monotonic() + PAUSE_SECONDS
        log.warning("Nobody is seen for a while: %s", type(error).__name__)
        return otherwise


@cache
def _valkey(url: str) -> redis.Redis:
    """Answers within half a second or not at all; its connections are shared by the threads of this process."""
    return redis.Redis.from_url(
        url.replace("redis+socket://", "unix://"),
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
