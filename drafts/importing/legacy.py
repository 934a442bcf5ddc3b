"""The encodings Vietnamese offices typed in before Unicode: TCVN3 and VNI, both ways. No Django here.

A file of that time holds Latin letters which only its font shows as Vietnamese: `.VnTime` shows "§iÒu" as "Điều",
`VNI-Times` shows "Ñieàu" as "Điều". The font is the best witness (`of_font`). Where there is none (plain text, what
antiword gives) the letters themselves tell (`of_text`): the Vietnamese letters only Unicode has (đ, ơ, ạ …) are
missing, and words that are no Vietnamese syllables as they stand become some when converted.

TCVN3 (TCVN 5712:1993, set VN3): one byte a letter; capitals with tone have no place of their own, so they are typed in
small letters in a font whose name ends in "H" (`.VnTimeH`), which shows everything as capitals. VNI: the base letter,
and behind it a letter that stands for the diacritics. Conversion must come before any clean-up: in TCVN3 the soft
hyphen is "ư" and a "Ð" is "é".
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum


class Encoding(StrEnum):
    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3, capitals"
    VNI = "VNI"


_TCVN3_CODES = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"), (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"), (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)  # fmt: skip
_TCVN3 = {start + at: letter for start, letters in _TCVN3_CODES for at, letter in enumerate(letters)}

_HYPHEN = "\u00ad"
_TCVN3_LETTERS = {code: letter for code, letter in _TCVN3.items() if code != ord(_HYPHEN)}
_WITH_HYPHEN = re.compile(rf"\w*{_HYPHEN}[\w{_HYPHEN}]*(?!\w|\))")
# "B¸O C¸O": capitals with small letters for those that have a tone.
_CAPITALS = re.compile(r"(?<!\w)(?=(?:[^\W\d_A-Z]*[A-Z]){2})[^\W\d_a-z]+(?!\w)")

_MARKS = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}
_VNI_MARKS = {
    "": {"acute": "ù", "grave": "ø", "hook": "û", "tilde": "õ", "dot": "ï"},
    "\u0302": {"": "â", "acute": "á", "grave": "à", "hook": "å", "tilde": "ã", "dot": "ä"},
    "\u0306": {"": "ê", "acute": "é", "grave": "è", "hook": "ú", "tilde": "ü", "dot": "ë"},
}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_BASES = "aeouyôö"
_LETTERS = "aăâeêioôơuưy"
_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_OF_LATIN_1 = re.compile("[\u00a1-\u00ff]")
_WORD = re.compile(r"[A-Za-z\u00a1-\u1ef9\u0300-\u0323]+")
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|kh|gh?|gi|ch?|th?|tr|ph?|qu?|[bdđhklmnrsvx])?"
    r"[aăâeêioôơuưy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
_LEAST_WORDS = 2
_MOST_WORDS = 2000
_LEAST_SHARE = 0.8
_LONGEST_SYLLABLE = 7


def _vni_letters() -> dict[str, str]:
    """Pairs (a base letter and its mark) and lone letters of VNI, in small letters, as Unicode."""
    letters = dict(_VNI_ALONE)
    for letter in _LETTERS:
        base, shape = _taken_apart(letter)
        for mark in ("", *_MARKS):
            whole = unicodedata.normalize("NFC", letter + mark)
            kind = _MARKS.get(mark, "")
            if letter == "i" or whole in (*_VNI_ALONE.values(), letter if not shape else None):
                continue
            letters[base + _VNI_MARKS[shape][kind]] = whole
    return letters


def _taken_apart(letter: str) -> tuple[str, str]:
    """The letter VNI builds on, and the shape ("", circumflex or breve) its mark includes."""
    if letter in "ơư":
        return {"ơ": "ô", "ư": "ö"}[letter], ""
    apart = unicodedata.normalize("NFD", letter)
    return apart[0], apart[1:]


def _in_both_cases(letters: dict[str, str]) -> dict[str, str]:
    """With capitals; the mark of a capital may be typed as a small letter ("UÛy ban") or as a capital ("UÛY BAN")."""
    both: dict[str, str] = {}
    for typed, letter in letters.items():
        for mark in {typed[1:], typed[1:].upper()}:
            both[typed[0] + mark] = letter
            both[typed[0].upper() + mark] = letter.upper()
    return both


_VNI = _in_both_cases(_vni_letters())
_VNI_PATTERN = re.compile(
    "|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)),
)
_VNI_BACK = {letter: typed for typed, letter in _VNI.items() if typed in (typed.lower(), typed.upper())}
_TCVN3_BACK = {letter: chr(code) for code, letter in _TCVN3.items()}


def of_font(name: str) -> Encoding | None:
    """The encoding a font stands for: ".VnTime" → TCVN3, ".VnTimeH" → its capitals, "VNI-Times" → VNI."""
    folded = name.strip().casefold()
    if folded.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if folded.split(" bold")[0].rstrip().endswith("h") else Encoding.TCVN3
    return Encoding.VNI if folded.startswith("vni-") else None


def of_text(text: str) -> Encoding | None:
    """The encoding letters without a font betray; None for Unicode, other languages, and where there is doubt."""
    if not _OF_LATIN_1.search(text) or _VIETNAMESE.search(text):
        return None
    words = [word for word in _WORD.findall(text) if _OF_LATIN_1.search(word)][:_MOST_WORDS]
    if len(words) < _LEAST_WORDS:
        return None
    shares = {
        encoding: vietnamese_share(to_unicode(word, encoding) for word in words)
        for encoding in (Encoding.TCVN3, Encoding.VNI)
    }
    best = max(shares, key=lambda encoding: shares[encoding])
    is_certain = shares[best] >= _LEAST_SHARE and vietnamese_share(words) < shares[best] - 0.3
    return best if is_certain and sum(shares.values()) < 2 * shares[best] else None


def vietnamese_share(words: Iterable[str]) -> float:
    """How many of the words with letters outside ASCII are Vietnamese syllables, from 0 to 1."""
    judged = [is_syllable(word) for word in words if not word.isascii()]
    return sum(judged) / len(judged) if judged else 0.0


def is_syllable(word: str) -> bool:
    """Whether a word is built like a Vietnamese syllable: "nghiệm", "Ủy", but not "Ñieàu", "arrêté"."""
    apart = unicodedata.normalize("NFD", word.lower())
    if sum(mark in _MARKS for mark in apart) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _MARKS))
    return len(bare) <= _LONGEST_SYLLABLE and bool(_SYLLABLE.fullmatch(bare))


def _without_hyphenation(found: re.Match[str]) -> str:
    """A soft hyphen is the letter "ư", unless it stands before a whole word: there Word may break the line."""
    word = found[0]
    whole = word.replace(_HYPHEN, "ư")
    is_alone = not word.strip(_HYPHEN)
    if word.startswith(_HYPHEN) and (is_alone or not is_syllable(whole)):
        return word.lstrip(_HYPHEN).replace(_HYPHEN, "ư")
    return whole


def words_of(text: str) -> list[str]:
    """The words of a text as `vietnamese_share` judges them."""
    return _WORD.findall(text)


def is_unicode(text: str) -> bool:
    """Whether the text has Vietnamese letters no legacy encoding has: its font does not matter then."""
    return bool(_VIETNAMESE.search(text))


def to_unicode(text: str, encoding: Encoding) -> str:
    """The text as its font shows it; what the encoding does not know stays."""
    if encoding is Encoding.VNI:
        return _VNI_PATTERN.sub(lambda found: _VNI[found[0]], text)
    converted = _WITH_HYPHEN.sub(_without_hyphenation, text.translate(_TCVN3_LETTERS))
    converted = _CAPITALS.sub(lambda found: found[0].upper(), converted)
    return converted.upper() if encoding is Encoding.TCVN3_CAPITALS else converted


def from_unicode(text: str, encoding: Encoding) -> str:
    """The text as it had to be typed (small letters for capitals with tones in TCVN3)."""
    text = unicodedata.normalize("NFC", text)
    if encoding is Encoding.VNI:
        return "".join(_VNI_BACK.get(letter, letter) for letter in text)
    return "".join(_TCVN3_BACK.get(letter) or _TCVN3_BACK.get(letter.lower(), letter) for letter in text)
