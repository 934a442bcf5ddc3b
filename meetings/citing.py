"""Finds what places of the meeting's drafts a conclusion cites: "khoản 2 Điều 5 dự thảo Quy chế làm việc". No Django.

A citation belongs to the draft named right behind it, or else to the only one named before it in its sentence, or in
its point, or on the agenda. Where more than one may be meant, each is offered and none chosen; what names another
text ("Điều 5 Luật Đất đai") is nobody's here. A person confirms.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from drafts.citations.reading import KINDS, THIS, Citation, Mention, Scope, citations
from drafts.citations.resolving import Places
from drafts.texts import Sheet, Text
from meetings.due_words import folded


class Unsure(StrEnum):
    """Why a citation is not taken for certain."""

    DRAFT = "draft"
    OTHER = "other"
    ARTICLE = "article"
    CLAUSE = "clause"


@dataclass(frozen=True)
class KnownDraft:
    """A draft on the table, with the text that is read there."""

    key: int
    title: str
    text: Text

    @cached_property
    def name(self) -> list[str]:
        """What it is called, without its term: ["quy", "che", "lam", "viec", "cua", "tinh", "uy"]."""
        return _words(_TERM.split(folded(self.title))[0])

    @cached_property
    def term(self) -> list[str]:
        return _numbers(folded(self.title)[len(_TERM.split(folded(self.title))[0]) :])

    @cached_property
    def places(self) -> Places:
        return Places(self.text)


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A provision of a draft that may be meant."""

    draft: int
    wid: uuid.UUID
    label: str


@dataclass(frozen=True, slots=True)
class Cited:
    """``text[start:end]`` cites one of these places; only one that is not ``unsure`` may be taken as read."""

    words: str
    start: int
    end: int
    places: tuple[CitedPlace, ...]
    unsure: Unsure | None = None


def read_citations(text: str, points: Sequence[tuple[int, int]], drafts: Sequence[KnownDraft]) -> list[Cited]:
    """What the words cite, in their order; ``points`` are the places where each point begins and ends."""
    if not drafts:
        return []
    return list(_Reader(text, points, drafts).cited())


_TERM = re.compile(r"[,(–]|\s(?:nhiem ky|khoa)\s+(?=\d|[ivxlc]+(?!\w))")
_SAME_TERM = re.compile(r"\s*[,(]?\s*(?:nhiem ky|khoa)\s+((?:\d{4}|[ivxlc]+)(?:\s*[-–]\s*\d{4})?)")
_TO_NAME = re.compile(
    r"[\s,–-]*(?:(?:cua|tai|trong|thuoc|theo|o|ban hanh kem theo|kem theo)\s+)?[“\"]?(?:(?:ban|du thao)\s+)*"
)
_NAME_STOPS = re.compile(r"[,;:.()“”\"\n]")
_NAME_MAY_END = re.compile(
    r"\s*(?:$|(?:truoc|den|trong|theo|de|va|hoac|phai|can|ve|do|nhu|cho|thi|duoc|gui|trinh|la|voi|khi|tai|o|nay|lan|tu|"
    r"sua|bo|them|con|chua|da|dang|khong|neu|nham|noi|giao|xem|sau|cung|bao dam|dam bao|quy dinh|cham nhat|hoan thanh|"
    r"hoan thien|chinh ly|chinh sua|lam ro|ra soat|de nghi|yeu cau|thong nhat)(?!\w))"
)
_JOINED = re.compile(r"[\s,;]*(?:(?:va|hoac|den|toi|cung)\s+)?$")
_SENTENCE_ENDS = re.compile(r"[.;\n](?=\s|$)")
_ONE_WORD_KINDS = ("luat",)
_UP_TO = re.compile(r"\s*(?:den|toi|[-–])\s*(?:(?:het|cac)\s+)?(?:dieu\s+)?$")
_OF_ANOTHER = re.compile(rf"(?<!\w)(?:Bộ luật|{'|'.join(KINDS)})(?!\w)")


@dataclass(frozen=True, slots=True)
class _Name:
    """Words behind a citation that name a text: the drafts they may mean (none for another text), and their end."""

    drafts: tuple[KnownDraft, ...]
    end: int = 0


class _Reader:
    def __init__(self, text: str, points: Sequence[tuple[int, int]], drafts: Sequence[KnownDraft]) -> None:
        self.text, self.points, self.drafts = text, points, drafts
        self.flat = folded(text)
        kinds = {" ".join(_kind(draft)) for draft in drafts}
        words = "|".join(kind.replace(" ", r"\s+") for kind in sorted(kinds, key=len, reverse=True))
        self.kind = re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    def cited(self) -> Iterator[Cited]:
        found = [one for one in citations(self.text) if one.scope is not Scope.QUOTED]
        named: dict[int, _Name | None] = {}
        for place in range(len(found) - 1, -1, -1):  # "Điều 12 và Điều 4 dự thảo Quy chế": the name is behind the last
            citation = found[place]
            name = self._behind(citation)
            after = found[place + 1] if place + 1 < len(found) else None
            if name is None and after and _JOINED.match(self.flat, citation.end, after.start):
                name = named[place + 1]
            named[place] = name
        for place, citation in enumerate(found):
            name = named[place]
            is_last = place + 1 == len(found) or named[place + 1] is not name
            end = max(citation.end, name.end) if name and is_last else citation.end
            before = found[place - 1] if place else None
            yield from self._read(citation, name, end=end, before=before)

    def _read(self, citation: Citation, name: _Name | None, *, end: int, before: Citation | None) -> Iterator[Cited]:
        """``end``: where the words end, the draft's name with them."""
        unsure: Unsure | None = None
        if name is not None:
            meant: Sequence[KnownDraft] = name.drafts
        elif citation.scope is Scope.ELSEWHERE:
            return
        else:
            meant, unsure = self._from_before(citation)
        first = before.mentions[-1] if before else None
        if first and not _UP_TO.match(self.flat, first.end, citation.mentions[0].start):
            first = None
        for mentions in _by_article(citation.mentions):
            yield from self._places((citation.start, end), mentions, meant, unsure, first=first)

    def _places(
        self,
        span: tuple[int, int],
        mentions: list[Mention],
        meant: Sequence[KnownDraft],
        unsure: Unsure | None,
        *,
        first: Mention | None,
    ) -> Iterator[Cited]:
        if not meant:
            return
        held = [(draft, sheets) for draft in meant if (sheets := self._sheets(mentions, draft, first=first))]
        places = tuple(CitedPlace(draft.key, sheet.wid, sheet.label) for draft, sheets in held for sheet in sheets)
        if len(meant) > 1:
            unsure = Unsure.DRAFT
        elif not held:
            unsure = Unsure.ARTICLE
        elif unsure is None and not all(self._resolves(mention, held[0][0]) for mention in mentions):
            unsure = Unsure.CLAUSE
        if unsure is None:
            for place in places:
                yield Cited(self.text[slice(*span)], *span, (place,))
        else:
            yield Cited(self.text[slice(*span)], *span, places, unsure)

    # Which draft

    def _behind(self, citation: Citation) -> _Name | None:
        """What is named right behind the last number."""
        last = max(mention.end for mention in citation.mentions)
        begins = _TO_NAME.match(self.flat, last)
        at = begins.end() if begins else last
        if self.kind.match(self.flat, at):
            named, end = self._named_up_to(at)
            return _Name(named, end)
        return _Name(()) if citation.scope is Scope.HERE and citation.document else None

    def _from_before(self, citation: Citation) -> tuple[Sequence[KnownDraft], Unsure | None]:
        """The draft the words before speak of; all of them where that is not clear."""
        sentence = max((end.end() for end in _SENTENCE_ENDS.finditer(self.text, 0, citation.start)), default=0)
        drafts, others = self._named_in(sentence, citation.start)
        if len(drafts) == 1:
            return drafts, Unsure.OTHER if others else None
        if not drafts:
            start, end = next(((a, b) for a, b in self.points if a <= citation.start < b), (0, len(self.text)))
            in_point, _others = self._named_in(start, end)
            if len(in_point) == 1 or len(self.drafts) == 1:
                return in_point or self.drafts, Unsure.OTHER if others else None
            drafts = in_point
        return drafts or self.drafts, Unsure.DRAFT

    def _named_in(self, start: int, end: int) -> tuple[list[KnownDraft], bool]:
        """The drafts named there, each once, and whether another text is named too."""
        drafts: dict[int, KnownDraft] = {}
        ours = set()
        others = False
        for kind in self.kind.finditer(self.flat, start, end):
            named = self._named(kind.start())
            ours.add(kind.start())
            drafts |= {draft.key: draft for draft in named}
            others = others or (not named and self.text[kind.start()].isupper())
        for kind in _OF_ANOTHER.finditer(self.text, start, end):
            others = others or (kind.start() not in ours and not self._is_inside_a_name(kind.start(), ours))
        return list(drafts.values()), others

    def _is_inside_a_name(self, at: int, names: Iterable[int]) -> bool:
        """ "Chương trình hành động thực hiện Nghị quyết …" is one name."""
        return any(
            at < name + sum(len(word) + 1 for word in draft.name)
            for name in names
            if name < at
            for draft in self._named(name)
        )

    def _named(self, at: int) -> tuple[KnownDraft, ...]:
        return self._named_up_to(at)[0]

    def _named_up_to(self, at: int) -> tuple[tuple[KnownDraft, ...], int]:
        """The drafts that the words from here may name, by their names or some words of them, and where these end."""
        stop = _NAME_STOPS.search(self.flat, at)
        end = stop.start() if stop else len(self.flat)
        words = list(re.finditer(r"\w+", self.flat[at:end]))
        fitting: list[tuple[bool, int, KnownDraft]] = []
        for draft in self.drafts:
            count = _in_order([word[0] for word in words], draft.name)
            if count < len(_kind(draft)):
                continue
            ends = at + words[count - 1].end()
            if not self._ends(ends, end, draft):
                continue
            is_whole = [word[0] for word in words[:count]] == draft.name
            fitting.append((is_whole, count, draft))
        best = max(((whole, count) for whole, count, _draft in fitting), default=None)
        end = at + words[best[1] - 1].end() if best else at
        return tuple(draft for whole, count, draft in fitting if (whole, count) == best), end

    def _ends(self, at: int, end: int, draft: KnownDraft) -> bool:
        """Whether the name ends here, and no other term than the draft's own follows."""
        if term := _SAME_TERM.match(self.flat, at):
            return not draft.term or _numbers(term[1]) == draft.term
        return bool(_NAME_MAY_END.match(self.flat[at:end]))

    # Which place

    def _sheets(self, mentions: list[Mention], draft: KnownDraft, *, first: Mention | None) -> list[Sheet]:
        """The provisions of the draft with these numbers; "Điều 5 đến Điều 7", which ``first`` begins, are three."""
        if not draft.text.sheets:
            return []
        by_wid, here = draft.text.by_wid(), draft.text.sheets[0]
        begun = draft.places.resolve(first, sheet=here) if first and first.level in _LINKED else None
        before = by_wid[begun.wid] if begun else None
        ended = first.end if first else 0
        found: list[Sheet] = []
        for mention in (one for one in mentions if one.level in _LINKED):
            target = draft.places.resolve(mention, sheet=here)
            if target is None:
                continue
            sheet = by_wid[target.wid]
            if before and _UP_TO.match(self.flat, ended, mention.start):
                found += _between(draft.text, before, sheet)
            found.append(sheet)
            before, ended = sheet, mention.end
        return list({sheet.wid: sheet for sheet in found}.values())

    def _resolves(self, mention: Mention, draft: KnownDraft) -> bool:
        target = draft.places.resolve(mention, sheet=draft.text.sheets[0])
        return target is not None and draft.places.has(target)


_LINKED = ("article", "part", "appendix")


def _by_article(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The mentions of each article with their clauses, and of parts and appendices; "Điều này" is nobody's here.

    A row of numbers ("các Điều 5, 6 và 7") stays together.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        steps = dict(mention.path)
        kind = "article" if "article" in steps else mention.level
        if kind in _LINKED and THIS not in steps.values():
            groups.setdefault(kind, []).append(mention)
    yield from groups.values()


def _between(text: Text, first: Sheet, last: Sheet) -> list[Sheet]:
    sheets = [sheet for sheet in text if sheet.kind == first.kind]
    return sheets[sheets.index(first) + 1 : sheets.index(last)] if first.kind == last.kind else []


def _kind(draft: KnownDraft) -> list[str]:
    return draft.name[: 1 if draft.name[:1] and draft.name[0] in _ONE_WORD_KINDS else 2]


def _in_order(words: Sequence[str], name: Sequence[str]) -> int:
    """How many words from the first on stand in the name in that order, beginning with its kind."""
    place = count = 0
    for word in words:
        if word not in name[place:]:
            break
        at = name.index(word, place)
        if count < 2 and at != count:
            break
        place, count = at + 1, count + 1
    return count


def _words(flat: str) -> list[str]:
    return re.findall(r"\w+", flat)


def _numbers(flat: str) -> list[str]:
    return re.findall(r"\d{4}|(?<!\w)[ivxlc]+(?!\w)", flat)
