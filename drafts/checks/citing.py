"""Citations that lead nowhere, or in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.checks.draft import Draft, Finding, Kind, Place
from drafts.citations import Found, Target
from drafts.importing.findings import gettext_noop

_NOWHERE = gettext_noop("“%(citation)s” leads nowhere: %(article)s has no such clause or point.")
_NO_ARTICLE = gettext_noop("“%(citation)s” leads nowhere: there is no such place in this text.")
_ITSELF = gettext_noop("“%(citation)s” cites the very clause it stands in.")
_CIRCLE = gettext_noop("“%(citation)s” leads to a place that only leads back here.")
_SAY = gettext_noop("Say what holds in one of the two places.")
_LOOK = gettext_noop("Cite the place that is meant, or leave the citation out.")
_BARE = 30  # a line with a citation and so few words besides says nothing of its own


def broken_citations(draft: Draft) -> Iterator[Finding]:
    """What is cited does not stand in the text."""
    for found in draft.citations:
        lost = found.broken
        if lost is None:
            continue
        article = next(
            (t for m, t in zip(found.citation.mentions, found.targets, strict=True) if t and m.level == "article"), None
        )
        params = {"citation": _words(found)}
        if article is not None and lost.level in ("clause", "point"):
            sheet = draft.by_wid[article.wid]
            yield Finding(
                Kind.CITATION, _place(found), _NOWHERE, params | {"article": sheet.label or sheet.heading}, _LOOK
            )
        else:
            yield Finding(Kind.CITATION, _place(found), _NO_ARTICLE, params, _LOOK)


def circular_citations(draft: Draft) -> Iterator[Finding]:
    """A clause that cites itself; two places that say nothing but "as there"."""
    bare: dict[tuple[Target, Target], Found] = {}
    for found in draft.citations:
        if found.field != "text" or found.sheet.kind != "article" or found.broken:
            continue
        here = _here(found)
        leaves = [target for target in found.targets if target is not None][:1]
        for target in leaves:
            if target == here and here.clause and not found.citation.mentions[0].is_relative:
                yield Finding(Kind.CITATION, _place(found), _ITSELF, {"citation": _words(found)}, _LOOK)
            elif _is_bare(found):
                back = bare.get((target, here)) or bare.get((target, Target(here.wid)))
                if back is not None:
                    params = {"citation": _words(found)}
                    yield Finding(Kind.CITATION, _place(found), _CIRCLE, params, _SAY, other=_place(back))
                bare[here, target] = found


def _here(found: Found) -> Target:
    words = found.label.split()
    named = dict(zip(words[::2], words[1::2], strict=True))
    return Target(found.sheet.wid, named.get("khoản", ""), named.get("điểm", ""))


def _is_bare(found: Found) -> bool:
    line = found.sheet.text.split("\n")[found.line]
    return len(line.split()) - len(found.citation.words.split()) < _BARE // 2


def _words(found: Found) -> str:
    return " ".join(found.citation.words.split())


def _place(found: Found) -> Place:
    return Place(found.sheet.wid, found.field, found.citation.start, found.citation.end, found.label)
