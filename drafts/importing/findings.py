"""What the importer has to say to a person: findings about a text, and the refusal of a file.

Messages are English msgids with %(name)s places. The importer knows no Django: `gettext_noop` only marks them for
the extractor; whoever shows a finding translates `message` and then applies `params`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Mark `message` for the extractor and give it back unchanged."""
    return message


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at; `line` is the 1-based line (text) or paragraph (Word) of the source."""

    line: int
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def text(self) -> str:
        """The message in English, e.g. "Article 7 is missing after article 6."."""
        return self.message % self.params if self.params else self.message


class UnreadableFile(Exception):
    """The file cannot be read at all; `message` is one clear English sentence (a msgid), `params` fill its places."""

    def __init__(self, message: str, params: Mapping[str, str | int] | None = None) -> None:
        self.message = message
        self.params: Mapping[str, str | int] = params or {}
        super().__init__(message % self.params if self.params else message)
