"""Word 97 and RTF files through the programs that know them: LibreOffice (→ .docx), or antiword (→ text).

Both run as programs of their own, found on PATH, in an empty folder that is removed afterwards; the limits of time and
memory are those of the process that calls, which a child inherits (see `drafts.apart`), and a deadline by the clock.
LibreOffice gets a profile of its own: it runs no macro, follows no link to another machine and leaves nothing behind.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Paragraph, Source

_OFFICE_NAMES = ("soffice", "libreoffice")
_NO_CONVERTER = gettext_noop("This is a file of an old kind of Word: please open it in Word and save it as .docx.")
_NOT_CONVERTED = gettext_noop("The old Word file could not be read: please open it in Word and save it as .docx.")
_TOO_LONG = gettext_noop("The old Word file takes too long to convert: please open it in Word and save it as .docx.")
_ROW = re.compile(r"\|.*\|\s*$")
_COMMON = "/org.openoffice.Office.Common"
_SETTINGS = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no linked files, and for what asks for the network all the same, a proxy nobody serves."""


def converted(data: bytes, *, kind: str, seconds: float) -> bytes | None:
    """The file ("doc" or "rtf") as .docx, made by LibreOffice; None when that is not installed.

    Raises UnreadableFile when LibreOffice does not manage it in time or at all.
    """
    program = next(filter(None, map(shutil.which, _OFFICE_NAMES)), None)
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        place = Path(folder)
        (place / f"source.{kind}").write_bytes(data)
        _make_profile(place / "profile" / "user")
        command = [
            program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(place / f"source.{kind}"),
        ]  # fmt: skip
        _run(command, folder=place, seconds=seconds)
        try:
            return (place / "source.docx").read_bytes()
        except FileNotFoundError:
            raise UnreadableFile(_NOT_CONVERTED) from None


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


def _make_profile(folder: Path) -> None:
    """Write the settings LibreOffice starts with."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n'
    )


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
            env=_environment(folder),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_TOO_LONG) from None
    return done.stdout


def _environment(folder: Path) -> Mapping[str, str]:
    """Nothing of ours but where programs are; antiword finds its mapping files by itself."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
