"""Texts out: a text and a layout become the bytes of a file. No Django here.

    passages    Text (or two)        → [Passage]   `passages`, `arranging`, `notes`: paragraphs with roles, both sides
    furnish     [Passage]            → [Passage]   `furniture`: letterhead, title, signature where the text has none
    write       [Passage], Layout    → body        `writing`, `tables`, `remarks`: WordprocessingML
    pack        body                 → bytes       `package`, `styles`: the Word file

`comparing` writes the comparison table and `collecting` the table of opinions, both by `ruled`. `akoma_ntoso` and
`as_json` are the forms for other systems, `preview` a picture.

What a file says of its provisions, so that it can come back, is read by `drafts.importing.returning`.
"""

from drafts.exporting.akoma_ntoso import akoma_ntoso
from drafts.exporting.as_json import as_json
from drafts.exporting.drafting import clean_draft, marked_draft
from drafts.exporting.furniture import Facts
from drafts.exporting.layout import PRESETS, Layout, Profile
from drafts.exporting.remarks import Remark, Reply

__all__ = [
    "PRESETS",
    "Facts",
    "Layout",
    "Profile",
    "Remark",
    "Reply",
    "akoma_ntoso",
    "as_json",
    "clean_draft",
    "marked_draft",
]
