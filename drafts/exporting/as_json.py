"""Texts as JSON, for programs that know nothing of papers. The shape is documented in `docs/formats.md`.

`format` names the shape and its version; a change that breaks readers gets another number.
"""

from __future__ import annotations

import json
from typing import Any

from drafts.exporting.addresses import Addresses
from drafts.exporting.furniture import Facts
from drafts.outline import outline
from drafts.texts import Sheet, Text

FORMAT = "gop-y-du-thao/text/1"


def as_json(text: Text, *, facts: Facts) -> bytes:
    """The text in UTF-8, keys in a fixed order."""
    addresses = Addresses()
    places: dict[object, str] = {}
    provisions = []
    for sheet in text:
        above = places.get(sheet.parent, "") if sheet.parent else ""
        places[sheet.wid] = addresses.of(sheet.kind, sheet.number, parent=above)
        provisions.append(_provision(sheet, places[sheet.wid]))
    whole = {
        "format": FORMAT,
        "title": text.title,
        "kind": facts.kind,
        "edition": facts.edition,
        "label": facts.label,
        "at": facts.at.isoformat(),
        "sha256": facts.sha256,
        "author": facts.author,
        "provisions": provisions,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _provision(sheet: Sheet, address: str) -> dict[str, Any]:
    lines = outline(sheet.text) if sheet.text else []
    return {
        "wid": str(sheet.wid),
        "eId": address,
        "kind": sheet.kind,
        "number": sheet.number,
        "label": sheet.label,
        "heading": sheet.heading,
        "parent": str(sheet.parent) if sheet.parent else None,
        "text": sheet.text,
        "lines": [
            {"kind": line.kind.value, "number": line.number, "label": line.label, "text": line.raw} for line in lines
        ],
    }
