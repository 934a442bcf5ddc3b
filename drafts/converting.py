"""Word files as PDF, by LibreOffice where it is installed: a program of its own, bounded, without macros or network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from django.utils.translation import gettext as _

from config.errors import RuleBrokenError

SECONDS = 60
WAIT_SECONDS = 30
_AT_ONCE = 2
_NAMES = ("soffice", "libreoffice")
_places = BoundedSemaphore(_AT_ONCE)
_COMMON, _WRITER = "/org.openoffice.Office.Common/Security/Scripting", "/org.openoffice.Office.Writer/Content/Update"
_SETTINGS = (
    (_COMMON, "DisableMacrosExecution", "true"),
    (_COMMON, "BlockUntrustedRefererLinks", "true"),
    (_WRITER, "Link", "0"),
)


def can_make_pdf() -> bool:
    """Whether LibreOffice is installed."""
    return _program() is not None


def as_pdf(word: bytes, *, seconds: float = SECONDS) -> bytes:
    """The Word file as PDF; RuleBrokenError with one sentence when that is not possible now."""
    return as_pdfs([word], seconds=seconds)[0]


def as_pdfs(words: list[bytes], *, seconds: float = SECONDS) -> list[bytes]:
    """Several files in one start of the program."""
    program = _program()
    if program is None:
        raise RuleBrokenError(
            _("PDF needs LibreOffice, which is not installed here: download the Word file and print it from Word.")
        )
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise RuleBrokenError(_("Other papers are being turned into PDF: please try again in a minute."))
    try:
        return _converted(program, words, seconds=seconds)
    finally:
        _places.release()


def _converted(program: str, words: list[bytes], *, seconds: float) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        place = Path(folder)
        names = [f"paper{number}" for number in range(len(words))]
        for name, word in zip(names, words, strict=True):
            (place / f"{name}.docx").write_bytes(word)
        settings = place / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        command = [
            program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder,
            *(str(place / f"{name}.docx") for name in names),
        ]  # fmt: skip
        _run(command, folder=folder, seconds=seconds)
        try:
            return [(place / f"{name}.pdf").read_bytes() for name in names]
        except FileNotFoundError:
            raise RuleBrokenError(_("LibreOffice could not turn this paper into PDF.")) from None


def _profile() -> str:
    """Settings of a user who runs no macros and follows no links."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _run(command: list[str], *, folder: str, seconds: float) -> None:
    """Wait for the program; when it takes too long, it goes with all it has started."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise RuleBrokenError(_("The paper takes too long to turn into PDF: download the Word file.")) from None


def _program() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)
