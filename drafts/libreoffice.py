"""What LibreOffice is asked to do, by whoever runs it: in an empty folder, with a profile of its own. No Django here.

It runs no macro, follows no link to another machine and leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no linked files, and for what asks for the network all the same, a proxy nobody serves."""


@dataclass(frozen=True)
class Order:
    """A command ready to run in its folder, and what it will have made."""

    folder: Path
    command: Sequence[str]
    results: Sequence[Path]

    def made(self) -> list[bytes] | None:
        """The files asked for, in their order; None unless all are there."""
        if not all(path.exists() for path in self.results):
            return None
        return [path.read_bytes() for path in self.results]


def program() -> str | None:
    """Where LibreOffice is installed."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def order(program: str, files: Sequence[bytes], *, kind: str, to: str) -> Iterator[Order]:
    """Files of one kind ("doc") to be made into another ("pdf:writer_pdf_Export"); the folder goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="office-") as name:
        folder = Path(name)
        sources = [folder / f"paper{number}.{kind}" for number in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        made = folder / "made"
        made.mkdir()
        _write_profile(folder / "profile" / "user")
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", to, "--outdir", str(made), *map(str, sources),
        ]  # fmt: skip
        suffix = to.partition(":")[0]
        yield Order(folder, command, [made / f"{source.stem}.{suffix}" for source in sources])


def environment(folder: Path) -> Mapping[str, str]:
    """Nothing of ours but where programs are; they find their own files by themselves."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n'
    )
