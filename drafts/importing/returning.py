"""Files that this program made and that come back: what they say of their provisions is believed, the rest is read.

An exported file names each provision where it begins and says what it was (`Mark`). A provision whose words come back
as they went out is taken letter for letter; in one that was worked on, lines are normalised like those of any file,
and new articles or chapters written into it become provisions of their own, unless a person said otherwise of a line.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from drafts.importing.archive import children
from drafts.importing.correcting import HEADS, Correction, Role, head_sign
from drafts.importing.identifying import SignKind, sign_of
from drafts.importing.lines import Mark, Paragraph, Source, SourceLine
from drafts.importing.nesting import NodeDraft, could_be_title
from drafts.importing.normalising import normalise_text
from drafts.importing.structure import Kind, Row

NAMESPACE = "urn:gop-y-du-thao:provisions:1"
BOOKMARK = "wid_"  # a bookmark of this name and 32 hexadecimal digits stands where a provision begins
LINE_BOOKMARK = "dong_"  # and one of this name and a number at each line of a head that is set in two columns
ADDED_STYLE = "thể thức (tự động)"  # paragraphs that are no part of the text: letterhead, number, signature
COLUMNS_STYLE = "hai cột (tự động)"  # tables that only set lines of the text side by side
TABLE_STYLE, BARE_TABLE_STYLE = "bảng (tự động)", "bảng trần (tự động)"  # tables of the text

_WID = re.compile(r"[0-9a-f]{32}")
_FORMS = ("block", "heading", "text", "none")
_NOTE = re.compile(r"\[\^(\w+)\]")
_LABEL_END = " .:-–"
_RANKS = {Kind.PART: 0, Kind.CHAPTER: 1, Kind.SECTION: 2, Kind.SUBSECTION: 3, Kind.ARTICLE: 4, Kind.ITEM: 4}
_LOWEST = 5
_SIGNS = {
    SignKind.PART: Kind.PART,
    SignKind.CHAPTER: Kind.CHAPTER,
    SignKind.SECTION: Kind.SECTION,
    SignKind.SUBSECTION: Kind.SUBSECTION,
    SignKind.ARTICLE: Kind.ARTICLE,
}


def wid_in(bookmark: str | None) -> str:
    """The wid a bookmark's name holds: "wid_0123…" → "0123…", "" for other bookmarks."""
    name = (bookmark or "").removeprefix(BOOKMARK)
    return name if name != bookmark and _WID.fullmatch(name) else ""


def marks_in(root: etree._Element | None) -> dict[str, Mark]:
    """The marks in the file's list of provisions; {} when it has no such list, or when something is wrong with it."""
    if root is None or root.tag != f"{{{NAMESPACE}}}provisions":
        return {}
    marks: dict[str, Mark] = {}
    for element in children(root):
        said = {name: str(element.get(name) or "") for name in ("wid", "kind", "number", "label", "parent", "form")}
        notes = tuple(str(element.get("notes") or "").split())
        sha256 = str(element.get("sha256") or "")
        mark = Mark(**said, sha256=sha256, is_quoting=element.get("quoting") == "1", notes=notes)
        if not _is_sound(mark) or mark.wid in marks or (mark.parent and mark.parent not in marks):
            return {}
        marks[mark.wid] = mark
    return marks


def fingerprint(heading: str, text: str) -> str:
    """SHA-256 of heading and text."""
    return hashlib.sha256(f"{heading}\n{text}".encode()).hexdigest()


def is_head(text: str) -> bool:
    """Whether a line of an article would be taken for a new article, chapter … if somebody had written it there."""
    sign = sign_of(text) if text else None
    return sign is not None and not sign.is_weak and sign.kind in _SIGNS


def is_returning(source: Source) -> bool:
    return any(paragraph.wid in source.marks for paragraph in source.paragraphs)


def returned(source: Source, corrections: Sequence[Correction] = ()) -> tuple[list[NodeDraft], list[Row]]:
    """Reads the paragraphs of a file that this program made, writes its nodes in document order.

    The rows are the lines of which a person may say something else: all but the heads the file itself names.
    """
    tree = _Tree(source.marks, corrections)
    for stretch in _stretches(source):
        if stretch.mark is None:
            tree.add_loose(stretch.normalised())
        else:
            tree.add(stretch, stretch.mark)
    return tree.drafts, tree.rows


@dataclass(slots=True)
class _Stretch:
    """The paragraphs from one mark to the next."""

    mark: Mark | None
    paragraphs: list[Paragraph] = field(default_factory=list)

    def raw(self) -> list[SourceLine]:
        return self._lines(_as_stored)

    def normalised(self) -> list[SourceLine]:
        return self._lines(normalise_text)

    def _lines(self, spell: Callable[[str], str]) -> list[SourceLine]:
        lines = [line for paragraph in self.paragraphs for line in _lines(paragraph, spell)]
        return _with_old_names(lines, self.mark.notes if self.mark else ())


class _Tree:
    """The nodes so far, and where each mark's node stands among them."""

    def __init__(self, marks: Mapping[str, Mark], corrections: Sequence[Correction]) -> None:
        self.drafts: list[NodeDraft] = []
        self.rows: list[Row] = []
        self._marks = marks
        self._corrections = {correction.index: correction for correction in corrections}
        self._lines = 0
        self._places: dict[str, int] = {}

    def add_loose(self, lines: list[SourceLine]) -> None:
        """Lines above the first mark that is left: they open the text."""
        if lines:
            self._grow(NodeDraft(Kind.PREAMBLE, "", "", "", None, 0, lines[0].line), lines, is_judged=True)

    def add(self, stretch: _Stretch, mark: Mark) -> None:
        line = stretch.paragraphs[0].line
        draft = NodeDraft(Kind(mark.kind), mark.number, mark.label, "", None, 0, line, mark.wid, mark.sha256)
        body = _with_head(draft, mark, stretch.raw())
        is_unchanged = _has_words(draft, body, mark.sha256)
        if not is_unchanged and any(line.text.startswith("\\|") for line in body):
            body = [replace(line, text=line.text.removeprefix("\\")) for line in body]
            is_unchanged = _has_words(draft, body, mark.sha256)
        if not is_unchanged:
            body = _with_head(draft, mark, stretch.normalised())
        parent = self._places.get(mark.parent)
        self._place(draft, self._above(_RANKS.get(draft.kind, 0)) if mark.parent and parent is None else parent)
        self._places[mark.wid] = len(self.drafts) - 1
        self._grow(None, body, is_judged=not is_unchanged and not mark.is_quoting)

    def _place(self, draft: NodeDraft, parent: int | None) -> None:
        """Append; below a head that was written in since the parent's, the draft belongs to that one."""
        rank = _RANKS.get(draft.kind)
        if rank is not None:
            for at in range(len(self.drafts) - 1, -1 if parent is None else parent, -1):
                other = self.drafts[at]
                if not other.wid and _RANKS.get(other.kind, rank) < rank:
                    parent = at
                    break
        draft.parent = parent
        draft.depth = 0 if parent is None else self.drafts[parent].depth + 1
        self.drafts.append(draft)

    def _grow(self, draft: NodeDraft | None, lines: list[SourceLine], *, is_judged: bool) -> None:
        """Give the lines to the draft (None: the last one), and to a new one wherever a head was written in.

        Of lines that are not judged only those are heads of which a person said so.
        """
        if draft is not None:
            self._place(draft, None)
        last = self.drafts[-1]
        waiting: list[SourceLine] = []
        for line in lines:
            said = self._said(line)
            role = self._role(said, line, is_judged=is_judged)
            if role in HEADS or role is Role.CLOSING:
                _fill(last, waiting)
                waiting = []
                last = self._written_in(role, said, line)
            elif role is Role.TITLE and not waiting and not last.wid:
                last.heading = f"{last.heading} {line.text}".strip()
            elif role is Role.TEXT and not waiting and not last.wid and said is None and _is_title(last, line):
                role = Role.TITLE
                last.heading = line.text
            else:
                role = Role.TEXT
                waiting.append(line)
            self.rows.append(Row(self._lines, line.line, line.text, role.value, len(self.drafts) - 1))
            self._lines += 1
        _fill(last, waiting)

    def _said(self, line: SourceLine) -> Correction | None:
        """What a person said of the line that comes next."""
        said = self._corrections.get(self._lines)
        return said if said is not None and line.text.startswith(said.opening) else None

    @staticmethod
    def _role(said: Correction | None, line: SourceLine, *, is_judged: bool) -> Role:
        if said is not None:
            return said.role
        sign = sign_of(line.text) if is_judged else None
        return Role.TEXT if sign is None or sign.is_weak or sign.kind not in _SIGNS else Role(_SIGNS[sign.kind].value)

    def _written_in(self, role: Role, said: Correction | None, line: SourceLine) -> NodeDraft:
        if role is Role.CLOSING:
            draft = NodeDraft(Kind.CLOSING, "", "", "", None, 0, line.line)
            _fill(draft, [line])
            self._place(draft, None)
            return draft
        kind = Kind(role.value)
        sign = sign_of(line.text) if said is None else head_sign(line.text, said, beside=self.drafts)
        assert sign is not None
        draft = NodeDraft(kind, sign.number, sign.label, sign.title, None, 0, line.line)
        draft.notes += [SourceLine(note, line.line) for note in line.notes]
        draft.is_settled = said is not None and said.is_titled is not None
        if said is not None and said.is_titled is False and sign.title:
            draft.heading = ""
            draft.body.append(SourceLine(sign.title, line.line))
        self._place(draft, self._above(_RANKS[kind]) if kind in _RANKS else None)
        return draft

    def _above(self, rank: int) -> int | None:
        """The nearest head before the end that may hold a node of this rank."""
        at: int | None = len(self.drafts) - 1 if self.drafts else None
        while at is not None and _RANKS.get(self.drafts[at].kind, _LOWEST) >= rank:
            at = self.drafts[at].parent
        return at


def _stretches(source: Source) -> Iterator[_Stretch]:
    current = _Stretch(None)
    seen: set[str] = set()
    for paragraph in source.paragraphs:
        if paragraph.wid in source.marks and paragraph.wid not in seen:
            yield current
            seen.add(paragraph.wid)
            current = _Stretch(source.marks[paragraph.wid])
        current.paragraphs.append(paragraph)
    yield current


def _lines(paragraph: Paragraph, spell: Callable[[str], str]) -> Iterator[SourceLine]:
    """The lines of a paragraph that are not blank; its notes hang on the last."""
    texts = spell(paragraph.text).split("\n")
    notes = tuple(note for note in (spell(note).replace("\n", " ") for note in paragraph.notes) if note)
    for place, text in enumerate(texts, start=1):
        if text:
            yield SourceLine(text, paragraph.line, notes if place == len(texts) else ())


def _with_old_names(lines: list[SourceLine], names: tuple[str, ...]) -> list[SourceLine]:
    """The lines with their notes named as they were, unless notes came or went."""
    found = [match[1] for line in lines for note in line.notes if (match := _NOTE.match(note))]
    if len(found) != len(names) or found == list(names) or len(set(names)) < len(names):
        return lines
    old = dict(zip(found, names, strict=True))

    def renamed(match: re.Match[str]) -> str:
        return f"[^{old.get(match[1], match[1])}]"

    return [
        replace(line, text=_NOTE.sub(renamed, line.text), notes=tuple(_NOTE.sub(renamed, note) for note in line.notes))
        for line in lines
    ]


def _as_stored(text: str) -> str:
    """As `drafts.texts.clean` stores a text, spelling untouched."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _with_head(draft: NodeDraft, mark: Mark, lines: list[SourceLine]) -> list[SourceLine]:
    """Set label, number and heading as the lines have them; the lines of the text are given back."""
    draft.heading, draft.notes = "", []
    if mark.form == "none" or not lines:
        return lines
    head, *body = lines
    rest = _labelled(draft, mark, head.text)
    if mark.form == "text":
        return [SourceLine(rest, head.line, head.notes), *body] if rest else body
    draft.heading = rest
    taken = [head]
    if mark.form == "block" and not rest and body:
        draft.heading = body[0].text
        taken.append(body.pop(0))
    draft.notes += [SourceLine(note, line.line) for line in taken for note in line.notes]
    return body


def _labelled(draft: NodeDraft, mark: Mark, text: str) -> str:
    """Take the label off the line; one that was changed is read afresh."""
    if not mark.label:
        return text
    if text.startswith(mark.label) and not text[len(mark.label) : len(mark.label) + 1].isalnum():
        rest = text[len(mark.label) :]
        return rest.removeprefix(". ") if rest.startswith(". ") else rest.lstrip(_LABEL_END)
    sign = sign_of(normalise_text(text) or " ")
    if sign is None or (sign.kind in _SIGNS and _SIGNS[sign.kind] != draft.kind):
        return text
    draft.number, draft.label = sign.number, sign.label.strip(_LABEL_END)
    return sign.title


def _has_words(draft: NodeDraft, body: list[SourceLine], sha256: str) -> bool:
    notes = [note.text for note in draft.notes] + [note for line in body for note in line.notes]
    text = "\n".join([*(line.text for line in body), *notes])
    return fingerprint(draft.heading, text) == sha256


def _fill(draft: NodeDraft, lines: list[SourceLine]) -> None:
    for line in lines:
        draft.body.append(line)
        draft.notes += [SourceLine(note, line.line) for note in line.notes]


def _is_title(draft: NodeDraft, line: SourceLine) -> bool:
    """A head written in alone on its line takes the next one for its title."""
    is_bare = not draft.heading and not draft.body and not draft.is_settled
    return is_bare and bool(draft.label) and could_be_title(line.text)


def _is_sound(mark: Mark) -> bool:
    return (
        bool(_WID.fullmatch(mark.wid))
        and mark.kind in set(Kind)
        and mark.form in _FORMS
        and len(mark.number) <= 20
        and len(mark.label) <= 80
        and all(re.fullmatch(r"\w{1,10}", name) for name in mark.notes)
    )
