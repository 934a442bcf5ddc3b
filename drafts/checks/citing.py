"""Citations that lead nowhere, or in a circle, or call this text by a name that is not its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.checks.draft import Draft, Finding, Kind, Place
from drafts.citations import Found, Target
from drafts.importing.findings import gettext_noop

_NOWHERE = gettext_noop("“%(citation)s” leads nowhere: %(article)s has no such clause or point.")
_NO_ARTICLE = gettext_noop("“%(citation)s” leads nowhere: there is no such place in this text.")
_BEFORE = gettext_noop("“%(citation)s” goes by numbers of before: what it cited is not to be found by them any more.")
_ITSELF = gettext_noop("“%(citation)s” cites the very clause it stands in.")
_CIRCLE = gettext_noop("“%(citation)s” leads to a place that only leads back here.")
_NO_APPENDIX = gettext_noop("“%(citation)s” is cited, and this draft has no appendix.")
_ANOTHER_NAME = gettext_noop("This text calls itself “%(said)s” here; it is a “%(own)s”.")
_ADD = gettext_noop("Add the appendix to the draft, or leave the citation out.")
_WRITE = gettext_noop("Write “%(usual)s”.")
_SAY = gettext_noop("Say what holds in one of the two places.")
_LOOK = gettext_noop("Cite the place that is meant, or leave the citation out.")
_LOOK_AND_UNMARK = gettext_noop("Cite the place that is meant and take “[cũ]” out, or leave the citation out.")
_BARE = 30  # a line with a citation and so few words besides says nothing of its own

_ATTACHED = "Quy chế|Quy định|Quy trình|Nội quy|Điều lệ"
_OWN = re.compile(rf"(?:Dự\s+thảo\s+|Bản\s+)?({_ATTACHED})(?!\w)", re.IGNORECASE)
_NAMES_ITSELF = re.compile(rf"(?<!\w)({_ATTACHED}) này(?!\w)")


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
        if found.citation.is_old:
            yield Finding(Kind.CITATION, _place(found), _BEFORE, params, _LOOK_AND_UNMARK)
        elif article is not None and lost.level in ("clause", "point"):
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
        if found.field != "text" or found.sheet.kind != "article" or found.broken or _is_of_appendices(found):
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


def missing_appendices(draft: Draft) -> Iterator[Finding]:
    """A text that cites appendices and has none; the first place only."""
    if any(sheet.kind == "appendix" for sheet in draft.text):
        return
    for found in draft.citations:
        if _is_of_appendices(found):
            yield Finding(Kind.CITATION, _place(found), _NO_APPENDIX, {"citation": _words(found)}, _ADD)
            return


def wrong_names(draft: Draft) -> Iterator[Finding]:
    """ "Quy chế này" said in a "Quy định". The decision that issues it is another text and may be called "này" too."""
    own = _OWN.match(draft.text.title)
    if own is None:
        return
    for passage in draft.passages:
        for match in _NAMES_ITSELF.finditer(passage.line.raw):
            if match[1].lower() != own[1].lower():
                name = own[1].capitalize()
                params = {"said": match[0], "own": name, "usual": f"{name} này"}
                place = passage.place(*match.span())
                yield Finding(Kind.CITATION, place, _ANOTHER_NAME, params, _WRITE, replacement=f"{name} này")


def _is_of_appendices(found: Found) -> bool:
    return found.citation.mentions[0].level == "appendix"


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
