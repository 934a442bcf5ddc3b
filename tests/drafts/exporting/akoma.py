"""Whether an Akoma Ntoso document keeps to the schema (OASIS, akomantoso30.xsd), as far as we use it."""

import re
from collections import Counter

from lxml import etree

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
OURS = "{urn:gop-y-du-thao:akn:1}"
HIERARCHY = {"part", "chapter", "section", "subsection", "article", "paragraph", "point", "hcontainer"}
BLOCKS = {"p", "table"}
_HEADS = "num? heading? "
_HIER = "(part|chapter|section|subsection|article|paragraph|point|hcontainer)"
_FRBR = "FRBRthis FRBRuri FRBRdate FRBRauthor "
MODELS = {
    "akomaNtoso": "act",
    "act": "meta preface? preamble? body conclusions? attachments?",
    "meta": "identification references proprietary",
    "identification": "FRBRWork FRBRExpression FRBRManifestation",
    "FRBRWork": _FRBR + "FRBRcountry FRBRsubtype? FRBRnumber* FRBRname*",
    "FRBRExpression": _FRBR + "FRBRlanguage",
    "FRBRManifestation": _FRBR + "FRBRformat?",
    "references": "TLCOrganization+",
    "preface": "longTitle",
    "longTitle": "p",
    "preamble": "(p|table)+",
    "conclusions": "(p|table)+",
    "body": f"{_HIER}+",
    "content": "(p|table)+",
    "intro": "(p|table)+",
    "attachments": "attachment+",
    "attachment": _HEADS + "doc",
    "doc": "meta mainBody",
    "mainBody": f"(p|table|{_HIER[1:-1]})+",
    "table": "tr+",
    "tr": "td+",
    "td": "(p|table)+",
    "authorialNote": "p+",
    "p": "(authorialNote|docTitle)*",
    "num": "",
    "heading": "authorialNote*",
    "docTitle": "",
    **dict.fromkeys(HIERARCHY, _HEADS + f"((intro? {_HIER}*)|content)"),
}
INLINE = {"p", "num", "heading", "docTitle"}
EMPTY = {
    "FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRcountry", "FRBRsubtype", "FRBRnumber", "FRBRname",
    "FRBRlanguage", "FRBRformat", "TLCOrganization",
}  # fmt: skip
REQUIRED = {
    **{name: {"eId"} for name in [*HIERARCHY, "content", "intro", "attachment", "table"]},
    "hcontainer": {"eId", "name"},
    "authorialNote": {"eId"},
    "act": {"name"},
    "doc": {"name"},
    "identification": {"source"},
    "references": {"source"},
    "proprietary": {"source"},
    "FRBRthis": {"value"},
    "FRBRuri": {"value"},
    "FRBRdate": {"date", "name"},
    "FRBRauthor": {"href"},
    "FRBRcountry": {"value"},
    "FRBRlanguage": {"language"},
    "TLCOrganization": {"eId", "href", "showAs"},
}
ALLOWED = {"eId", "wId", "contains", "name", "marker", "placement", "colspan", "rowspan"}


def problems(data):
    """What a validating reader would object to."""
    root = etree.fromstring(data)
    found = []
    for element in root.iter(etree.Element):
        if not element.tag.startswith(AKN):
            continue
        name = element.tag.removeprefix(AKN)
        found += _content(element, name) + _attributes(element, name)
    identities = Counter(element.get("eId") for element in root.iter(etree.Element) if element.get("eId"))
    in_attachments = {"soanthao"}
    found += [f"eId {identity} twice" for identity, n in identities.items() if n > 1 and identity not in in_attachments]
    found += [f"eId {identity}" for identity in identities if not re.fullmatch(r"[A-Za-z0-9_\-]+", identity)]
    return found


def _content(element, name):
    children = [child.tag.removeprefix(AKN) for child in element if isinstance(child.tag, str)]
    if name == "proprietary":
        return [] if all(not child.tag.startswith(AKN) for child in element) else ["proprietary holds our own only"]
    if name in EMPTY:
        return [f"{name} is not empty"] if len(element) or (element.text or "").strip() else []
    if name not in MODELS:
        return [f"unknown element {name}"]
    found = []
    if not _pattern(MODELS[name]).fullmatch("".join(f"<{child}>" for child in children)):
        found.append(f"{name} has {children[:12]}")
    texts = [element.text, *(child.tail for child in element)]
    if name not in INLINE and any((text or "").strip() for text in texts):
        found.append(f"{name} holds words")
    return found


def _pattern(model):
    model = re.sub(r"[A-Za-z]+", lambda match: f"(?:<{match[0]}>)", model)
    return re.compile(model.replace(" ", ""))


def _attributes(element, name):
    own = {key for key in element.attrib if not key.startswith("{")}
    found = [f"{name} lacks {key}" for key in REQUIRED.get(name, set()) - own]
    known = ALLOWED | REQUIRED.get(name, set()) | {"value", "source", "href"}
    found += [f"{name} may not have {key}" for key in own - known]
    foreign = {key for key in element.attrib if key.startswith("{")}
    return found + [f"{name} has {key}" for key in foreign if not key.startswith(OURS)]
