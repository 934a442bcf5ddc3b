"""Word 97 and RTF files through the programs that know them: LibreOffice (→ .docx), or antiword (→ text).

Both run as programs of their own, found on PATH, in an empty folder that is removed afterwards; the limits of time and
memory are those of the process that calls, which a child inherits (see `drafts.apart`), and a deadline by the clock.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from drafts import libreoffice
from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Paragraph, Source

_NO_CONVERTER = gettext_noop("This is a file of an old kind of Word: please open it in Word and save it as .docx.")
_NOT_CONVERTED = gettext_noop("The old Word file could not be read: please open it in Word and save it as .docx.")
_TOO_LONG = gettext_noop("The old Word file takes too long to convert: please open it in Word and save it as .docx.")
_ROW = re.compile(r"\|.*\|\s*$")


def converted(data: bytes, *, kind: str, seconds: float) -> bytes | None:
    """The file ("doc" or "rtf") as .docx, made by LibreOffice; None when that is not installed.

    Raises UnreadableFile when LibreOffice does not manage it in time or at all.
    """
    program = libreoffice.program()
    if program is None:
        return None
    with libreoffice.order(program, [data], kind=kind, to="docx:MS Word 2007 XML") as order:
        _run(order.command, folder=order.folder, seconds=seconds)
        made = order.made()
    if made is None:
        raise UnreadableFile(_NOT_CONVERTED)
    return made[0]


def read_with_antiword(data: bytes, *, seconds: float) -> Source:
    """The plain text of a Word 97 file; raises UnreadableFile when antiword is not installed or refuses it."""
    program = shutil.which("antiword")
    if program is None:
        raise UnreadableFile(_NO_CONVERTER)
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        place = Path(folder) / "source.doc"
        place.write_bytes(data)
        command = [program, "-t", "-w", "0", "-m", "UTF-8.txt", str(place)]
        text = _run(command, folder=Path(folder), seconds=seconds).decode("utf-8", "replace")
    if not text.strip():
        raise UnreadableFile(_NOT_CONVERTED)
    lines = enumerate(text.split("\n"), start=1)
    return Source("doc", tuple(Paragraph(_line(line), number) for number, line in lines))


def _line(line: str) -> str:
    """A row of a table in our notation; antiword pads its cells with blanks."""
    if not _ROW.match(line):
        return line
    cells = [" ".join(cell.split()) for cell in line.strip().strip("|").split("|")]
    return f"| {' | '.join(cells)} |"


def _run(command: Sequence[str], *, folder: Path, seconds: float) -> bytes:
    """Run a converter and give its output. What it started belongs to our process group, which `drafts.apart` ends."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=libreoffice.environment(folder),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_TOO_LONG) from None
    return done.stdout
