"""Letters of the picture fonts Symbol and Wingdings as Unicode, so that a sign is not lost with its font.

Word keeps them in the private-use area (U+F020 to U+F0FF, the low byte is the place in the font). Source: Adobe's
Symbol encoding; of Wingdings only what stands in official papers: boxes, ticks, arrows, numbers in circles, bullets.
"""

_SYMBOL_ROWS = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x60: "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵",
    0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    0xE0: "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
}
_SYMBOL = {start + at: sign for start, row in _SYMBOL_ROWS.items() for at, sign in enumerate(row)}
_WINGDINGS = (
    {
        0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆",
        0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xEF: "⇦",
        0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    }
    | {0x81 + at: sign for at, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")}
    | {0x8C + at: sign for at, sign in enumerate("❶❷❸❹❺❻❼❽❾❿")}
)  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF020, 0xF100)


def is_picture_font(font: str) -> bool:
    return font.strip().casefold() in _FONTS


def as_unicode(text: str, font: str) -> str:
    """The signs of a picture font; one without a letter in Unicode stays what it is."""
    table = _FONTS[font.strip().casefold()]
    return "".join(table.get(ord(sign) & 0xFF, sign) if ord(sign) in _PRIVATE else sign for sign in text)


def low_bytes(text: str) -> str:
    """Letters Word moved to the private-use area because their font calls itself one of symbols."""
    return "".join(chr(ord(sign) & 0xFF) if ord(sign) in _PRIVATE else sign for sign in text)
