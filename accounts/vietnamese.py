"""Vietnamese letters: folding text for search and keys that sort as a Vietnamese dictionary does.

The database has no Vietnamese collation, so the order lives in stored keys. A key is plain ASCII and is
compared byte by byte (`COLLATE "C"`): letters first, and only where all letters agree the tones. In a key

    " " ends a field  <  "," ends the letters  <  "-" divides words  <  digits  <  letters  <  other scripts
"""

import re
import unicodedata

# Ð and ð (U+00D0, U+00F0) stand for Đ and đ in texts converted from old encodings.
_STROKED_D = str.maketrans({"đ": "d", "ð": "d"})
_MARKS = re.compile("[\u0300-\u036f]")

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL_TONE = "0"

# Letters of their own: each sorts after its plain letter followed by anything ("{" and "|" come after "z").
_OWN_LETTERS = {
    ("a", "\u0306"): "a{",
    ("a", "\u0302"): "a|",
    ("e", "\u0302"): "e{",
    ("o", "\u0302"): "o{",
    ("o", "\u031b"): "o|",
    ("u", "\u031b"): "u{",
}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def fold(text: str) -> str:
    """The text without marks and capitals, for search: "Tiếp thu ở Đ.5" gives "tiep thu o d.5"."""
    lowered = unicodedata.normalize("NFC", text).lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFD", lowered))
    return unicodedata.normalize("NFC", plain.translate(_STROKED_D))


def sort_key(text: str) -> str:
    """An ASCII key in Vietnamese order: ă â đ ê ô ơ ư are letters; tones decide only between equal letters.

    Numbers sort by value, punctuation is a gap, capitals are small letters: "Quận 2" gives "qua|n-12,5".
    """
    words: list[str] = []
    tones: list[str] = []
    for word in _words(text):
        letters, tone = _word_key(word)
        words.append(letters)
        tones.append(tone)
    return f"{'-'.join(words)},{''.join(tones).rstrip(_LEVEL_TONE)}"


def name_sort_key(full_name: str) -> str:
    """The key that lists people by given name, the last word, and only then by surname and middle names."""
    *family, given = full_name.split() or [""]
    return f"{sort_key(given)} {sort_key(' '.join(family))}"


def _words(text: str) -> list[str]:
    """Runs of letters and digits, each letter followed by its marks (NFD, small)."""
    lowered = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).lower()
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in decomposed).split()


def _word_key(word: str) -> tuple[str, str]:
    """The word's letters and its tone. One tone a word, wherever it is written: "hoà" and "hòa" are equal."""
    letters: list[str] = []
    tone = _LEVEL_TONE
    for cluster in re.findall(r"\d+|[^\d][\u0300-\u036f]*", word):
        marks = cluster[1:]
        if cluster[0].isdecimal():
            letters.append(_number_key(cluster))
        else:
            letters.append(_letter_key(cluster[0], marks))
            if tone == _LEVEL_TONE:
                tone = next((_TONES[mark] for mark in marks if mark in _TONES), _LEVEL_TONE)
    return "".join(letters), tone


def _letter_key(letter: str, marks: str) -> str:
    if letter in "đð":
        return "d{"
    for mark in marks:
        if (letter, mark) in _OWN_LETTERS:
            return _OWN_LETTERS[letter, mark]
    return letter if letter.isascii() else f"~{ord(letter):06x}"


def _number_key(digits: str) -> str:
    """The number behind the count of its digits, so that 9 sorts before 10 and 10 before 100."""
    number = "".join(str(unicodedata.decimal(digit)) for digit in digits).lstrip("0") or "0"
    nines, rest = divmod(len(number), 9)
    return f"{'9' * nines}{rest}{number}"
