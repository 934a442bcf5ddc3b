"""Decode: Source → Source. What was typed in TCVN3 or VNI becomes Unicode; everything else stays as it is.

Where the file names fonts, the reader has converted what they say, run by run, with `Conversions`; here the letters
themselves are judged: each paragraph by itself, short ones by what most of the file is.
"""

from collections import Counter
from dataclasses import replace

from drafts.importing import legacy
from drafts.importing.legacy import Encoding
from drafts.importing.lines import Conversion, Paragraph, Remark, Source

_LEAST_WORDS = 6  # a paragraph with fewer is no witness against the rest of the file
_MOST_SAMPLES = 4
_LEAST_SAMPLE = 16
_LONGEST_SAMPLE = 140
_NAMES = {Encoding.TCVN3: "TCVN3", Encoding.TCVN3_CAPITALS: "TCVN3", Encoding.VNI: "VNI"}


class Conversions:
    """Counts converted paragraphs and keeps a few of them, before and after."""

    def __init__(self, known: tuple[Conversion, ...] = ()) -> None:
        self._counts = Counter({conversion.encoding: conversion.paragraphs for conversion in known})
        self._samples = {conversion.encoding: list(conversion.samples) for conversion in known}

    def add(self, encoding: Encoding, *, before: str, after: str) -> None:
        name = _NAMES[encoding]
        self._counts[name] += 1
        samples = self._samples.setdefault(name, [])
        if len(samples) < _MOST_SAMPLES and len(after) >= _LEAST_SAMPLE:
            samples.append((_beginning(before), _beginning(after)))

    def result(self) -> tuple[Conversion, ...]:
        return tuple(
            Conversion(name, count, tuple(self._samples.get(name, ()))) for name, count in self._counts.most_common()
        )


def decode(source: Source) -> Source:
    """Reads paragraphs, writes them with every line in Unicode."""
    usual = _usual_encoding(source)
    if usual is None:
        return source
    conversions = Conversions(source.conversions)
    encodings: dict[int, Encoding] = {}
    paragraphs = []
    for paragraph in source.paragraphs:
        encoding = _encoding_of(paragraph.text, usual)
        if encoding is not None:
            encodings[paragraph.line] = encoding
            paragraph = _converted(paragraph, encoding, conversions)
        paragraphs.append(paragraph)
    remarks = tuple(_remark(remark, encodings.get(remark.line), usual) for remark in source.remarks)
    return replace(source, paragraphs=tuple(paragraphs), conversions=conversions.result(), remarks=remarks)


def _usual_encoding(source: Source) -> Encoding | None:
    """The encoding of what is not Unicode already; None when nothing has to be converted.

    A few stray letters in a Unicode text ("Ï" left behind by a scanner) are no witnesses.
    """
    doubtful = [paragraph.text for paragraph in source.paragraphs if not legacy.is_unicode(paragraph.text)]
    if len(doubtful) < len(source.paragraphs) and _foreign_words("\n".join(doubtful)) < _LEAST_WORDS:
        return None
    return legacy.of_text("\n".join(doubtful))


def _encoding_of(text: str, usual: Encoding) -> Encoding | None:
    """The paragraph's own encoding; the usual one where it does not tell but has letters outside ASCII."""
    if text.isascii() or legacy.is_unicode(text):
        return None
    return (legacy.of_text(text) if _foreign_words(text) >= _LEAST_WORDS else None) or usual


def _foreign_words(text: str) -> int:
    """How many of its words have letters outside ASCII."""
    return sum(not word.isascii() for word in legacy.words_of(text))


def _converted(paragraph: Paragraph, encoding: Encoding, conversions: Conversions) -> Paragraph:
    text = legacy.to_unicode(paragraph.text, encoding)
    if text == paragraph.text:
        return paragraph
    conversions.add(encoding, before=paragraph.text, after=text)
    notes = tuple(legacy.to_unicode(note, _encoding_of(note, encoding) or encoding) for note in paragraph.notes)
    bold = len(legacy.to_unicode(paragraph.text[: paragraph.bold], encoding))
    return replace(paragraph, text=text, notes=notes, bold=bold)


def _remark(remark: Remark, encoding: Encoding | None, usual: Encoding) -> Remark:
    """What the margin says, and the words it is about as the paragraph has them now."""
    own = _encoding_of(remark.text, usual)
    text = legacy.to_unicode(remark.text, own) if own else remark.text
    if encoding is None:
        return replace(remark, text=text)
    quote, prefix, suffix = (
        legacy.to_unicode(words, encoding) for words in (remark.quote, remark.prefix, remark.suffix)
    )
    return replace(remark, text=text, quote=quote, prefix=prefix, suffix=suffix)


def _beginning(text: str) -> str:
    text = " ".join(text.replace("\u00ad", "\u2011").split())
    return text if len(text) <= _LONGEST_SAMPLE else f"{text[:_LONGEST_SAMPLE]}…"
