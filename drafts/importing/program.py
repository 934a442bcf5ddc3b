"""The reading process: a question on standard input, the structure of a file in JSON on standard output.

The question is a line of JSON (the file's name, what a person corrected in it, how many seconds of processor time) and
the bytes of the file. Started by `drafts.apart`; loads only what reading needs, for it is started again and again.
"""

import json
import os
import resource
import sys
from base64 import b64encode
from dataclasses import asdict
from typing import Any

from drafts.importing import Correction, Role, imported
from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.reading import read_keeping_conversion

SECONDS = 25
MEMORY_BYTES = 1_500_000_000
MOST_WRITTEN = 200_000_000

TOO_MUCH = gettext_noop("The file takes too long to read: please save it anew in Word, without pictures.")


def bound(*, seconds: int) -> None:
    """Limits of this process and of every converter it starts."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def correction_of(stored: dict[str, Any]) -> Correction:
    """A correction as it was before it became JSON."""
    return Correction(**(stored | {"role": Role(stored["role"])}))


def answer(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The file and, for an old Word file, the .docx made of it; or the refusal."""
    corrections = [correction_of(stored) for stored in question["corrections"]]
    try:
        reading = read_keeping_conversion(data)
        modern = None if reading.modern is None else b64encode(reading.modern).decode()
        file = imported(reading.source, name=question["name"], corrections=corrections)
        return {"file": asdict(file), "modern": modern}
    except UnreadableFile as refusal:
        return {"refusal": refusal.message, "params": dict(refusal.params)}
    except (MemoryError, RecursionError):
        return {"refusal": TOO_MUCH, "params": {}}


def main() -> None:
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    question = json.loads(line)
    bound(seconds=question["seconds"])
    json.dump(answer(question, data), sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # taking the objects down one by one costs more than reading a short file


if __name__ == "__main__":
    main()
