"""Reads a conclusion as it was spoken and proposes its assignments: lead unit, supporting units, task, deadline.

"Giao Ban Tổ chức chủ trì, phối hợp với Văn phòng hoàn thiện dự thảo trước ngày 10/11" gives one. Every part keeps its
place in the text, so that a page can mark the words it came from. Nothing is decided here: a person confirms.

Stages: statements (``_statements``) → what each says (``_Statement.read``) → what carries over from one to the next
(``read_conclusion``): a lead unit to the items under it, a closing "Thời gian hoàn thành trước ngày …" to what
stands before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from meetings.deadlines import MONDAY_TO_FRIDAY, WorkCalendar
from meetings.due_words import Doubt, Due, find_deadlines, folded


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit that may be named in full, by its short name, or by the initials of either ("BTC", "UBKT")."""

    key: int
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name a unit: ``text[start:end]``; ``unit`` is the known one they mean, if any."""

    words: str
    start: int
    end: int
    unit: KnownUnit | None = None

    @property
    def name(self) -> str:
        return (self.unit.short_name or self.unit.name) if self.unit else self.words


@dataclass(frozen=True, slots=True)
class Proposed:
    """An assignment that the words propose; ``start`` and ``end`` enclose the statement it came from."""

    lead: Named | None
    supporting: tuple[Named, ...]
    task: str
    due: Due | None
    start: int
    end: int
    lead_is_sure: bool = True


def read_conclusion(
    text: str, *, meeting: date, units: Sequence[KnownUnit] = (), calendar: WorkCalendar = MONDAY_TO_FRIDAY
) -> list[Proposed]:
    """The assignments of a conclusion, in its order. ``text`` in NFC; places refer to it."""
    names = _Names(units)
    found: list[Proposed] = []
    paragraph: list[int] = []  # places in ``found`` of what the present paragraph said so far
    heading: _Said | None = None  # "Giao Ban Tổ chức:" waits for its items
    said: _Said | None = None
    unread: _Statement | None = None
    for statement in _statements(text):
        if statement.opens_paragraph:
            if not statement.is_item:
                heading = None
            paragraph, said, unread = [], None, None
        order = said is not None and not statement.opens_sentence
        now = _read(statement, names, meeting, calendar, after_order=order)
        if now is None:
            unread = statement
            continue
        if now.is_heading:
            heading = now
            continue
        if now.only_due is not None:
            _date_what_has_none(found, paragraph, now.only_due)
            continue
        giver = heading if statement.is_item and heading else said
        if now.lead is None and giver is not None:
            if paragraph and not statement.is_item and not statement.opens_sentence:
                last = found[paragraph[-1]]
                if not now.dues or (last.due is None and len(now.dues) == 1):
                    task = f"{last.task}; {now.tasks[0][:1].lower()}{now.tasks[0][1:]}"
                    found[paragraph[-1]] = replace(
                        last, task=task, due=last.due or (now.dues[0] if now.dues else None), end=statement.end
                    )
                    continue
            if now.dues or (statement.is_item and now.begins_with_verb):
                sure = statement.is_item or not statement.opens_sentence
                now = replace(now, lead=giver.lead, supporting=now.supporting or giver.supporting, lead_is_sure=sure)
        if now.lead is None and not (now.dues and now.begins_with_verb):
            unread = statement
            continue
        if unread and not any(now.tasks):  # "Hoàn thiện Quy chế. Cơ quan chủ trì: …": the task stands before
            now = replace(now, tasks=(_tidy(unread.text[unread.start : unread.end]),))
        unread = None
        for proposed in now.proposals(statement):
            paragraph.append(len(found))
            found.append(proposed)
        said = now if now.lead else said
    return found


def _date_what_has_none(found: list[Proposed], paragraph: Iterable[int], due: Due) -> None:
    """ "Thời gian hoàn thành trước ngày 30/12": for all that the paragraph gave out without a date."""
    for place in paragraph:
        if found[place].due is None:
            found[place] = replace(found[place], due=due, end=due.end)


# Statements


@dataclass(frozen=True, slots=True)
class _Statement:
    """``text[start:end]``; ``flat`` is the whole text folded, ``lower`` in small letters, both as long as it."""

    text: str
    flat: str
    lower: str
    start: int
    end: int
    opens_paragraph: bool
    opens_sentence: bool
    is_item: bool


_ITEM = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})[.)](?!\d)|[-–+•*])\s*", re.IGNORECASE)
_BREAK = re.compile(
    r"[.!?…](?=\s+(?:[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]|\(?\d{1,2}[.)]|[-–]\s))|;(?!\s*(?:(?:[Cc]ơ quan|"
    r"[Đđ]ơn vị)\s+)?[Pp]hối hợp|\s*[Tt]hời (?:hạn|gian)|\s*[Hh]ạn )|(?=\(\d{1,2}\)\s)|(?<=:)\s*(?=[-–+]\s|[a-zđ]\)\s)"
)


def _statements(text: str) -> Iterator[_Statement]:
    flat, lower = folded(text), _lowered(text)
    for line in re.finditer(r"[^\r\n]+", text):
        place, opens, sentence = line.start(), True, True
        ends = [*_BREAK.finditer(text, line.start(), line.end())]
        for cut_at, cut_end in [*((cut.start(), cut.end()) for cut in ends), (line.end(), line.end())]:
            item = _ITEM.match(text, place, cut_at)
            start = item.end() if item else place
            while start < cut_at and text[start].isspace():
                start += 1
            if start < cut_at:
                yield _Statement(text, flat, lower, start, cut_at, opens, sentence, item is not None)
                opens = False
                sentence = text[cut_at:cut_end].strip() != ";"
            place = max(cut_end, place)


# Names of units

_SEPARATOR = r"\s*(?:,|;|/|\bvà\b|\bcùng với\b|\bcùng\b)\s*(?:và\s+)?"
_TITLES = (
    r"(?:(?:các\s+)?(?:đồng chí|ông|bà)\s+)?(?:(?:trưởng|phó trưởng|chánh|phó chánh|bí thư|phó bí thư|"
    r"chủ tịch|phó chủ tịch|"
    r"chủ nhiệm|phó chủ nhiệm|giám đốc|phó giám đốc|thủ trưởng|lãnh đạo|tập thể|cơ quan)\s+(?:của\s+)?)*"
)
_HEAD = (
    r"(?:(?:các|tất cả các|những|hai|ba|bốn|năm|\d{1,2})\s+)?(?:"
    r"sở,\s*(?:ban,\s*)?ngành|ban,\s*(?:sở,\s*)?ngành|ban,\s*cơ quan|cơ quan,\s*đơn vị(?:,\s*địa phương)?|"
    r"ban\s+(?!hành\b|đầu\b)|văn phòng|ủy ban|sở|đảng ủy|đảng bộ|đảng đoàn|"
    r"ban cán sự|thường trực|thường vụ|hội đồng|tổ\s+(?!chức|quốc)|cục|chi cục|tổng cục|vụ|"
    r"phòng\s+(?!,|chống|ngừa)|công an|quân sự|bộ\s+(?!phận|máy|tài liệu|câu hỏi|tiêu chí)|mặt trận|trung tâm|"
    r"trường\s+(?!hợp)|chi bộ|tỉnh ủy|thành ủy|huyện ủy|quận ủy|cấp ủy|liên đoàn|"
    r"hội\s+(?!nghị|thảo|trường|họp)|đoàn\s+(?!kết)|tỉnh đoàn|cơ quan|đơn vị|địa phương|thanh tra|viện|tòa án|kho bạc|"
    r"đài\s|báo\s+(?!cáo|động)|nhóm|tiểu ban|thành viên|bộ phận|xã\s|phường\s|huyện\s|ubnd|hđnd|ubkt|ubmttq|"
    r"mttq|btv|bch|"
    r"chánh|trưởng|bí thư|chủ tịch|chủ nhiệm|giám đốc|đồng chí|thủ trưởng|lãnh đạo)"
)
_VERBS = (
    "chủ trì", "chủ động", "chịu trách nhiệm", "có trách nhiệm", "có nhiệm vụ", "làm đầu mối", "là đầu mối", "phối hợp",
    "khẩn trương", "sớm", "tiếp tục", "nghiên cứu", "tiếp thu", "hoàn thiện", "hoàn thành", "hoàn chỉnh", "xây dựng",
    "rà soát", "chỉnh sửa", "chỉnh lý", "bổ sung", "soạn thảo", "dự thảo", "trình", "báo cáo", "tổng hợp", "gửi",
    "chuẩn bị", "tổ chức", "triển khai", "thực hiện", "kiểm tra", "đôn đốc", "theo dõi", "lập", "đề xuất", "xem xét",
    "giải trình", "thẩm định", "thẩm tra", "góp ý", "tham gia", "cho ý kiến", "có ý kiến", "ban hành", "hướng dẫn",
    "bố trí", "công bố", "cập nhật", "lấy ý kiến", "tập trung", "đẩy mạnh", "tăng cường", "thống nhất", "xác định",
    "làm rõ", "phân tích", "đánh giá", "thống kê", "khảo sát", "giám sát", "quán triệt", "phổ biến", "tuyên truyền",
    "đăng ký", "nộp", "in", "phát hành", "thông báo", "mời", "quyết định", "chỉ đạo", "cung cấp", "tạo điều kiện",
    "sửa đổi", "sửa", "điều chỉnh", "kiện toàn", "tham mưu", "tham vấn", "giúp", "phân công", "giao", "đăng tải",
    "lưu ý", "quan tâm", "bảo đảm", "đảm bảo", "làm việc", "họp", "viết", "biên soạn", "biên tập", "thành lập", "cử",
    "ký", "thu thập", "đối chiếu", "so sánh", "giải quyết", "xử lý", "khắc phục", "rút kinh nghiệm", "kiểm điểm",
    "kết luận", "nhắc", "đề nghị", "yêu cầu", "tiến hành", "duy trì", "quản lý", "sắp xếp", "trả lời", "xin ý kiến",
    "cụ thể hóa", "lãnh đạo", "rà lại", "xem lại", "làm", "nâng cao", "phát động", "ứng dụng", "số hóa", "công khai",
)  # fmt: skip
_VERB = r"(?:" + "|".join(sorted(_VERBS, key=len, reverse=True)) + r")\b"
_STOP = re.compile(
    rf"[,;:.()\n]|\s+(?:{_VERB}|sẽ\b|phải\b|cần\b|để\b|trong\b|trước\b|đến\b|hoặc\b|với\b|cùng\b|và\s+(?={_HEAD})|"
    rf"(?:và\s+)?(?={_VERB})|là\b|đã\b|đang\b|chưa\b|theo\b|về\b|khi\b|nếu\b|được\b|không\b|chậm nhất\b|xong\b|ngay\b)"
)
_HEAD_AT = re.compile(_HEAD)
_TITLES_AT = re.compile(_TITLES)
_SEPARATOR_AT = re.compile(_SEPARATOR)
_NAMES_THAT_HOLD_VERBS = re.compile(
    r"ban\s+(?:tổ chức(?:\s+trung ương)?|chỉ đạo|soạn thảo|biên tập|thanh tra|quản lý|tuyên giáo)|"
    r"ủy ban\s+kiểm tra|tổ\s+(?:biên tập|soạn thảo|giúp việc|công tác)|"
    r"(?:cơ quan|đơn vị|bộ phận|tiểu ban)\s+(?:chủ trì|soạn thảo|tham mưu|thẩm định|thực hiện|phối hợp|"
    r"tổng hợp|trình)|hội đồng\s+(?:thẩm định|giám sát|lập)"
)


class _Names:
    """Finds units by the words that name them."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self._names: dict[str, KnownUnit] = {}
        self._initials: dict[str, KnownUnit] = {}
        for unit in units:
            for name in filter(None, (unit.name, unit.short_name)):
                self._names.setdefault(folded(_plain(name)), unit)
        for unit in units:
            for name in filter(None, (unit.short_name, unit.name)):
                for initials in _initials(name):
                    self._initials.setdefault(initials, unit)
        self._known = _any_of(self._names)
        self._short = _any_of(self._initials)

    def at(self, statement: _Statement, place: int) -> Named | None:
        """The unit named at this place, with the title of the one who heads it."""
        lower = statement.lower
        if _LABEL_SUPPORT.match(lower, place, statement.end) or _LABEL_LEAD.match(lower, place, statement.end):
            return None
        titles = _TITLES_AT.match(lower, place, statement.end)
        begins = titles.end() if titles else place
        for start in (place, begins):
            if short := self._short.match(statement.text, start, statement.end):
                return Named(statement.text[place : short.end()], place, short.end(), self._initials[short[0]])
            known = self._known.match(statement.flat, start, statement.end)
            if known and not _OF_ANOTHER.match(lower, known.end(), statement.end):
                unit = self._names[known[0]]
                level = _LEVEL.match(lower, known.end(), statement.end)
                end = level.end() if level else known.end()
                meant = level is None or _lowered(level[0].strip()) in _lowered(_plain(unit.name))
                return Named(statement.text[place:end], place, end, unit if meant else None)
        head = _HEAD_AT.match(lower, place, statement.end) or _HEAD_AT.match(lower, begins, statement.end)
        if head is None:
            return None
        whole = _NAMES_THAT_HOLD_VERBS.match(lower, head.start(), statement.end)
        stop = _STOP.search(lower, whole.end() if whole else head.end(), statement.end)
        end = stop.start() if stop else statement.end
        if more := _AND_THE_LIKE.match(lower, end, statement.end):
            end = more.end()
        while end > place and statement.text[end - 1].isspace():
            end -= 1
        return (
            Named(statement.text[place:end], place, end, self._inside(statement, place, end)) if end > place else None
        )

    def list_at(self, statement: _Statement, place: int) -> list[Named]:
        """Units joined by commas and "và", the first at this place."""
        names: list[Named] = []
        while named := self.at(statement, place):
            if named.unit is None and (opening := re.compile(r"\s*[(:]\s*").match(statement.text, named.end)):
                one_by_one = self.list_at(statement, opening.end())  # "bốn cơ quan (A, B, C, D)"
                if len(one_by_one) > 1:
                    return [*names, *one_by_one]
            names.append(named)
            joint = _SEPARATOR_AT.match(statement.lower, named.end, statement.end)
            if joint is None or self.at(statement, joint.end()) is None:
                break
            place = joint.end()
        return names

    def _inside(self, statement: _Statement, start: int, end: int) -> KnownUnit | None:
        """ "đồng chí Trưởng ban Ban Tổ chức": the unit is named inside."""
        for found in self._known.finditer(statement.flat, start, end):
            if found.start() == start or not statement.flat[found.start() - 1].isalnum():
                return self._names[found[0]]
        return None


_LEVEL = re.compile(r"\s+(?:tỉnh ủy|thành ủy|huyện ủy|đảng ủy|tỉnh|thành phố|trung ương(?:\s+đảng)?)(?!\w)")
_OF_ANOTHER = re.compile(r"\s+(?:các|của|hội đồng|hđnd|ủy ban|ban bí thư|huyện|xã|phường)(?!\w)")
_AND_THE_LIKE = re.compile(
    r"(?:,\s*(?:thành ủy|huyện ủy|quận ủy|đảng ủy trực thuộc|ngành|đoàn thể|đơn vị|"
    r"địa phương)(?:\s+(?:có\s+)?liên quan)?)+(?=\s|[,.;]|$)"
)


def _initials(name: str) -> set[str]:
    """ "Ủy ban Kiểm tra" → UBKT; "Đảng ủy UBND tỉnh" → ĐUUBNDT and DUUBNDT."""
    words = ["".join(c if c in "Đđ" else folded(c) for c in word).upper() for word in _plain(name).split()]
    short = "".join(
        word if plain.isupper() and len(plain) > 1 else word[0]
        for word, plain in zip(words, _plain(name).split(), strict=True)
    )
    return {short, short.replace("Đ", "D")} if len(short) > 1 else set()


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, ordered))})(?!\w)" if ordered else r"(?!)")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


_UY = re.compile(r"uỷ|uý|oà|oá|oả|oã|oạ|oè|oé|uỳ|uỵ|uỹ")
_UY_NEW = {
    "uỷ": "ủy", "uý": "úy", "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe",
    "uỳ": "ùy", "uỵ": "ụy", "uỹ": "ũy",
}  # fmt: skip


def _lowered(text: str) -> str:
    """Small letters, the tone on one and the same vowel ("uỷ" → "ủy" at the end of a word); as long as the text."""
    lowered = "".join(letter if len(letter) == 1 else " " for letter in map(str.lower, text))
    return re.sub(rf"({_UY.pattern})(?!\w)", lambda found: _UY_NEW[found[0]], lowered)


# What a statement says

_GIVES = re.compile(
    r"(?:(?:đồng ý|thống nhất|trước mắt|nhất trí|tiếp tục|kết luận)[,:]?\s+)*"
    r"(?:giao(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?|phân công|đề nghị|yêu cầu|ủy quyền(?:\s+cho)?|"
    r"chỉ đạo)\s+(?!tại\b|của\b|về\b)"
)
_PRESIDES = re.compile(
    r"\s*,?\s*(?:(?:là|làm)\s+)?(?:cơ quan\s+|đơn vị\s+)?(?:chủ trì|đầu mối|"
    r"chịu trách nhiệm chính)(?:\s+thực hiện(?=\s*[,;.)]|\s*$))?"
)
_WITH = re.compile(
    r"\s*(?:,|;|và)?\s*(?:(?:có\s+)?(?:sự\s+)?(?:chủ trì,?\s*)?phối hợp(?:\s+chặt chẽ)?(?:\s+(?:với|"
    r"cùng(?:\s+với)?|của))?|cùng(?:\s+với)?|với sự tham gia của)\s*:?\s+"
)
_SUPPORTS = re.compile(r"\s*(?:phối hợp|hỗ trợ|cùng tham gia)\b")
_MUST = re.compile(r"\s*,?\s*(?:(?:có|chịu)\s+trách nhiệm|có nhiệm vụ|khẩn trương|sớm|phải|cần|sẽ)\s")
_DUTY = re.compile(rf"\s*,?\s*(?:nghiêm túc\s+|tiếp tục\s+|tích cực\s+)?{_VERB}")
_HAPPENED = re.compile(
    r"\s+(?:đã|đang|vẫn|còn|chưa|được|là\s+(?!đầu mối|cơ quan chủ trì)|có\s+(?!trách nhiệm|nhiệm vụ|ý kiến|báo cáo))\b"
)
_DONE_BY = re.compile(r"(?:,\s*)?(?:\bdo\s+|\bgiao\s+(?:cho\s+)?)")
_LABEL_LEAD = re.compile(r"(?:cơ quan|đơn vị|người)?\s*(?:chủ trì|đầu mối|thực hiện)(?:\s+thực hiện)?\s*:\s*")
_LABEL_SUPPORT = re.compile(r"(?:(?:cơ quan|đơn vị)\s*)?phối hợp(?:\s+thực hiện)?\s*:\s*")
_ONLY_DUE = re.compile(
    r"(?:(?:tất cả|toàn bộ|các|những)\s+)?(?:(?:nhiệm vụ|công việc|nội dung|việc)\s*(?:này|trên|nêu trên)?\s*)?"
    r"(?:(?:đều|phải|cần|yêu cầu|đề nghị|và)\s*)*(?:thời (?:hạn|gian)|hạn)?\s*(?:(?:hoàn thành|xong|"
    r"hoàn tất|thực hiện)\s*)*"
    r"(?:trong)?[\s,:.;()–-]*(?:để\s.*)?"
)
_HANGING = re.compile(
    r"(?:[\s,;:(–-]|\bvà\b|\b(?:phải|cần)?\s*(?:hoàn thành|hoàn tất|xong)\b|\bthời (?:hạn|"
    r"gian)(?:\s+(?:hoàn thành|thực hiện))?\b|\bhạn\b)+$"
)
_BEGINS_WITH_VERB = re.compile(rf"(?:(?:phải|cần|sẽ|khẩn trương|sớm|tiếp tục|đề nghị|yêu cầu)\s+)*{_VERB}|việc\s")


@dataclass(frozen=True, slots=True)
class _Said:
    """What one statement says; ``tasks`` and ``dues`` go together, the last tasks may have no date."""

    lead: Named | None
    supporting: tuple[Named, ...]
    tasks: tuple[str, ...]
    dues: tuple[Due, ...]
    is_heading: bool = False
    only_due: Due | None = None
    begins_with_verb: bool = False
    lead_is_sure: bool = field(default=True)

    def proposals(self, statement: _Statement) -> Iterator[Proposed]:
        for place, task in enumerate(self.tasks):
            due = self.dues[place] if place < len(self.dues) else None
            yield Proposed(
                self.lead, self.supporting, task, due, statement.start, statement.end, lead_is_sure=self.lead_is_sure
            )


def _read(
    statement: _Statement, names: _Names, meeting: date, calendar: WorkCalendar, *, after_order: bool
) -> _Said | None:
    part = statement.text[statement.start : statement.end]
    dues = [
        replace(due, start=due.start + statement.start, end=due.end + statement.start)
        for due in find_deadlines(part, meeting=meeting, calendar=calendar)
    ]
    if any(due.on for due in dues):  # "trước khi trình …" beside a date is part of the task
        dues = [due for due in dues if due.doubt is not Doubt.EVENT]
    lower = statement.lower
    roles = _roles(statement, lower, names, follows=bool(dues) or after_order)
    if roles is None:
        return None
    leads, supporting, taken, begins = roles
    rest = _Rest(statement, taken)
    if not leads and dues and _ONLY_DUE.fullmatch(rest.without(dues).strip().lower()):
        return _Said(None, (), (), (), only_due=dues[-1])
    if leads and not dues and not rest.without(dues).strip(" ,;:.-–"):
        return _Said(leads[0], (*leads[1:], *supporting), (), (), is_heading=True)
    tasks, dated = rest.tasks(begins, dues)
    words = lower[begins : statement.end].lstrip(" ,:")
    return _Said(
        leads[0] if leads else None,
        (*leads[1:], *supporting),
        tuple(tasks),
        tuple(dated),
        is_heading=bool(leads) and statement.text[: statement.end].rstrip().endswith(":"),
        begins_with_verb=bool(_BEGINS_WITH_VERB.match(words)),
        lead_is_sure=len(leads) == 1 or bool(supporting),
    )


_Roles = tuple[list[Named], list[Named], list[tuple[int, int]], int]


def _roles(statement: _Statement, lower: str, names: _Names, *, follows: bool) -> _Roles | None:
    """Lead units, supporting units, the words that say so, and where the task begins; None for a report.

    ``follows``: a date, or what was said before, makes "Văn phòng tổng hợp …" an order and not a report.
    """
    for gives in _GIVES.finditer(lower, statement.start, statement.end):
        if gives.start() > statement.start and lower[gives.start() - 1].isalnum():
            continue
        leads = names.list_at(statement, gives.end())
        if not leads:
            continue
        return _after_lead(statement, lower, names, leads, gives.start())
    if label := _LABEL_LEAD.search(lower, statement.start, statement.end):
        leads = names.list_at(statement, label.end())
        if leads:
            return _after_lead(statement, lower, names, leads, label.start())
    leads = names.list_at(statement, statement.start)
    if leads:
        after = leads[-1].end + (lower[leads[-1].end : leads[-1].end + 1] == ")")
        if _HAPPENED.match(lower, after, statement.end):
            return None
        directed = _PRESIDES.match(lower, after, statement.end) or _MUST.match(lower, after, statement.end)
        if directed or (follows and _DUTY.match(lower, after, statement.end)):
            return _after_lead(statement, lower, names, leads, statement.start)
        return None
    for done_by in _DONE_BY.finditer(lower, statement.start, statement.end):
        leads = names.list_at(statement, done_by.end())
        if leads and _PRESIDES.match(lower, leads[-1].end, statement.end):
            return _after_lead(statement, lower, names, leads, done_by.start())
    return [], *_supporting(statement, lower, names, statement.start), statement.start


def _after_lead(statement: _Statement, lower: str, names: _Names, leads: list[Named], start: int) -> _Roles:
    place = leads[-1].end + (lower[leads[-1].end : leads[-1].end + 1] == ")")
    if closing := re.compile(r"\s*\([^)]*\)").match(lower, place, statement.end):
        place = closing.end()
    if presides := _PRESIDES.match(lower, place, statement.end):
        place = presides.end()
    if duty := re.compile(r"\s*(?:(?:có|chịu)\s+trách nhiệm|có nhiệm vụ|sẽ|phải|cần)(?=\s)").match(
        lower, place, statement.end
    ):
        place = duty.end()
    taken = [(start, place)]
    supporting, more = _supporting(statement, lower, names, place)
    begins = place
    if more and more[0][0] == place:
        begins = more[0][1]
    return leads, supporting, [*taken, *more], begins


def _supporting(
    statement: _Statement, lower: str, names: _Names, place: int
) -> tuple[list[Named], list[tuple[int, int]]]:
    """ "phối hợp với A, B và C", "A phối hợp", "Đơn vị phối hợp: A" anywhere behind ``place``."""
    supporting: list[Named] = []
    taken: list[tuple[int, int]] = []
    label = _LABEL_SUPPORT.search(lower, place, statement.end)
    if label and (found := names.list_at(statement, label.end())):
        return found, [(label.start(), found[-1].end)]
    at = place
    while with_ := _WITH.search(lower, at, statement.end):
        at = with_.end()
        inside = (
            with_.start() > statement.start and lower[with_.start()].isalnum() and lower[with_.start() - 1].isalnum()
        )
        found = [] if inside else names.list_at(statement, with_.end())
        if found:
            supporting += found
            taken.append((with_.start(), found[-1].end))
            at = found[-1].end
    for comma in re.finditer(r"[,;]\s*", lower[place : statement.end]):
        found = names.list_at(statement, place + comma.end())
        helps = _SUPPORTS.match(lower, found[-1].end, statement.end) if found else None
        if helps and found[0].start not in {named.start for named in supporting}:
            supporting += found
            taken.append((place + comma.start(), helps.end()))
    return supporting, taken


@dataclass(frozen=True, slots=True)
class _Rest:
    """A statement without the words that say who."""

    statement: _Statement
    taken: list[tuple[int, int]]

    def without(self, dues: Sequence[Due]) -> str:
        return self._cut(self.statement.start, self.statement.end, [(due.start, due.end) for due in dues])

    def tasks(self, begins: int, dues: Sequence[Due]) -> tuple[list[str], list[Due]]:
        """The task for each date; two dates for the same words make the earlier one doubtful."""
        start = self.statement.start
        if not self._cut(begins, self.statement.end, [(due.start, due.end) for due in dues]).strip(" ,;:.-–()"):
            begins = start
        spans = [(due.start, due.end) for due in dues]
        tasks: list[str] = []
        dated: list[Due] = []
        place = begins
        for due in dues:
            task = _tidy(self._cut(place, due.end, spans))
            if task or not tasks:
                tasks.append(task)
                dated.append(due)
            else:
                dated[-1] = replace(dated[-1], doubt=dated[-1].doubt or Doubt.BARE)
            place = due.end
        tail = _trimmed(self._cut(place, self.statement.end, spans))
        if not tasks:
            return [_capital(tail)], []
        if tail:
            joint = " " if tail.startswith("để ") or not tasks[-1] else ", "
            tasks[-1] = f"{tasks[-1]}{joint}{tail}".strip()
        whole = _tidy(self._cut(start, self.statement.end, spans))
        return [task or whole for task in tasks], dated

    def _cut(self, start: int, end: int, more: Sequence[tuple[int, int]]) -> str:
        keep = []
        place = start
        for left, right in sorted([*self.taken, *more]):
            if right <= place or left >= end:
                continue
            keep.append(self.statement.text[place : max(left, place)])
            place = max(place, right)
        keep.append(self.statement.text[place:end] if place < end else "")
        return " ".join(keep)


def _tidy(words: str) -> str:
    return _capital(_trimmed(words))


def _trimmed(words: str) -> str:
    """A task without the commas and hanging words that its date and its units left behind."""
    words = re.sub(r"\s+([,;:.)])", r"\1", " ".join(words.split()))
    words = re.sub(r"\(\s*\)", "", words)
    words = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", words)
    words = words.strip(" ,;:.–-")
    hanging = _HANGING.search(words.lower())
    if hanging and hanging.start():
        words = words[: hanging.start()]
    return words.strip(" ,;:.–-(")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
