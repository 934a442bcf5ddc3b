"""Papers of a meeting as Word files: minutes, notice of conclusions, register of tasks.

The minutes follow the form in use with both regimes; the phrase that names a deadline is set in bold italics, as
offices of the Party do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafts.exporting.furniture import Facts, added, letterhead
from drafts.exporting.layout import Layout, Profile, filled
from drafts.exporting.markup import attribute, run, twips, words
from drafts.exporting.notes import NoteBook
from drafts.exporting.package import Contents, packed
from drafts.exporting.passages import Passage
from drafts.exporting.roles import Role
from drafts.exporting.ruled import BOLD, BOLD_ITALIC, ITALIC, PAGE_WIDTH, cell, head_row, paragraph, ruled, shares_of
from drafts.exporting.styles import COLUMNS, looks
from drafts.exporting.writing import Writer

_PORTRAIT = 210.0
_REGISTER_HEADS = (
    "STT", "Nhiệm vụ", "Căn cứ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm", "Tiến độ, kết quả",
    "Ghi chú",
)  # fmt: skip
_REGISTER_SHARES = (0.05, 0.2, 0.1, 0.12, 0.12, 0.14, 0.1, 0.11, 0.06)


class Tone(StrEnum):
    """How words stand in a line."""

    PLAIN = ""
    HEAD = "head"
    DEADLINE = "deadline"
    ASIDE = "aside"


_PROPERTIES = {Tone.PLAIN: "", Tone.HEAD: BOLD, Tone.DEADLINE: BOLD_ITALIC, Tone.ASIDE: ITALIC}
Line = Sequence[tuple[str, Tone]]
"""A paragraph: words with their tones."""


def line(text: str, tone: Tone = Tone.PLAIN) -> Line:
    return ((text, tone),)


@dataclass(frozen=True, slots=True)
class Heading:
    """Head and title of a paper. ``number`` once it is given; ``symbol`` of its kind ("TB"), empty for none."""

    kind: str
    symbol: str
    subject: Sequence[str]
    number: str
    date: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: in what capacity, and the name."""

    capacity: str
    name: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A task as the register lists it."""

    task: str
    source: str
    lead: str
    supporting: Sequence[str]
    due: str
    product: str
    progress: Sequence[str]


def minutes(
    heading: Heading,
    body: Iterable[Line],
    *,
    keeper: Signatory,
    chair: Signatory,
    facts: Facts,
    layout: Layout,
) -> bytes:
    """Biên bản: whoever kept it signs on the left, the chair on the right."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=_PORTRAIT)
    text = _opening(writer, heading, layout) + _lines(body) + _KEPT_GAP
    text += _side_by_side(keeper, chair, layout=layout) + writer.gap()
    return packed(Contents(text), layout=layout, facts=facts)


def notice(
    heading: Heading,
    body: Iterable[Line],
    *,
    recipients: Sequence[str],
    signer: Signatory,
    facts: Facts,
    layout: Layout,
) -> bytes:
    """Thông báo kết luận: recipients on the left; the office's own signature, or else the chair's, on the right."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=_PORTRAIT)
    end = [added(Role.RECIPIENTS, layout.recipients_head), *(added(Role.RECIPIENT, name) for name in recipients)]
    if layout.authority or layout.position:
        end += [added(Role.AUTHORITY, part) for part in layout.authority.split("\n") if part]
        end += [added(Role.POSITION, part) for part in layout.position.split("\n") if part]
        end += [added(Role.SIGNER, layout.signer)] if layout.signer else []
    else:
        end += [added(Role.POSITION, signer.capacity), added(Role.SIGNER, signer.name)]
    text = _opening(writer, heading, layout) + _lines(body) + writer.gap() + writer.write(end)
    return packed(Contents(text), layout=layout, facts=facts)


def register(heading: Heading, rows: Sequence[RegisterRow], *, facts: Facts, layout: Layout) -> bytes:
    """The register of tasks, on A4 landscape."""
    writer = Writer(layout=layout, book=NoteBook(), page_width=PAGE_WIDTH)
    widths = shares_of(layout, _REGISTER_SHARES)
    table = [head_row(_REGISTER_HEADS, widths)]
    table += [_register_row(place, row, widths) for place, row in enumerate(rows, start=1)]
    text = _opening(writer, heading, layout) + ruled(table, widths) + writer.gap()
    return packed(Contents(text, is_landscape=True), layout=layout, facts=facts)


def _opening(writer: Writer, heading: Heading, layout: Layout) -> str:
    mark = layout.working_mark if heading.is_draft else ""
    head = letterhead(layout, number=_number(heading, layout), mark=mark, date=heading.date)
    title: list[Passage] = [added(Role.KIND_NAME, heading.kind)]
    title += [added(Role.SUBJECT, part) for part in heading.subject]
    if layout.profile is Profile.PARTY_2026:
        title.append(added(Role.HYPHENS, "-----"))
    return writer.write([*head, *title]) + writer.gap()


def _number(heading: Heading, layout: Layout) -> str:
    """ "Số 07-KL/TU" as it was given, or a gap to be filled in."""
    if heading.number:
        return heading.number if heading.number.startswith("Số") else f"{_before_number(layout)} {heading.number}"
    if not (heading.symbol and layout.body_symbol):
        return ""
    return filled(layout.number_form, kind=heading.symbol, body=layout.body_symbol)


def _before_number(layout: Layout) -> str:
    return "Số" if layout.profile.is_party else "Số:"


def _lines(body: Iterable[Line]) -> str:
    """The last one stays with the signatures."""
    lines = list(body)
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{"<w:keepNext/>" if place == len(lines) else ""}</w:pPr>'
        f"{''.join(run(words(text), _PROPERTIES[tone]) for text, tone in parts if text)}</w:p>"
        for place, parts in enumerate(lines, start=1)
    )


_KEPT_GAP = (
    '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/>'
    '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
)


def _side_by_side(left: Signatory, right: Signatory, *, layout: Layout) -> str:
    width = twips(_PORTRAIT - layout.left - layout.right)
    half = width // 2
    cells = "".join(cell(_signature(who, layout), half) for who in (left, right))
    grid = f'<w:gridCol w:w="{half}"/>' * 2
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{COLUMNS}"/><w:tblW w:w="{half * 2}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _signature(who: Signatory, layout: Layout) -> str:
    styles = looks(layout)
    return "".join(
        f"<w:p><w:pPr><w:pStyle w:val={attribute(styles[role].style)}/></w:pPr>{run(words(text))}</w:p>"
        for role, text in ((Role.AUTHORITY, who.capacity), (Role.SIGNER, who.name))
    )


def _register_row(place: int, row: RegisterRow, widths: Sequence[int]) -> str:
    contents = [
        paragraph(run(words(str(place))), align="center"),
        _left([row.task]),
        _left([row.source]),
        _left([row.lead]),
        _left(row.supporting),
        paragraph(run(words(row.due), BOLD_ITALIC), align="left"),
        _left([row.product]),
        _left(row.progress),
        paragraph(""),
    ]
    cells = "".join(cell(content, wide) for content, wide in zip(contents, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _left(lines: Sequence[str]) -> str:
    parts = [part for text in lines for part in text.splitlines()]
    return "".join(paragraph(run(words(part)), align="left") for part in parts) or paragraph("")
