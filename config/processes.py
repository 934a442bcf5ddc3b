"""Which process is which: a number alone proves nothing, the system hands numbers out again."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import psutil


def find(pid: int) -> psutil.Process | None:
    """The living process of this number; a zombie counts as dead."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process
    except psutil.Error:
        return None


def read_pid(path: Path) -> int | None:
    """The number on the first line of a pid file, if there is a whole one."""
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def wait_for_end(process: psutil.Process, *, seconds: float) -> bool:
    """Whether the process ended in time. A zombie has ended: who should bury it may be slow."""
    return wait_until(lambda: has_ended(process), seconds=seconds)


def has_ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def end(process: psutil.Process, *, patience: float = 10) -> None:
    """Ask the process to go, and make it go when it has not gone in ``patience`` seconds."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        if not wait_for_end(process, seconds=patience):
            process.kill()
            wait_for_end(process, seconds=5)


def wait_until(happened: Callable[[], bool], *, seconds: float, every: float = 0.02) -> bool:
    """Look every 20 ms (or as told) until it has happened or the time is up."""
    end_at = time.monotonic() + seconds
    while time.monotonic() < end_at:
        if happened():
            return True
        time.sleep(every)
    return happened()
