"""What an opinion says: the words that carry its meaning, the acts it asks for, what it names. No Django.

The many ways to ask for something ("đề nghị", "cần", "nên") count nothing, and words the field uses for one act are one
word ("bỏ", "lược bỏ", "bãi bỏ"). What turns an opinion into another one keeps two apart however alike their words are:
a denied act or its opposite ("đồng ý", "không đồng ý"), another clause, another number, another body.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Opinion:
    """``place`` names the article, ``document`` where it stands, ``clause`` like "khoản 2"."""

    key: int
    document: int
    place: str
    text: str
    quote: str = ""
    proposed: str = ""
    clause: str = ""


# Words

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
_WORD = re.compile(r"\w+")
_AFTER_CONSONANT = re.compile(r"^([hklmst]|qu)y$")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)(?!\s*/)")


def words_of(text: str) -> list[str]:
    """The syllables without capitals and punctuation, the tone behind each: "Uỷ ban", "ủy ban" give the same."""
    folded = unicodedata.normalize("NFC", text).casefold()
    folded = _FRACTION.sub(r"\1phần\2", folded)
    return [_syllable(word) for word in _WORD.findall(folded)]


@lru_cache(65_536)
def _syllable(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(_TONE.findall(apart))
    letters = unicodedata.normalize("NFC", _TONE.sub("", apart))
    if letters.isdecimal():
        return letters.lstrip("0") or "0"
    return _AFTER_CONSONANT.sub(r"\1i", letters) + tones


def _phrases(lines: str) -> dict[tuple[str, ...], str]:
    """One meaning a line: its name, a colon, the phrases that have it."""
    named: dict[tuple[str, ...], str] = {}
    for line in lines.strip().splitlines():
        name, _, phrases = line.partition(":")
        for phrase in phrases.split(","):
            named[tuple(words_of(phrase))] = name.strip()
    return named


# Acts of the field, by what they do to the text. A name in capitals is an act that has an opposite or can be denied.
_MEANINGS = _phrases("""
ADD: bổ sung, bổ sung thêm, thêm, đưa thêm, ghi thêm, còn thiếu, thiếu, lấy thêm, chưa có
REMOVE: bỏ, lược bỏ, bãi bỏ, xóa, xóa bỏ, cắt bỏ, loại bỏ, bỏ đi
KEEP: giữ nguyên, giữ, giữ lại, giữ như
AGREE: đồng ý, nhất trí, thống nhất với, tán thành, đồng tình, hoàn toàn nhất trí, hoàn toàn thống nhất với
AGREE: hoàn toàn đồng ý, nhất trí với, đồng ý với
FIT: phù hợp, hợp lý, thỏa đáng, thích hợp
MERGE: gộp, ghép, nhập, sáp nhập, hợp nhất
SPLIT: tách, chia
LONGER: kéo dài, tăng, tăng lên, nâng, nâng lên, quá ngắn, còn ngắn, là ít, là thấp
SHORTER: rút ngắn, giảm, giảm xuống, giảm còn, hạ, quá dài, còn dài, là nhiều, là cao
UP: lên trước, lên đầu
DOWN: xuống sau, xuống cuối, về cuối
clear: rõ, rõ ràng, làm rõ, nêu rõ, ghi rõ, nói rõ, quy định rõ, cụ thể, quy định cụ thể, chi tiết, phân định rõ
clear: liệt kê cụ thể, ghi rõ hơn, rõ hơn
different: khác nhau, còn khác nhau, khác với, khác
replace: thay, thay bằng, thay thế, thay cho, thay vì, sửa thành, đổi thành, đổi
overlap: trùng, trùng lặp, trùng nhau, chồng chéo, lặp lại
short: ngắn gọn, gọn, cho gọn, gọn hơn, súc tích
deadline: thời hạn, hạn
@yearly: hằng năm, hàng năm, mỗi năm, một năm, theo năm
@quarterly: hằng quý, hàng quý, mỗi quý, theo quý
@monthly: hằng tháng, hàng tháng, mỗi tháng, theo tháng
@weekly: hằng tuần, hàng tuần, mỗi tuần, theo tuần
@term: toàn khóa, giữa nhiệm kỳ
periodic: định kỳ, một lần
old: cũ, hiện hành, đang có hiệu lực, nhiệm kỳ trước
review: đánh giá, tổng kết, rà soát lại, rà soát, xem lại, xem xét lại
written: bằng văn bản, văn bản
all: toàn bộ, hoàn toàn, tất cả
reason: vì, do, bởi
between: giữa, với
""")
# Ways to ask, and words every comment may have: they say nothing about what is asked.
_SAYS_NOTHING = _phrases("""
-: cho phù hợp, để phù hợp, gì thêm, đề nghị, kiến nghị, đề xuất, cần, cần phải, nên, phải, xem xét, nghiên cứu
-: cân nhắc, tôi, chúng tôi, theo tôi, ý kiến, đồng chí, ban soạn thảo, cơ quan soạn thảo, kính, ạ, dự thảo, này
-: nội dung, việc, là, và, các, những, của, cho, về, tại, ở, trong, thì, có, được, để, hơn, như, theo, lại, cũng
-: đều, chỉ, mới, đã, sẽ, một, vào, cụm từ, từ, ra, khi, hoặc, hay, còn, quá, nhiều, hiện nay, sửa, sửa lại
-: chỉnh sửa, viết, viết lại, trình bày, diễn đạt, chặt chẽ, đầy đủ, quy định, trường hợp, thế nào, nào, gì, ai
-: đủ, đây
""")
_OPPOSITES = {("ADD", "REMOVE"), ("KEEP", "REMOVE"), ("MERGE", "SPLIT"), ("LONGER", "SHORTER"), ("UP", "DOWN")}
_OPPOSITE_OF = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
# Who it is about: another body is another opinion.
_BODIES = _phrases("""
#committee: ban chấp hành
#standing: ban thường vụ
#permanent: thường trực tỉnh ủy, thường trực
#inspection: ủy ban kiểm tra
#office: văn phòng tỉnh ủy, văn phòng
#organization: ban tổ chức tỉnh ủy, ban tổ chức
#internal: ban nội chính
#propaganda: ban tuyên giáo và dân vận, ban tuyên giáo
#front: mặt trận tổ quốc, mặt trận
#council: hội đồng nhân dân
#people: ủy ban nhân dân
#military: đảng ủy quân sự
#police: đảng ủy công an
#deputy: phó bí thư
#secretary: bí thư
""")
_LEVELS = {words_of(level)[0]: level for level in ("điều", "khoản", "điểm", "chương", "mục", "nhóm")}
_NUMBERS = {
    words_of(word)[0]: str(value)
    for value, word in enumerate(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], start=1)
}
_COUNTED = {words_of(word)[0] for word in ("ngày", "tháng", "năm", "lần", "kỳ", "tuần", "giờ", "người", "phần", "quý")}
_FAULTS = {"clear", "different", "overlap", "short"}
_CLAUSE_END = re.compile(r"[,;.!?]\s")
_NAME = re.compile(r"(?<![.!?;:]\s)(?<!^)\b[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]\w*")
_TABLE: dict[tuple[str, ...], str] = {**_MEANINGS, **_SAYS_NOTHING, **_BODIES}
_LONGEST = max(map(len, _TABLE))
_NOT = {words_of(word)[0] for word in ("không", "chưa", "chẳng", "đừng")}
_TEN = words_of("mười")[0]
_PARTS = words_of("phần")[0]
_MARK = re.compile(r"^(?:[a-zđ]\d?|\d+[a-zđ]?|[ivxlc]+)$")


class Meaning:
    """A remark taken apart: the words that count, its acts, and what it names."""

    __slots__ = ("acts", "bodies", "clauses", "denied", "names", "numbers", "order", "quote", "stance", "words")

    def __init__(self) -> None:
        self.order: list[str] = []
        self.acts: set[str] = set()
        self.denied: set[str] = set()
        self.bodies: set[str] = set()
        self.numbers: set[str] = set()
        self.clauses: dict[str, set[str]] = {}
        self.stance = 0
        self.words: frozenset[str] = frozenset()
        self.names: frozenset[str] = frozenset()
        self.quote: frozenset[str] = frozenset()

    @classmethod
    def of(cls, opinion: Opinion) -> Meaning:
        self = cls()
        opening = len(words_of(_CLAUSE_END.split(opinion.text, maxsplit=1)[0]))
        self._read(words_of(opinion.text), opening=opening)
        self.names = frozenset(words_of(" ".join(_NAME.findall(opinion.text))))
        if opinion.proposed:
            quoted, proposed = words_of(opinion.quote), words_of(opinion.proposed)
            self._read([word for word in quoted if word not in proposed])
            self._read([word for word in proposed if word not in quoted])
        if opinion.clause and not self.clauses:
            self._name_clauses(words_of(opinion.clause))
        self.words = frozenset(self.order)
        self.quote = frozenset(words_of(opinion.quote))
        return self

    @property
    def identity(self) -> tuple[Hashable, ...]:
        """Opinions with the same one are alike without looking."""
        clauses = tuple(sorted((level, tuple(sorted(marks))) for level, marks in self.clauses.items()))
        return (tuple(self.order), frozenset(self.denied), frozenset(self.numbers), clauses, self.quote)

    def anywhere(self) -> Meaning:
        """Without the clauses it names: they have other numbers in another document."""
        if not self.clauses:
            return self
        free = copy.copy(self)
        free.clauses = {}
        return free

    def _read(self, words: list[str], *, opening: int = 0) -> None:
        place, is_denied = 0, False
        while place < len(words):
            word = words[place]
            if word in _NOT and not self._matches(words, place):
                is_denied, place = True, place + 1
                continue
            taken = self._take_clause(words, place) or self._take_number(words, place)
            if taken:
                place += taken
                continue
            length, meaning = self._meaning(words, place)
            place += length
            if meaning == "-":
                continue
            self._take(meaning, is_denied=is_denied, opens=place <= opening)
            is_denied = is_denied and meaning.startswith("#")

    def _take(self, meaning: str, *, is_denied: bool, opens: bool) -> None:
        if meaning.startswith("#"):
            self.bodies.add(meaning)
        elif meaning.startswith("@"):
            self.numbers.add(meaning)
        elif meaning.isupper() and meaning.isascii():
            if meaning in ("AGREE", "KEEP", "FIT") and (len(self.order) <= 2 or meaning == "FIT"):
                self.stance = self.stance or (-1 if is_denied else 1)
            elif meaning == "REMOVE" and not is_denied:
                self.stance = self.stance or -1
            self.acts.add(f"!{meaning}" if is_denied else meaning)
        elif is_denied and opens and meaning not in _FAULTS:
            self.denied.add(meaning)
        self.order.append(f"!{meaning}" if is_denied and meaning.isupper() and meaning.isascii() else meaning)

    @staticmethod
    def _matches(words: list[str], place: int) -> bool:
        return any(tuple(words[place : place + length]) in _TABLE for length in range(2, _LONGEST + 1))

    @staticmethod
    def _meaning(words: list[str], place: int) -> tuple[int, str]:
        """How many words from here on are one phrase, and what it means."""
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            meaning = _TABLE.get(tuple(words[place : place + length]))
            if meaning is not None:
                return length, meaning
        return 1, words[place]

    def _take_clause(self, words: list[str], place: int) -> int:
        level = _LEVELS.get(words[place])
        if level is None or place + 1 >= len(words) or not _MARK.match(words[place + 1]):
            return 0
        self._name_clauses(words[place : place + 2])
        return 2

    def _name_clauses(self, words: list[str]) -> None:
        for word, mark in pairwise(words):
            if word in _LEVELS:
                self.clauses.setdefault(_LEVELS[word], set()).add(mark)

    def _take_number(self, words: list[str], place: int) -> int:
        """A number in digits, or in words before what is counted; "hai phần ba" is one."""
        word, rest = words[place], words[place + 1 : place + 3]
        if word[0].isdecimal():
            self._count(word)
            return 1
        if word not in _NUMBERS:
            return 0
        if rest[:1] == [_PARTS] and len(rest) == 2 and rest[1] in _NUMBERS:
            self._count(f"{_NUMBERS[word]}{_PARTS}{_NUMBERS[rest[1]]}")
            return 3
        if word == _TEN and rest[:1] and rest[0] in _NUMBERS and rest[1:] and rest[1] in _COUNTED:
            self._count(str(10 + int(_NUMBERS[rest[0]])))
            return 2
        if rest[:1] and rest[0] in _COUNTED and not self._matches(words, place):
            self._count(_NUMBERS[word])
            return 1
        return 0

    def _count(self, number: str) -> None:
        self.numbers.add(number)
        self.order.append(number)


# Two opinions


def are_apart(one: Meaning, other: Meaning) -> bool:
    return (
        (one.stance != other.stance and 1 in (one.stance, other.stance))
        or _removes_what_stays(one, other)
        or _removes_what_stays(other, one)
        or _deny(one, other)
        or _deny(other, one)
        or _oppose(one.acts, other.acts)
        or not (one.numbers <= other.numbers or other.numbers <= one.numbers)
        or not (one.bodies <= other.bodies or other.bodies <= one.bodies)
        or _name_others(one.names, other.names)
        or any(marks != other.clauses.get(level, marks) for level, marks in one.clauses.items())
    )


def _name_others(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both name somebody, each somebody else, and little the same."""
    return bool(one - other and other - one) and len(one & other) * 2 < len(one | other)


def _removes_what_stays(one: Meaning, other: Meaning) -> bool:
    """Whether one would take out what the other wants there: it finds no fault that taking out would mend."""
    if "REMOVE" not in one.acts or "REMOVE" in other.acts:
        return False
    return not (other.stance < 0 or other.denied or "overlap" in other.words)


def _deny(one: Meaning, other: Meaning) -> bool:
    """Whether one says no to what the other says plainly; taking out and calling unfit are ways to say no too."""
    return bool(one.denied and not other.denied and other.stance >= 0 and one.denied & other.words)


def _oppose(one: set[str], other: set[str]) -> bool:
    for act in one - other:
        opposite = act[1:] if act.startswith("!") else f"!{act}"
        if opposite in other - one and "AGREE" not in act:
            return True
        if _OPPOSITE_OF.get(act) in other - one:
            return True
    return False
