"""Meetings and last days of tasks as calendar programs read them (RFC 5545, RFC 5546): text made of plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
NAME = "cuoc-hop.ics"
LONGEST_LINE = 75


@dataclass(frozen=True)
class Event:
    """One meeting, or a day. ``uid`` stays for its life; ``sequence`` grows with every change of time or place."""

    uid: str
    sequence: int
    title: str
    starts_at: dt.datetime | dt.date
    ends_at: dt.datetime | None
    stamp: dt.datetime
    place: str = ""
    description: str = ""
    address: str = ""
    organizer: tuple[str, str] = ("", "")
    attendee: tuple[str, str] = ("", "")


def calendar(events: Sequence[Event], *, method: Method) -> str:
    """The whole file, lines ended and folded as the standard wants them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Góp ý dự thảo//Cuộc họp//VI", f"METHOD:{method}"]
    for event in events:
        lines += _event(event, method)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, method: Method) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_moment(event.stamp)}"
    if isinstance(event.starts_at, dt.datetime):
        yield f"DTSTART:{_moment(event.starts_at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.starts_at:%Y%m%d}"
    if event.ends_at is not None:
        yield f"DTEND:{_moment(event.ends_at)}"
    yield f"SUMMARY:{_text(event.title)}"
    for name, value in (("LOCATION", event.place), ("DESCRIPTION", event.description)):
        if value:
            yield f"{name}:{_text(value)}"
    if event.address:
        yield f"URL:{event.address}"
    if event.organizer[1]:
        yield f"ORGANIZER;CN={_parameter(event.organizer[0])}:mailto:{event.organizer[1]}"
    if event.attendee[1]:
        yield f"ATTENDEE;CN={_parameter(event.attendee[0])};PARTSTAT=NEEDS-ACTION:mailto:{event.attendee[1]}"
    yield f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(value.splitlines())


def _parameter(value: str) -> str:
    """In quotes, which the value itself may not hold."""
    return '"' + "".join(char for char in value if char != '"' and char.isprintable()) + '"'


def _folded(line: str) -> str:
    """No line longer than 75 octets; no letter is cut in two."""
    rows, row, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > LONGEST_LINE:
            rows.append(row)
            row, size = " ", 1
        row, size = row + char, size + width
    return "\r\n".join([*rows, row])
