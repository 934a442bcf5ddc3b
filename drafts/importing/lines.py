"""What passes between the stages: paragraphs of a source, and the normalised lines made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafts.importing.findings import Finding


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the file has it; `text` may hold line ends (soft breaks), "" is a blank line.

    `notes` are the footnotes it refers to, each already written "[^1]: …". `bold` counts the letters at its beginning
    that are bold, `level` is that of a heading style (1 the outermost), 0 for other paragraphs and where the kind of
    file knows neither. `wid` names the provision that begins here, in a file that this program made and a person worked
    on.
    """

    text: str
    line: int
    notes: tuple[str, ...] = ()
    wid: str = ""
    bold: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file that this program made says of one of its provisions; `parent` is a wid or "".

    `form` is how head and text were written: "block" (label and heading, each a paragraph), "heading" (one paragraph:
    "Điều 5. Tên"), "text" ("Điều 5. Câu đầu"), "none" (the text alone). `sha256` is that of heading and text, as
    histories have it. `is_quoting`: the text itself had lines that look like heads. `notes` are the names of its
    footnotes in their order ("1", "e2"): Word numbers them anew.
    """

    wid: str
    kind: str
    number: str
    label: str
    parent: str
    form: str
    sha256: str
    is_quoting: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """Text that stood in an encoding of the time before Unicode: "TCVN3" or "VNI", how many paragraphs, and some of
    them before and after."""

    encoding: str
    paragraphs: int
    samples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin of the file, about `quote` (words as they stand there, "" for the whole paragraph).

    `line` is the paragraph its words begin in, `prefix` and `suffix` the words around them; `author` and `date`
    (ISO 8601) are what the file says, either may be "".
    """

    number: int
    line: int
    quote: str
    prefix: str
    suffix: str
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `format` is "docx", "doc", "rtf", "html", "md", "txt" or "akn".

    `marks` stand in files that say where their provisions begin, by wid; `title` is what such a file says it is called.
    """

    format: str
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)
    conversions: tuple[Conversion, ...] = ()
    remarks: tuple[Remark, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One normalised line, never blank; `line` is where it began in the source, `bold` and `level` as in Paragraph."""

    text: str
    line: int
    notes: tuple[str, ...] = ()
    after_blank: bool = False
    bold: int = 0
    level: int = 0
