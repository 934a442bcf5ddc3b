"""Read Word files (.docx): bytes → Source."""

from drafts.importing.findings import UnreadableFile, gettext_noop
from drafts.importing.lines import Source


def read_word(data: bytes) -> Source:
    raise UnreadableFile(gettext_noop("Word files cannot be read yet."))
