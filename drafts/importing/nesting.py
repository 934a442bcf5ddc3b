"""Nest: places → drafts of nodes with parents, titles and texts; nothing between two heads is left out."""

import re
from dataclasses import dataclass, field

from drafts.importing.dividing import ATTACHED, OFFICE, Division
from drafts.importing.identifying import Sign
from drafts.importing.lines import SourceLine
from drafts.importing.planning import Place
from drafts.importing.structure import Kind, Node


@dataclass(slots=True)
class NodeDraft:
    """A node in the making; `body` are the lines of its text, each with the place it came from."""

    kind: Kind
    number: str
    label: str
    heading: str
    parent: int | None
    depth: int
    line: int
    wid: str = ""
    sha256: str = ""
    body: list[SourceLine] = field(default_factory=list)
    notes: list[SourceLine] = field(default_factory=list)
    is_settled: bool = False  # a person said what its title is
    is_bold: bool = False  # the heading is told from the text by its letters
    level: int = 0  # of the heading style its head is written in

    def finished(self) -> Node:
        text = "\n".join(line.text for line in self.text_lines())
        return Node(
            self.kind,
            self.number,
            self.heading,
            text,
            self.parent,
            self.depth,
            self.line,
            self.label,
            self.wid,
            self.sha256,
        )

    def text_lines(self) -> list[SourceLine]:
        return self.body + self.notes


_TITLE_LINES = 4
_LONG_TITLE = 300
_SHORT_TITLE = 40
_SENTENCE_TITLE = 150
_LIST_MARKER = re.compile(r"\d{1,3}[a-zđ]?\s*[.\-)/]|[a-zđ]\d?\s*[.)]|[-+•*▪|(“\"]")
_STOPS = tuple(".;:…/”")
_LEADS_IN = re.compile(r"(?:sau|sau đây|gồm|gồm có|là|rằng|/\.)\s*:?$")
_OUTER_MARKER = re.compile(r"[IVXLC]+\s*[.\-)/]|[A-ZĐ]\s*[./)]")
_DOCUMENT_TYPE = re.compile(
    r"(?:DỰ THẢO\s+)?(?:BẢN\s+)?(?:BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ(?: LIÊN TỊCH)?"
    r"|CHỈ THỊ|QUY CHẾ|QUI CHẾ|QUY ĐỊNH|QUI ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|QUY TẮC|QUY ƯỚC|KẾ HOẠCH|CHƯƠNG TRÌNH"
    r"|ĐỀ ÁN|CHIẾN LƯỢC|HƯỚNG DẪN"
    r"|PHƯƠNG ÁN|KẾT LUẬN|THÔNG BÁO|BÁO CÁO|TỜ TRÌNH|CÔNG VĂN|HIẾN PHÁP|LỆNH|ĐỊNH HƯỚNG|TIÊU CHÍ)(?=$|[\s:(])"
)
_BARE_TYPE = re.compile(
    rf"{_DOCUMENT_TYPE.pattern}(?:\s+(?:LÀM VIỆC|PHỐI HỢP|HÀNH ĐỘNG|HOẠT ĐỘNG|TỔ CHỨC VÀ HOẠT ĐỘNG))?"
)
_SUBJECT_OPENING = re.compile(r"(?:Quy định|Ban hành|Về|Hướng dẫn|Sửa đổi|Bổ sung|Phê duyệt|Của|Tổ chức và)\b")
_DOCUMENT_TYPE_IN_WORDS = re.compile(
    r"(?:Bản )?(?:Luật|Nghị quyết|Nghị định|Quyết định|Thông tư|Quy chế|Quy định|Kế hoạch|Chương trình)"
    r"(?:$| .{0,40}\bsố:? \d)"
)
_TITLE_STOP = re.compile(
    r"[-*_=—(|]|(?:Căn cứ|Theo|Xét|Thực hiện|Kính gửi|Số\b|Chính phủ$)|(?:ỦY BAN|UỶ BAN|CHÍNH PHỦ|BỘ TRƯỞNG|THỦ TƯỚNG"
    r"|QUỐC HỘI|(?:TRƯỞNG )?BAN (?!HÀNH)|HỘI ĐỒNG|CHỦ TỊCH|GIÁM ĐỐC|TỈNH ỦY|THÀNH ỦY|ĐẢNG ỦY|CỘNG HÒA|CỘNG HOÀ"
    r"|ĐẢNG CỘNG)"
)
_TITLE_END = re.compile(r"\s+(?:Căn cứ|\((?:Ban hành|Kèm)|- Căn cứ)\b.*$")


def nest(division: Division, places: list[Place], lines: list[SourceLine]) -> list[NodeDraft]:
    """Reads a component's lines and places, writes its nodes in document order."""
    drafts: list[NodeDraft] = []
    first = places[0].index if places else division.end
    preamble_end = min(first, division.end if division.closing is None else division.closing)
    if preamble_end > division.start:
        drafts.append(_bare(Kind.PREAMBLE, lines, division.start, preamble_end))
    if division.closing is not None and division.closing < first:
        drafts.append(_bare(Kind.CLOSING, lines, division.closing, first))
    open_places: list[tuple[int, int]] = []
    ends = [*(place.index for place in places), division.end][1:]
    for place, end in zip(places, ends, strict=True):
        while open_places and open_places[-1][0] >= place.rank:
            open_places.pop()
        parent = open_places[-1][1] if open_places and place.kind is not Kind.APPENDIX else None
        closing = division.closing
        has_closing = closing is not None and place.index < closing < end
        body = lines[place.index + 1 : closing if has_closing else end]
        open_places.append((place.rank, len(drafts)))
        drafts.append(_node(place, lines[place.index], body, parent, drafts))
        if has_closing and closing is not None:
            drafts.append(_bare(Kind.CLOSING, lines, closing, end))
            open_places.clear()
    _settle_headings(drafts)
    return drafts


def title_of(division: Division, places: list[Place], lines: list[SourceLine], *, name: str) -> str:
    """What the component is called: its type and subject, e.g. "QUY CHẾ LÀM VIỆC CỦA …"; else `name`."""
    end = min(places[0].index if places else division.end, division.start + 60)
    for index in range(division.start, end):
        text = lines[index].text
        if not _DOCUMENT_TYPE.match(text) and not _DOCUMENT_TYPE_IN_WORDS.match(text):
            continue
        if index + 1 == end and len(text) < _SHORT_TITLE:  # "QUYẾT ĐỊNH:" right above the articles is the enacting word
            continue
        title = [text.rstrip(": ")]
        for line in lines[index + 1 : min(index + 1 + _TITLE_LINES, end)]:
            is_sentence = line.text.endswith((":", ";", ".")) and not line.text.isupper()
            if _TITLE_STOP.match(line.text) or len(line.text) > _LONG_TITLE or is_sentence:
                break
            title.append(line.text)
        return _TITLE_END.sub("", _as_cited(title))[:_LONG_TITLE].strip()
    return (_title_above_attachment(lines[division.start : end]) or name)[:_LONG_TITLE]


def _as_cited(title: list[str]) -> str:
    """The lines of a title as within a sentence: "NGHỊ ĐỊNH", "Quy định về …" → "Nghị định quy định về …".

    A title all in capitals stays: nobody knows which of its words are names.
    """
    name, *rest = title
    subject = " ".join(rest)
    if not subject or subject.isupper() or not _BARE_TYPE.fullmatch(name):
        return " ".join(title)
    opening = _SUBJECT_OPENING.match(subject)
    return f"{name.capitalize()} {subject[0].lower() + subject[1:] if opening else subject}"


def _title_above_attachment(lines: list[SourceLine]) -> str:
    """The capitals above "(Ban hành kèm theo …)", where the line that names the type was lost."""
    at = next((index for index, line in enumerate(lines) if ATTACHED.match(line.text)), 0)
    title: list[str] = []
    while at > 0 and lines[at - 1].text.isupper() and not _TITLE_STOP.match(lines[at - 1].text):
        if OFFICE.match(lines[at - 1].text):
            break
        at -= 1
        title.insert(0, lines[at].text)
    return " ".join(title)


def _bare(kind: Kind, lines: list[SourceLine], start: int, end: int) -> NodeDraft:
    draft = NodeDraft(kind, "", "", "", None, 0, lines[start].line)
    for line in lines[start:end]:
        _add(draft, line)
    return draft


def _add(draft: NodeDraft, line: SourceLine) -> None:
    draft.body.append(line)
    draft.notes += [SourceLine(note, line.line) for note in line.notes]


def _node(
    place: Place, head: SourceLine, body: list[SourceLine], parent: int | None, drafts: list[NodeDraft]
) -> NodeDraft:
    sign = place.sign
    bold_title, text = _split_by_bold(place, head) if place.title_lines is None else ("", "")
    taken = _lines_of_title(place, body) if not text else 0
    title = bold_title or " ".join([sign.title, *(line.text for line in body[:taken])]).strip()
    depth = 0 if parent is None else drafts[parent].depth + 1
    draft = NodeDraft(place.kind, sign.number, sign.label, title, parent, depth, head.line)
    draft.level = head.level
    draft.is_settled = place.title_lines is not None
    draft.is_bold = bool(text) or _is_bold_above_text(head, body[taken:])
    for line in (head, *body[:taken]):
        draft.notes += [SourceLine(note, line.line) for note in line.notes]
    if text:
        draft.body.append(SourceLine(text, head.line))
    for line in body[taken:]:
        _add(draft, line)
    if place.title_lines == 0:
        _make_text_of_heading(draft)
    return draft


def _split_by_bold(place: Place, head: SourceLine) -> tuple[str, str]:
    """Title and text of "Điều 5. Tên điều. Câu đầu …" in one paragraph where only the title is bold; else "", ""."""
    title = place.sign.title
    cut = head.bold - (len(head.text) - len(title))
    if place.kind not in (Kind.ARTICLE, Kind.ITEM) or not 0 < cut < len(title) or not head.text.endswith(title):
        return "", ""
    name, text = title[:cut].strip(), title[cut:].strip()
    is_whole = not (title[cut - 1].isalnum() and title[cut].isalnum())
    has_words = len(name) > 2 and any(letter.isalpha() for letter in text)
    return (name, text) if is_whole and has_words and not text[0].islower() else ("", "")


def _is_bold_above_text(head: SourceLine, body: list[SourceLine]) -> bool:
    """Whether the whole head is bold and the first line under it is not."""
    return bool(body) and head.bold >= len(head.text) and body[0].bold < len(body[0].text)


def _lines_of_title(place: Place, body: list[SourceLine]) -> int:
    """How many lines after the head belong to the title: what a person said, else what they look like."""
    if place.title_lines is None:
        return title_lines(place.kind, place.sign, body)
    return max(place.title_lines - 1, 0)


def title_lines(kind: Kind, sign: Sign, body: list[SourceLine]) -> int:
    """How many lines after the head still belong to its title."""
    title = sign.title
    if kind in (Kind.ARTICLE, Kind.ITEM):
        if not title and kind is Kind.ARTICLE:
            return int(len(body) > 1 and could_be_title(body[0].text))
        is_open = bool(body) and bool(title) and not title.endswith(_STOPS)
        return int(is_open and _goes_on(title, body[0].text) and could_be_title(body[0].text))
    taken = 0
    for line in body[:_TITLE_LINES]:
        text = line.text
        if len(text) > _LONG_TITLE or _LIST_MARKER.match(text) or _OUTER_MARKER.match(text):
            break
        if not title or (title.startswith("[") and title.endswith("]")):
            is_title = kind is not Kind.APPENDIX or text.isupper()
        else:
            is_title = (title.isupper() and text.isupper()) or _goes_on(title, text)
        if not is_title:
            break
        title, taken = f"{title} {text}".strip(), taken + 1
    return taken


def _goes_on(title: str, text: str) -> bool:
    return (text[0].islower() and not _LIST_MARKER.match(text)) or (
        title.endswith(",") and not _LIST_MARKER.match(text)
    )


def could_be_title(text: str) -> bool:
    return len(text) <= _SENTENCE_TITLE and text[-1] not in ".;:,/" and not _LIST_MARKER.match(text)


def _settle_headings(drafts: list[NodeDraft]) -> None:
    """Tell titles from first sentences: "Điều 2. Quyết định này có hiệu lực từ ngày ký." is text, no title.

    A full stop or colon ends a title in a component that writes most of its titles that way, above clauses, and where
    the title is bold and the text is not.
    """
    articles = [draft for draft in drafts if draft.kind is Kind.ARTICLE and draft.heading]
    stopped = sum(bool(draft.body) and _is_sentence_title(draft.heading) for draft in articles)
    stops_titles = len(articles) > 3 and 2 * stopped > len(articles)
    for draft in drafts:
        if draft.is_settled:
            continue
        if draft.kind is Kind.ARTICLE and draft.heading:
            is_title = _is_article_title(draft, stops_titles=stops_titles)
        elif draft.kind is Kind.ITEM and draft.heading:
            is_title = len(draft.heading) <= _LONG_TITLE and (draft.is_bold or not draft.heading.endswith(_STOPS))
        else:
            continue
        if not is_title:
            _make_text_of_heading(draft)


def _make_text_of_heading(draft: NodeDraft) -> None:
    if draft.heading:
        draft.body.insert(0, SourceLine(draft.heading, draft.line))
        draft.heading = ""


def _is_article_title(draft: NodeDraft, *, stops_titles: bool) -> bool:
    heading = draft.heading
    if draft.is_bold and len(heading) <= _LONG_TITLE:
        return True
    if not draft.body:
        return len(heading) <= _SENTENCE_TITLE and not heading.endswith(_STOPS)
    has_clauses = draft.body[0].text.startswith(("1.", "1-", "1/", "1)"))
    if not heading.endswith(_STOPS):
        return len(heading) <= (2 * _LONG_TITLE if has_clauses else _LONG_TITLE)
    if stops_titles and _is_sentence_title(heading):
        return True
    if len(heading) > 2 * _SENTENCE_TITLE or _LEADS_IN.search(heading[-20:]):
        return False
    return (has_clauses and heading[-1] in ".:") or (heading[-1] == ":" and len(heading) <= _SENTENCE_TITLE)


def _is_sentence_title(heading: str) -> bool:
    return heading[-1] in ".:" and len(heading) <= _SENTENCE_TITLE and not heading.endswith("/.")
