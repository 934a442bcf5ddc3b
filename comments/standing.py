"""The text a person reads: an edition, or the working text, and the editions around it."""

from __future__ import annotations

from dataclasses import dataclass

from drafts.models import Document, Edition
from drafts.photographs import edition_text, working_text
from drafts.texts import Text


@dataclass(frozen=True)
class Standing:
    """A text to read: an edition, or the working text when ``edition`` is None.

    ``before`` are the editions up to it, ``editions`` all of them, the oldest first, recalled ones too: what was said
    about those stays, and is followed through them.
    """

    text: Text
    edition: Edition | None
    before: tuple[Edition, ...]
    editions: tuple[Edition, ...]

    @property
    def newest(self) -> Edition | None:
        """The newest that counts: not a recalled one."""
        return next((edition for edition in reversed(self.editions) if not edition.is_recalled), None)

    def texts_since(self, number: int) -> list[Text]:
        """The texts from edition ``number`` on to the one shown, each one query at most, then from memory.

        What was read in a recalled edition is followed back to the one that counts again.
        """
        if self.edition is not None and number > self.edition.number:
            back = (e for e in reversed(self.editions) if self.edition.number <= e.number <= number)
            return [edition_text(edition) for edition in back]
        texts = [edition_text(edition) for edition in self.before if edition.number >= number]
        return [*texts, self.text] if self.edition is None else texts


def latest_edition(document: Document) -> Standing | None:
    """What readers see: the newest edition not recalled; None before the first. Two queries at most."""
    editions = _editions(document)
    newest = next((edition for edition in reversed(editions) if not edition.is_recalled), None)
    return _as_edition(newest, editions) if newest else None


def earlier_edition(document: Document, *, edition: Edition) -> Standing:
    """An edition that came through the door. Two queries at most."""
    return _as_edition(edition, _editions(document))


def working_state(document: Document) -> Standing:
    """The working text. Two queries."""
    editions = _editions(document)
    return Standing(text=working_text(document), edition=None, before=editions, editions=editions)


def _editions(document: Document) -> tuple[Edition, ...]:
    return tuple(document.editions.select_related("recall__operation__by").order_by("number"))


def _as_edition(edition: Edition, editions: tuple[Edition, ...]) -> Standing:
    before = tuple(e for e in editions if e.number <= edition.number)
    return Standing(text=edition_text(edition), edition=edition, before=before, editions=editions)
