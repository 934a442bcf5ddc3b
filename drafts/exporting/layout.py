"""How an office sets its papers: margins, type, head, signature, column heads. Plain values; presets to start from.

Sources: 36-HD/VPTW (2018) and 05-HD/VPTW (2026) for the Party, Decree 30/2020, appendix I for the State. What an
office writes in its own way is stored (`PaperLayout`) and comes here as a `Layout`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Profile(StrEnum):
    PARTY_2026 = "party_2026"
    PARTY_2018 = "party_2018"
    STATE = "state"

    @property
    def is_party(self) -> bool:
        return self is not Profile.STATE


# Kinds of document as `Document.Kind` has them → the name that heads the paper, and its symbol.
_NAMES = {
    "regulation": "QUY CHẾ",
    "rules": "QUY ĐỊNH",
    "programme": "CHƯƠNG TRÌNH",
    "resolution": "NGHỊ QUYẾT",
    "decision": "QUYẾT ĐỊNH",
    "other": "",
}
_SYMBOLS = {
    "regulation": "QC",
    "rules": "QĐ",
    "programme": "CTr",
    "resolution": "NQ",
    "decision": "QĐ",
    "other": "",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths in millimetres, type in points. `line_points` 0 means `line_multiple` of a line.

    In `draft_mark` "{n}" is the edition's number; in `number_form` "{kind}" and "{body}" are the symbols; in
    `comparison_title` and the column heads "{old}" and "{new}" are the names of the two texts.
    """

    profile: Profile
    name: str
    nation: str
    motto: str = ""
    upper_body: str = ""
    issuing_body: str = ""
    body_symbol: str = ""
    number_form: str = "Số      -{kind}/{body}"
    place: str = ""
    draft_mark: str = "Dự thảo lần {n}"
    working_mark: str = "Dự thảo"
    recipients_head: str = "Nơi nhận:"
    recipients: tuple[str, ...] = ()
    authority: str = ""
    position: str = ""
    signer: str = ""
    kind_names: Mapping[str, str] = field(default_factory=lambda: dict(_NAMES))
    kind_symbols: Mapping[str, str] = field(default_factory=lambda: dict(_SYMBOLS))
    font: str = "Times New Roman"
    body_size: float = 14
    table_size: float = 12
    line_points: float = 0
    line_multiple: float = 1.15
    first_line: float = 10
    gap_points: float = 6
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    mirrors_margins: bool = False
    page_number_size: float = 14
    comparison_title: str = "BẢN SO SÁNH, THUYẾT MINH"
    comparison_subject: str = "Dự thảo {new} với {old}"
    comparison_old: str = "{old}"
    comparison_new: str = "Dự thảo {new}"
    comparison_reason: str = "THUYẾT MINH"
    comparison_added: str = "(Dòng mới)"
    comparison_dropped: str = "(Bãi bỏ)"
    opinions_title: str = "BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý"
    opinions_subject: str = "đối với dự thảo {new}"
    opinions_place: str = "NHÓM VẤN ĐỀ, ĐIỀU, KHOẢN"
    opinions_who: str = "CHỦ THỂ GÓP Ý"
    opinions_said: str = "NỘI DUNG GÓP Ý"
    opinions_answer: str = "NỘI DUNG TIẾP THU, GIẢI TRÌNH"
    opinions_general: str = "Ý kiến chung"

    def symbol_line(self, kind: str) -> str:
        """The number and symbol with a gap for the number: "Số      -QC/TU"; "" when a part of it is not known."""
        symbol = self.kind_symbols.get(kind, "")
        if not symbol or not self.body_symbol:
            return ""
        return filled(self.number_form, kind=symbol, body=self.body_symbol)

    def mark(self, edition: int | None) -> str:
        """What says that the paper is a draft: "Dự thảo lần 2"; the working text has no number."""
        return self.working_mark if edition is None else filled(self.draft_mark, n=edition)


def filled(pattern: str, **values: object) -> str:
    """The pattern with its named places filled; braces an office wrote for anything else stay as they are."""
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern


_PARTY = Layout(
    profile=Profile.PARTY_2026,
    name="Đảng (Hướng dẫn 05-HD/VPTW, 2026)",
    nation="ĐẢNG CỘNG SẢN VIỆT NAM",
    line_points=20,
    comparison_title="BẢNG SO SÁNH",
    comparison_subject="Nội dung dự thảo {new} so với {old}",
)
PRESETS: Mapping[Profile, Layout] = {
    Profile.PARTY_2026: _PARTY,
    Profile.PARTY_2018: replace(_PARTY, profile=Profile.PARTY_2018, name="Đảng (Hướng dẫn 36-HD/VPTW, 2018)"),
    Profile.STATE: Layout(
        profile=Profile.STATE,
        name="Nhà nước (Nghị định 30/2020/NĐ-CP)",
        nation="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        motto="Độc lập - Tự do - Hạnh phúc",
        number_form="Số:      /{kind}-{body}",
        first_line=12.7,
        right=15,
        page_number_size=13,
        opinions_title="BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI",
    ),
}
