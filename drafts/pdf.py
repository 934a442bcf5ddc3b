"""Word files as PDF, by LibreOffice where it is installed: a program of its own, bounded, without macros or network."""

from __future__ import annotations

import os
import signal
import subprocess
from threading import BoundedSemaphore

from django.utils.translation import gettext as _

from config.errors import RuleBrokenError
from drafts import libreoffice

SECONDS = 60
WAIT_SECONDS = 30
_AT_ONCE = 2
_places = BoundedSemaphore(_AT_ONCE)


def can_make_pdf() -> bool:
    """Whether LibreOffice is installed."""
    return libreoffice.program() is not None


def as_pdf(word: bytes, *, seconds: float = SECONDS) -> bytes:
    """The Word file as PDF; RuleBrokenError with one sentence when that is not possible now."""
    return as_pdfs([word], seconds=seconds)[0]


def as_pdfs(words: list[bytes], *, seconds: float = SECONDS) -> list[bytes]:
    """Several files in one start of the program."""
    program = libreoffice.program()
    if program is None:
        raise RuleBrokenError(
            _("PDF needs LibreOffice, which is not installed here: download the Word file and print it from Word.")
        )
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise RuleBrokenError(_("Other papers are being turned into PDF: please try again in a minute."))
    try:
        with libreoffice.order(program, words, kind="docx", to="pdf:writer_pdf_Export") as order:
            _run(order, seconds=seconds)
            papers = order.made()
    finally:
        _places.release()
    if papers is None:
        raise RuleBrokenError(_("LibreOffice could not turn this paper into PDF."))
    return papers


def _run(order: libreoffice.Order, *, seconds: float) -> None:
    """Wait for the program; when it takes too long, it goes with all it has started."""
    process = subprocess.Popen(
        order.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=order.folder,
        env=libreoffice.environment(order.folder),
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise RuleBrokenError(_("The paper takes too long to turn into PDF: download the Word file.")) from None
