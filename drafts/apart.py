"""Reads a stranger's file in a short-lived process with bounded time and memory.

The importer is linear in the length of the text, but the file is not ours: whatever it makes the parsers do, the web
process goes on. The process is `drafts.importing.program`.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from drafts.importing import (
    Component,
    Conversion,
    Correction,
    Finding,
    ImportedFile,
    Kind,
    Node,
    Remark,
    Row,
    UnreadableFile,
)
from drafts.importing.findings import gettext_noop
from drafts.importing.program import SECONDS, TOO_MUCH
from drafts.importing.reading import CONVERSION_SECONDS

_ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = "drafts.importing.program"
_DAMAGED = gettext_noop("The file is damaged and cannot be read: please save it anew in Word as .docx.")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as the importer understood it; `modern` is the .docx an old Word file was turned into, else None."""

    file: ImportedFile
    modern: bytes | None = None


def read_apart(
    data: bytes, *, name: str, corrections: Sequence[Correction] = (), seconds: int = SECONDS
) -> ImportedFile:
    """``read_document`` within bounds; raises UnreadableFile also for what takes too long or breaks the reader."""
    return open_apart(data, name=name, corrections=corrections, seconds=seconds).file


def open_apart(data: bytes, *, name: str, corrections: Sequence[Correction] = (), seconds: int = SECONDS) -> Opened:
    """``read_apart``, and what an old Word file was converted to, so that it need not be converted again."""
    said = [asdict(correction) for correction in corrections]
    line = json.dumps({"name": name, "corrections": said, "seconds": seconds}).encode()
    answer = _ask(line + b"\n" + data, seconds=seconds)
    if "refusal" in answer:
        raise UnreadableFile(answer["refusal"], answer["params"])
    modern = answer["modern"]
    return Opened(_file(answer["file"]), None if modern is None else b64decode(modern))


def _ask(question: bytes, *, seconds: int) -> dict[str, Any]:
    """Run the reading process; it and whatever it started are ended when it takes too long."""
    environment = {"PYTHONUTF8": "1", "PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", "")}
    with subprocess.Popen(
        [sys.executable, "-m", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            answer, errors = process.communicate(question, timeout=seconds + CONVERSION_SECONDS + 2)
        except subprocess.TimeoutExpired:
            raise UnreadableFile(TOO_MUCH) from None
        finally:
            _end(process)
    if process.returncode < 0:
        raise UnreadableFile(TOO_MUCH)
    if process.returncode:
        log.error("The reader broke on %d bytes: %s", len(question), errors.decode(errors="replace")[-4000:])
        raise UnreadableFile(_DAMAGED)
    found: dict[str, Any] = json.loads(answer)
    return found


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started, a converter that hangs too."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _file(stored: dict[str, Any]) -> ImportedFile:
    return ImportedFile(
        stored["name"],
        stored["format"],
        tuple(map(_component, stored["components"])),
        tuple(map(_conversion, stored["conversions"])),
        tuple(Remark(**remark) for remark in stored["remarks"]),
    )


def _component(stored: dict[str, Any]) -> Component:
    return Component(
        title=stored["title"],
        nodes=tuple(Node(**(node | {"kind": Kind(node["kind"])})) for node in stored["nodes"]),
        findings=tuple(Finding(**finding) for finding in stored["findings"]),
        rows=tuple(Row(**row) for row in stored["rows"]),
    )


def _conversion(stored: dict[str, Any]) -> Conversion:
    samples = tuple((before, after) for before, after in stored["samples"])
    return Conversion(stored["encoding"], stored["paragraphs"], samples)
