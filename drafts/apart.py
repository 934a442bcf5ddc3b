"""Reads a stranger's file in a short-lived process with bounded time and memory.

The importer is linear in the length of the text, but the file is not ours: whatever it makes the parsers do, the web
process goes on. Run as a program, this module reads a line of JSON (name and corrections) and the bytes, and answers
in JSON.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from drafts.importing import (
    Component,
    Correction,
    Finding,
    ImportedFile,
    Kind,
    Node,
    Role,
    Row,
    UnreadableFile,
    read_document,
)
from drafts.importing.findings import gettext_noop

SECONDS = 25
MEMORY_BYTES = 1_500_000_000

_ROOT = Path(__file__).resolve().parent.parent
_TOO_MUCH = gettext_noop("The file takes too long to read: please save it anew in Word, without pictures.")
_DAMAGED = gettext_noop("The file is damaged and cannot be read: please save it anew in Word as .docx.")

log = logging.getLogger(__name__)


def read_apart(
    data: bytes, *, name: str, corrections: Sequence[Correction] = (), seconds: int = SECONDS
) -> ImportedFile:
    """``read_document`` within bounds; raises UnreadableFile also for what takes too long or breaks the reader."""
    environment = {"PYTHONUTF8": "1", "PATH": os.environ.get("PATH", ""), "APART_SECONDS": str(seconds)}
    line = json.dumps({"name": name, "corrections": [asdict(correction) for correction in corrections]}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "drafts.apart"],
            input=line + b"\n" + data,
            capture_output=True,
            timeout=seconds + 2,
            cwd=_ROOT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_TOO_MUCH) from None
    if done.returncode < 0:
        raise UnreadableFile(_TOO_MUCH)
    if done.returncode:
        log.error("The reader broke on a file of %d bytes: %s", len(data), done.stderr.decode(errors="replace")[-4000:])
        raise UnreadableFile(_DAMAGED)
    answer = json.loads(done.stdout)
    if "refusal" in answer:
        raise UnreadableFile(answer["refusal"], answer["params"])
    return _file(answer["file"])


def _file(stored: dict[str, Any]) -> ImportedFile:
    return ImportedFile(stored["name"], stored["format"], tuple(map(_component, stored["components"])))


def _component(stored: dict[str, Any]) -> Component:
    return Component(
        title=stored["title"],
        nodes=tuple(Node(**(node | {"kind": Kind(node["kind"])})) for node in stored["nodes"]),
        findings=tuple(Finding(**finding) for finding in stored["findings"]),
        rows=tuple(Row(**row) for row in stored["rows"]),
    )


def correction_of(stored: dict[str, Any]) -> Correction:
    """A correction as it was before it became JSON."""
    return Correction(**(stored | {"role": Role(stored["role"])}))


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        corrections = [correction_of(stored) for stored in asked["corrections"]]
        return {"file": asdict(read_document(data, name=asked["name"], corrections=corrections))}
    except UnreadableFile as refusal:
        return {"refusal": refusal.message, "params": dict(refusal.params)}
    except (MemoryError, RecursionError):
        return {"refusal": _TOO_MUCH, "params": {}}


def main() -> None:
    seconds = int(os.environ.get("APART_SECONDS", SECONDS))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    json.dump(_answer(json.loads(line), data), sys.stdout)


if __name__ == "__main__":
    main()
