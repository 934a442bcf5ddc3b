"""What passes between the stages: paragraphs of a source, and the normalised lines made of them."""

from dataclasses import dataclass

from drafts.importing.findings import Finding


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the file has it; `text` may hold line ends (soft breaks), "" is a blank line.

    `notes` are the footnotes it refers to, each already written "[^1]: …".
    """

    text: str
    line: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `format` is "docx" or "txt"."""

    format: str
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One normalised line, never blank; `line` is where it began in the source."""

    text: str
    line: int
    notes: tuple[str, ...] = ()
    after_blank: bool = False
