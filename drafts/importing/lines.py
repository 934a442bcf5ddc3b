"""What passes between the stages: paragraphs of a source, and the normalised lines made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafts.importing.findings import Finding


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the file has it; `text` may hold line ends (soft breaks), "" is a blank line.

    `notes` are the footnotes it refers to, each already written "[^1]: …". `wid` names the provision that begins here,
    in a file that this program made and a person worked on.
    """

    text: str
    line: int
    notes: tuple[str, ...] = ()
    wid: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file that this program made says of one of its provisions; `parent` is a wid or "".

    `form` is how head and text were written: "block" (label and heading, each a paragraph), "heading" (one paragraph:
    "Điều 5. Tên"), "text" ("Điều 5. Câu đầu"), "none" (the text alone). `sha256` is that of heading and text, as
    histories have it. `is_quoting`: the text itself had lines that look like heads.
    """

    wid: str
    kind: str
    number: str
    label: str
    parent: str
    form: str
    sha256: str
    is_quoting: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `format` is "docx" or "txt". `marks` stand in files that this program made, by wid."""

    format: str
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One normalised line, never blank; `line` is where it began in the source."""

    text: str
    line: int
    notes: tuple[str, ...] = ()
    after_blank: bool = False
