"""Where the citations of a text lead: to a part, chapter or article by its ``wid``, to a clause or point inside it.

A text is read once into ``Places``; every mention is then looked up there. What a preamble or an appendix calls "khoản
2" without an article is nobody's business here, and stays unresolved without being called broken.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from drafts.citations.reading import THIS, Citation, Mention, Scope, citations, names_this
from drafts.numbering import value_of
from drafts.outline import Line, LineKind, label_at, outline
from drafts.texts import Sheet, Text

_HEADED = ("part", "chapter", "section", "subsection")
_AMENDS = re.compile(
    r"(?:Sửa đổi|Bổ sung|Thay thế|Bãi bỏ)[^.\n]*?(?:của|tại|thay thế|bãi bỏ)\s+(?:các\s+)?"
    r"(?:bộ luật|luật|pháp lệnh|nghị định|nghị quyết|quyết định|quy định|quy chế|thông tư)(?!\s+này)",
    re.IGNORECASE,
)
_ISSUING = ("quyết định", "nghị định", "nghị quyết", "thông tư", "luật", "chỉ thị", "pháp lệnh")
_ATTACHED = ("quy chế", "quy định", "quy trình", "chương trình", "kế hoạch", "đề án", "nội quy")


@dataclass(frozen=True, slots=True)
class Target:
    """What is cited: a provision, or a clause and point of it ("" where none is named)."""

    wid: uuid.UUID
    clause: str = ""
    point: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A citation in its place. ``targets`` stand beside its mentions; None where the way ends.

    ``field`` is "heading" or "text" of the sheet; ``label`` the clause it stands in, as one cites it. What goes by
    numbers of before leads nowhere.
    """

    sheet: Sheet
    field: str
    label: str
    line: int
    citation: Citation
    targets: tuple[Target | None, ...]

    @property
    def broken(self) -> Mention | None:
        """The largest unit that does not exist in this text, if any; only of citations of this text."""
        lost = [m for m, target in zip(self.citation.mentions, self.targets, strict=True) if target is None]
        return min(lost, key=lambda mention: len(mention.path)) if lost else None

    @property
    def key(self) -> str:
        """Names the place in one state of the text."""
        return f"{self.sheet.wid}-{self.field}-{self.citation.start}"


class Places:
    """One text, ready for looking up what its citations name."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._by_wid = text.by_wid()
        self._numbered: dict[tuple[str, object], list[Sheet]] = {}
        for sheet in text:
            if sheet.number:
                self._numbered.setdefault((sheet.kind, _normal(sheet.kind, sheet.number)), []).append(sheet)
        self._clauses: dict[uuid.UUID, set[tuple[str, str]]] = {}

    def found(self) -> Iterator[Found]:
        """Every citation of this text itself, in the text's order; those of other texts are passed over."""
        for sheet in self._text:
            for field in ("heading", "text"):
                yield from self.found_in(sheet, field)

    def found_in(self, sheet: Sheet, field: str) -> Iterator[Found]:
        """The citations of one heading or text."""
        body = getattr(sheet, field)
        lines = outline(body) if field == "text" else []
        for citation in citations(body):
            if citation.scope is Scope.HERE and self._is_ours(citation, sheet):
                yield self._found(sheet, field, body, lines, citation)

    def identified(self, sheet: Sheet, field: str, names: Mapping[uuid.UUID, uuid.UUID] | None = None) -> str:
        """The words with what is cited in the place of its number: alike in two texts where only numbers differ.

        ``names`` gives provisions the identity they have in the other text.
        """
        names = names or {}
        body = str(getattr(sheet, field))
        for found in reversed(list(self.found_in(sheet, field))):
            pairs = zip(found.citation.mentions, found.targets, strict=True)
            for mention, target in sorted(pairs, key=lambda pair: pair[0].start, reverse=True):
                if target is not None:
                    target = replace(target, wid=names.get(target.wid, target.wid))
                    body = f"{body[: mention.start]}{target}{body[mention.end :]}"
        return body

    def resolve(self, mention: Mention, *, sheet: Sheet, label: str = "") -> Target | None:
        """What the mention names, said in that sheet under that clause; None when there is no such place."""
        steps = dict(mention.path)
        if mention.level == "appendix":
            return self._appendix(mention, sheet)
        headed = self._headed(steps, sheet)
        if headed is None:
            return None
        if mention.level in _HEADED:
            return Target(headed[-1].wid)
        article = self._article(steps, headed, sheet)
        if article is None or mention.level == "article":
            return Target(article.wid) if article else None
        return self._inside(article, steps, label)

    def is_certain(self, mention: Mention, *, sheet: Sheet) -> bool:
        """Whether a miss is a fault: a clause without an article, said outside an article, may be anything.

        A text without any appendix may have its appendices in files of their own.
        """
        steps = dict(mention.path)
        if mention.level == "appendix":
            return not mention.is_relative and any(one.kind == "appendix" for one in self._text)
        return sheet.kind in ("article", "part", "chapter") or steps.get("article", THIS) != THIS

    def has(self, target: Target) -> bool:
        """Whether the clause or point stands in the article."""
        sheet = self._by_wid.get(target.wid)
        if sheet is None:
            return False
        return not (target.clause or target.point) or (target.clause, target.point) in self._clauses_of(sheet)

    def _found(self, sheet: Sheet, field: str, body: str, lines: list[Line], citation: Citation) -> Found:
        label = label_at(lines, citation.start)
        targets = []
        for mention in citation.mentions:
            target = None if citation.is_old else self.resolve(mention, sheet=sheet, label=label)
            if target is None and not citation.is_old and not self.is_certain(mention, sheet=sheet):
                target = Target(sheet.wid)
            targets.append(target)
        return Found(sheet, field, label, body.count("\n", 0, citation.start), citation, tuple(targets))

    def _is_ours(self, citation: Citation, sheet: Sheet) -> bool:
        """ "Quyết định này" said in a regulation is the decision that issues it, another text."""
        if not names_this(citation.document):
            return not _amends_another(sheet)
        named = citation.document.removesuffix(THIS).strip().lower()
        if named in self._title:
            return True
        if named in _ISSUING:
            return not any(kind in self._title for kind in (*_ISSUING, *_ATTACHED))
        return named in _ATTACHED or not any(kind in self._title for kind in _ISSUING)

    @cached_property
    def _title(self) -> str:
        return " ".join(self._text.title.lower().split()[:6])

    def _headed(self, steps: dict[str, str], sheet: Sheet) -> list[Sheet] | None:
        """The named parts, chapters and sections from the largest to the smallest; None when one is not there."""
        around = {above.kind: above for above in self._above(sheet)}
        found: list[Sheet] = []
        for kind in _HEADED:
            number = steps.get(kind)
            if number is None:
                continue
            if number == THIS:
                if kind not in around:
                    return None
                found.append(around[kind])
                continue
            fitting = self._numbered.get((kind, _normal(kind, number)), [])
            if found:
                fitting = [one for one in fitting if found[-1] in self._above(one)]
            elif len(fitting) > 1:  # restarts in each part or chapter: this one's own comes first
                own = [one for one in fitting if one.parent == sheet.wid or self._is_beside(one, sheet)]
                fitting = own or fitting
            if not fitting:
                return None
            found.append(fitting[0])
        return found

    def _appendix(self, mention: Mention, sheet: Sheet) -> Target | None:
        """ "Phụ lục II", "phụ lục số 02", "Phụ lục này"."""
        if mention.is_relative:
            return Target(sheet.wid) if sheet.kind == "appendix" else None
        fitting = self._numbered.get(("appendix", _normal("appendix", mention.number)), [])
        return Target(fitting[0].wid) if fitting else None

    def _article(self, steps: dict[str, str], headed: list[Sheet], sheet: Sheet) -> Sheet | None:
        number = steps.get("article", THIS)
        if number == THIS:
            return sheet if sheet.kind in ("article", "item", "appendix", "preamble") else None
        fitting = self._numbered.get(("article", number), [])
        if headed:
            fitting = [one for one in fitting if headed[-1] in self._above(one)]
        return fitting[0] if fitting else None

    def _inside(self, article: Sheet, steps: dict[str, str], label: str) -> Target | None:
        present = dict(zip(label.split()[::2], label.split()[1::2], strict=True))
        clause, point = steps.get("clause", ""), steps.get("point", "")
        is_here = steps.get("article", THIS) == THIS
        if clause == THIS or (is_here and not clause):
            clause = present.get("khoản", "")
        if point == THIS:
            point = present.get("điểm", "")
        stands = self._clauses_of(article)
        if (clause, point) in stands:
            return Target(article.wid, clause, point)
        if not steps.get("clause") and (("", point) in stands):
            return Target(article.wid, "", point)
        return None

    def _above(self, sheet: Sheet) -> list[Sheet]:
        above = []
        while sheet.parent is not None and sheet.parent in self._by_wid:
            sheet = self._by_wid[sheet.parent]
            above.append(sheet)
        return above

    def _is_beside(self, one: Sheet, sheet: Sheet) -> bool:
        """Whether ``one`` stands in the same part or chapter as the sheet."""
        return any(above.wid == one.parent for above in self._above(sheet)) and one.parent is not None

    def _clauses_of(self, sheet: Sheet) -> set[tuple[str, str]]:
        if sheet.wid not in self._clauses:
            self._clauses[sheet.wid] = clauses_of(outline(sheet.text))
        return self._clauses[sheet.wid]


def clauses_of(lines: list[Line]) -> set[tuple[str, str]]:
    """The clauses and points that stand in these lines: ("2", ""), ("2", "a"), ("", "a") for points without clause."""
    stands: set[tuple[str, str]] = {("", "")}
    clause = ""
    for line in lines:
        if line.kind is LineKind.CLAUSE:
            clause = line.number
            stands.add((clause, ""))
        elif line.kind is LineKind.POINT:
            stands.add((clause, line.number))
    return stands


def broken_citations(text: Text) -> list[Found]:
    """Citations of this text that lead nowhere in it."""
    return [found for found in Places(text).found() if found.broken]


def _amends_another(sheet: Sheet) -> bool:
    """An article that amends another text cites that text without naming it again."""
    return bool(_AMENDS.match(sheet.heading or sheet.text))


def _normal(kind: str, number: str) -> object:
    """Numbers of headings compare by value, so that "Chương 2", "Chương II" and "Chương thứ hai" are one."""
    return (value_of(number) if kind in (*_HEADED, "appendix") else None) or number
