"""Which old provisions became which new ones, each kind with its own: openings, articles, appendices.

No Django here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from drafts.alignment import Row, align, in_order
from drafts.likeness import Article, article_of_sheet
from drafts.texts import Sheet

KINDS: tuple[Collection[str], ...] = (("preamble",), ("article", "item"), ("appendix",))
COMPARED = tuple(kind for kinds in KINDS for kind in kinds)
_OPENING = "opening"
"""What the first preamble of either text is known by: the two are one, however few words they share."""


def pair_up(old: Sequence[Sheet], new: Sequence[Sheet], *, landmarks: Mapping[int, str] | None = None) -> list[Row]:
    """Rows of places in the two lists, in the order of the new one; what is of no kind compared is left out.

    Equal names in ``landmarks``, by the provision's ``pk``, settle that two provisions are one.
    """
    rows: list[Row] = []
    for kinds in KINDS:
        olds, news = _places(old, kinds), _places(new, kinds)
        aligned = align(_articles(old, olds, landmarks or {}), _articles(new, news, landmarks or {}))
        rows += [
            replace(row, old=tuple(olds[at] for at in row.old), new=tuple(news[at] for at in row.new))
            for row in aligned
        ]
    return in_order(rows)


def _places(sheets: Sequence[Sheet], kinds: Collection[str]) -> list[int]:
    return [place for place, sheet in enumerate(sheets) if sheet.kind in kinds]


def _articles(sheets: Sequence[Sheet], places: Sequence[int], landmarks: Mapping[int, str]) -> list[Article]:
    return [
        replace(article_of_sheet(sheets[place]), identity=landmarks.get(sheets[place].pk) or _known(sheets[place], at))
        for at, place in enumerate(places)
    ]


def _known(sheet: Sheet, at: int) -> str:
    return _OPENING if sheet.kind == "preamble" and at == 0 else ""
