"""Word's automatic numbering: what stands before a paragraph that belongs to a list ("Điều 5.", "a)", "1.2.").

The rules are those of ECMA-376 part 1, 17.9: a list (num) takes its levels from an abstract list, may override them,
and shares the counters of that abstract list with others, unless it says where to start.
"""

from dataclasses import dataclass, field

from lxml import etree

from drafts.importing.archive import attribute, children, local_name, value_of
from drafts.numbering import roman

_MAX_LEVEL = 8
_MAX_STYLES = 20  # how far "based on" is followed
_MAX_VALUE = 32_767


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    suffix: str = " "
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)
    is_used: bool = False


class Lists:
    """Gives each listed paragraph its marker, in document order (it counts)."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._style_lists: dict[str, tuple[str | None, int | None]] = {}
        self._based_on: dict[str, str] = {}
        self.style_names: dict[str, str] = {}
        self.default_style = ""
        self._counters: dict[str, list[int | None]] = {}
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_numbering(numbering)

    def marker(self, properties: etree._Element | None) -> str:
        """What stands before the paragraph with these properties ("" if nothing does); counts it."""
        number, level = self._place(properties)
        found = self._lists.get(number or "")
        if found is None or number == "0":
            return ""
        levels = self._levels(found)
        at = levels.get(level)
        if at is None:
            return ""
        counters = self._count(found, level, levels)
        if (at.format == "none" and "%" in at.text) or not at.text:
            return ""
        return _written(at, counters, levels) + at.suffix

    def style_name(self, properties: etree._Element | None) -> str:
        """The name of the paragraph's style in lower case ("toc 1", "heading 2")."""
        return self.style_names.get(_style_of(properties) or self.default_style, "")

    # Reading

    def _read_styles(self, styles: etree._Element) -> None:
        for style in children(styles):
            if local_name(style) != "style":
                continue
            name = attribute(style, "styleId") or ""
            if attribute(style, "default") in ("1", "true") and attribute(style, "type") == "paragraph":
                self.default_style = name
            for child in children(style):
                match local_name(child):
                    case "name":
                        self.style_names[name] = (value_of(child) or "").lower()
                    case "basedOn":
                        self._based_on[name] = value_of(child) or ""
                    case "pPr":
                        self._style_lists[name] = _list_of(child)

    def _read_numbering(self, numbering: etree._Element) -> None:
        for child in children(numbering):
            if local_name(child) == "abstractNum":
                self._read_abstract(child)
            elif local_name(child) == "num":
                self._read_list(child)

    def _read_abstract(self, element: etree._Element) -> None:
        name = attribute(element, "abstractNumId") or ""
        levels: dict[int, Level] = {}
        for child in children(element):
            if local_name(child) == "lvl":
                levels[_integer(attribute(child, "ilvl"), 0)] = _level(child)
            elif local_name(child) == "numStyleLink":
                self._links[name] = value_of(child) or ""
        self._abstract[name] = levels

    def _read_list(self, element: etree._Element) -> None:
        read = _List(abstract="")
        for child in children(element):
            if local_name(child) == "abstractNumId":
                read.abstract = value_of(child) or ""
            elif local_name(child) == "lvlOverride":
                level = _integer(attribute(child, "ilvl"), 0)
                for override in children(child):
                    if local_name(override) == "startOverride":
                        read.starts[level] = _integer(value_of(override), 1)
                    elif local_name(override) == "lvl":
                        read.levels[level] = _level(override)
        self._lists[attribute(element, "numId") or ""] = read

    # Resolving

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, or its style's."""
        number, level = (None, None) if properties is None else _list_of(properties)
        style = _style_of(properties) or self.default_style
        name = style
        for _ in range(_MAX_STYLES):
            if (number is not None and level is not None) or not name:
                break
            styled, styled_level = self._style_lists.get(name, (None, None))
            number = styled if number is None else number
            level = styled_level if level is None else level
            name = self._based_on.get(name, "")
        if level is None and number is not None and number in self._lists:
            levels = self._levels(self._lists[number])
            level = next((at for at, found in levels.items() if found.style and found.style == style), 0)
        return number, min(max(level or 0, 0), _MAX_LEVEL)

    def _levels(self, found: _List) -> dict[int, Level]:
        levels = self._abstract.get(found.abstract, {})
        for _ in range(_MAX_STYLES):
            if levels or found.abstract not in self._links:
                break
            linked = self._style_lists.get(self._links[found.abstract], (None, None))[0]
            target = self._lists.get(linked or "")
            if target is None or target is found:
                break
            found = target
            levels = self._abstract.get(found.abstract, {})
        return levels | found.levels if found.levels else levels

    def _count(self, found: _List, level: int, levels: dict[int, Level]) -> list[int | None]:
        counters = self._counters.setdefault(found.abstract, [None] * (_MAX_LEVEL + 1))
        if not found.is_used:
            found.is_used = True
            for at, start in found.starts.items():
                if 0 <= at <= _MAX_LEVEL:
                    counters[at] = start - 1
        now = counters[level]
        counters[level] = levels[level].start if now is None else min(now + 1, _MAX_VALUE)
        for deeper in range(level + 1, _MAX_LEVEL + 1):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counters[deeper] = None
        return counters


def _written(at: Level, counters: list[int | None], levels: dict[int, Level]) -> str:
    """The level's pattern with its places filled: "Chương %1" → "Chương II", "%1.%2." → "2.1."."""
    if at.format == "bullet":
        return at.text
    text = at.text
    for place in range(_MAX_LEVEL + 1):
        if f"%{place + 1}" not in text:
            continue
        level = levels.get(place, Level())
        value = counters[place] if counters[place] is not None else level.start
        text = text.replace(f"%{place + 1}", formatted(value or 0, "decimal" if at.is_legal else level.format))
    return text


def formatted(value: int, style: str) -> str:
    """A counter as Word shows it; letters are Word's own row a b c d e, which has no đ."""
    match style:
        case "upperRoman" | "lowerRoman" if 1 <= value < 4000:
            return roman(value) if style == "upperRoman" else roman(value).lower()
        case "upperLetter" | "lowerLetter" if value >= 1:
            letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 20)
            return letter.upper() if style == "upperLetter" else letter
        case "decimalZero":
            return f"{value:02d}"
        case "none":
            return ""
    return str(value)


def _level(element: etree._Element) -> Level:
    found: dict[str, str] = {}
    for child in children(element):
        if (value := value_of(child)) is not None:
            found[local_name(child)] = value
        elif local_name(child) == "isLgl":
            found["isLgl"] = "1"
    restart = found.get("lvlRestart")
    return Level(
        start=_integer(found.get("start"), 0),
        format=found.get("numFmt", "decimal"),
        text=found.get("lvlText", ""),
        restart=None if restart is None else _integer(restart, 0),
        is_legal=found.get("isLgl", "0") not in ("0", "false"),
        suffix="" if found.get("suff") == "nothing" else " ",
        style=found.get("pStyle", ""),
    )


def _list_of(properties: etree._Element) -> tuple[str | None, int | None]:
    """numId and ilvl of paragraph properties, each None when not said."""
    for child in children(properties):
        if local_name(child) == "numPr":
            said = {local_name(part): value_of(part) for part in children(child)}
            level = said.get("ilvl")
            return said.get("numId"), None if level is None else _integer(level, 0)
    return None, None


def _style_of(properties: etree._Element | None) -> str:
    for child in () if properties is None else children(properties):
        if local_name(child) == "pStyle":
            return value_of(child) or ""
    return ""


def _integer(text: str | None, default: int) -> int:
    try:
        return max(-_MAX_VALUE, min(int(text or ""), _MAX_VALUE))
    except ValueError:
        return default
