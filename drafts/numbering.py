"""The numbers of Vietnamese legal texts: I II III, "thứ hai", 5a and 8đ, the letters of points.

Points run through 23 letters (Decree 34/2016 and practice: đ after d, no f j w z, none of ă â ê ô ơ ư); units
inserted by an amendment carry a letter after a number (Điều 5a, Chương IIa) or a digit after a letter (điểm a1).
"""

import re

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
UNUSUAL_LETTERS = "ăâêôơưfjwz"  # met in old or careless files: taken as points, but worth a word

_LETTER_RANK: dict[str, float] = {letter: rank for rank, letter in enumerate(POINT_LETTERS, start=1)}
# Unusual letters sort beside the letter they grew from or stand next to in the alphabet.
_LETTER_RANK |= {"ă": 1.2, "â": 1.4, "ê": 6.5, "f": 6.7, "j": 9.5, "ô": 14.2, "ơ": 14.4, "ư": 20.5}
_LETTER_RANK |= {"w": 21.5, "z": 24}

_ROMAN_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_SHAPE = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")

_ORDINALS = {
    "nhất": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_ORDINAL_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_UNIT_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS = _ORDINALS | {"một": 1, "mốt": 1}

_DOTTED = re.compile(r"\d{1,4}(?:\.\d{1,4})+")
_DIGITS_FIRST = re.compile(r"(\d{1,6})([a-zđăâêôơư]{0,2})")
_LETTER_FIRST = re.compile(r"([a-zđăâêôơư])(\d{0,3})")
_ROMAN_FIRST = re.compile(r"([IVXLCDM]+)([a-zđ]?)")

SortKey = tuple[float, ...]


def roman(value: int) -> str:
    """4 → "IV"; 1 to 3999, ValueError outside."""
    if not 1 <= value <= 3999:
        raise ValueError(f"no Roman numeral for {value}")
    digits = []
    for size, sign in _ROMAN_VALUES:
        count, value = divmod(value, size)
        digits.append(sign * count)
    return "".join(digits)


def from_roman(numeral: str) -> int | None:
    """ "IV" → 4; None for what is not a well-formed numeral in capitals ("IIII", "iv", "")."""
    if not numeral or not _ROMAN_SHAPE.fullmatch(numeral):
        return None
    total, rest = 0, numeral
    for size, sign in _ROMAN_VALUES:
        while rest.startswith(sign):
            total, rest = total + size, rest[len(sign) :]
    return total


def from_ordinal(words: str) -> int | None:
    """The number of "thứ nhất", "thứ hai", "thứ mười hai", "thứ hai mươi mốt", "thứ 3"; None for other words."""
    found = words.lower().split()
    if len(found) < 2 or found[0] != "thứ":
        return None
    match found[1:]:
        case [digits] if digits.isdecimal() and len(digits) < 4:
            return int(digits)
        case [word]:
            return _ORDINALS.get(word)
        case ["mười", unit]:
            return 10 + _UNITS[unit] if unit in _UNITS else None
        case [tens, "mươi"]:
            return 10 * _UNITS[tens] if tens in _UNITS else None
        case [tens, "mươi", unit]:
            return 10 * _UNITS[tens] + _UNITS[unit] if tens in _UNITS and unit in _UNITS else None
    return None


def ordinal(value: int) -> str:
    """4 → "thứ tư", 1 to 99: how old Party texts number parts and chapters; ValueError outside."""
    if not 1 <= value <= 99:
        raise ValueError(f"no ordinal for {value}")
    if value <= 10:
        return f"thứ {_ORDINAL_WORDS[value - 1]}"
    tens, unit = divmod(value, 10)
    spoken = "mười" if tens == 1 else f"{_UNIT_WORDS[tens - 1]} mươi"
    if not unit:
        return f"thứ {spoken}"
    word = {1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(unit, _UNIT_WORDS[unit - 1])
    return f"thứ {spoken} {word}"


def value_of(number: str) -> tuple[int, str] | None:
    """The value of an Arabic, Roman or spelled number and its letter: "5a" → (5, "a"), "thứ hai" → (2, "")."""
    if (spelled := from_ordinal(number)) is not None:
        return spelled, ""
    stem, suffix = split_number(number)
    value = int(stem) if stem.isdecimal() else from_roman(stem)
    return None if value is None else (value, suffix)


def split_number(number: str) -> tuple[str, str]:
    """The stem and what an insertion added: "5a" → ("5", "a"), "a1" → ("a", "1"), "IIa" → ("II", "a")."""
    for shape in (_DIGITS_FIRST, _ROMAN_FIRST, _LETTER_FIRST):
        if match := shape.fullmatch(number):
            return match[1], match[2]
    return number, ""


def sort_key(number: str) -> SortKey:
    """A key that sorts numbers of one kind as people count: 2 < 5 < 5a < 5đ < 5e < 10; a < a1 < đ < e; II < IIa < X.

    Dotted numbers sort part by part (1.2 < 1.10). What is no number at all sorts last.
    """
    if _DOTTED.fullmatch(number):
        return tuple(float(part) for part in number.split("."))
    stem, suffix = split_number(number)
    if stem.isdecimal():
        return (float(stem), *(_LETTER_RANK.get(letter, 99.0) for letter in suffix))
    if (value := from_roman(stem)) is not None:
        return (float(value), *(_LETTER_RANK.get(letter, 99.0) for letter in suffix))
    if stem in _LETTER_RANK:
        return (_LETTER_RANK[stem], float(suffix)) if suffix else (_LETTER_RANK[stem],)
    return (float("inf"),)


def next_number(number: str) -> str:
    """What follows in the same row: "5" → "6", "5a" → "5b", "c" → "d", "d" → "đ", "a1" → "a2", "IX" → "X".

    ValueError where the row ends (after y) or `number` is no number.
    """
    if _DOTTED.fullmatch(number):
        stem, _, last = number.rpartition(".")
        return f"{stem}.{int(last) + 1}"
    stem, suffix = split_number(number)
    if stem.isdecimal() or from_roman(stem) is not None:
        if suffix:
            return stem + suffix[:-1] + _next_letter(suffix[-1])
        return str(int(stem) + 1) if stem.isdecimal() else roman((from_roman(stem) or 0) + 1)
    if stem in _LETTER_RANK:
        return f"{stem}{int(suffix) + 1}" if suffix else _next_letter(stem)
    raise ValueError(f"{number!r} is not a number")


def inserted_number(after: str) -> str:
    """The number of a unit put right behind `after`: "5" → "5a", "5a" → "5b", "d" → "d1", "II" → "IIa"."""
    stem, suffix = split_number(after)
    if suffix:
        return next_number(after)
    return f"{after}1" if stem in _LETTER_RANK else f"{after}a"


def in_manner(number: str, *, of: str) -> str:
    """The number written as the other one is: "thứ ba" for 3 beside "thứ hai", "3" for III beside "2", "03" by "02"."""
    parsed = value_of(number)
    if parsed is None:
        return number
    value, suffix = parsed
    if from_ordinal(of) is not None and not suffix:
        return ordinal(value) if value <= 99 else f"thứ {value}"
    stem = re.sub(r"[a-zđ]+$", "", of)
    if from_roman(stem) is not None:
        return f"{roman(value)}{suffix}"
    width = len(stem) if stem.startswith("0") else 0
    return f"{value:0{width}d}{suffix}" if stem.isdecimal() else number


def label_like(label: str, old: str, new: str) -> str:
    """The label with the old number in it replaced, however that was written: "CHƯƠNG I", I, II → "CHƯƠNG II"."""
    for match in reversed(list(re.finditer(r"[Tt]hứ\s+.+$|THỨ\s+.+$|\w+(?:\.\w+)*", label))):
        word = match[0]
        if word == old or (value_of(word) is not None and value_of(word) == value_of(old)):
            written = in_manner(new, of=word)
            written = written.upper() if word.isupper() and from_ordinal(word) is not None else written
            return label[: match.start()] + written + label[match.end() :]
    return ""


def _next_letter(letter: str) -> str:
    place = POINT_LETTERS.find(letter)
    if place < 0 or place + 1 == len(POINT_LETTERS):
        raise ValueError(f"no letter of points follows {letter!r}")
    return POINT_LETTERS[place + 1]
