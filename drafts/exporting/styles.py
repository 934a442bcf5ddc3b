"""The styles of an exported Word file: one per role, made from a layout."""

from __future__ import annotations

from dataclasses import dataclass, replace

from drafts.exporting.layout import Layout, Profile
from drafts.exporting.markup import NAMESPACES, attribute, half_points, twips
from drafts.exporting.roles import Role
from drafts.importing.returning import ADDED_STYLE, BARE_TABLE_STYLE, COLUMNS_STYLE, TABLE_STYLE

ADDED, COLUMNS, TABLE, BARE_TABLE = "TheThuc", "HaiCot", "Bang", "BangTran"


_PARTY_SIZE, _MOTTO_SIZE = 15, 13
# Millimetres a letter of Times New Roman bold is wide at one point: a capital, another sign, a blank.
_CAPITAL, _SMALL, _BLANK = 0.25, 0.176, 0.088


@dataclass(frozen=True, slots=True)
class Look:
    """How a role is set. `size` in points, 0 for that of the text; `indent` whether the first line is indented."""

    style: str
    name: str
    align: str = "both"
    size: float = 0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underline: bool = False
    indent: bool = False
    before: float = 0
    after: float = 0
    keep: bool = False
    level: int | None = None
    rule: bool = False

    def run_properties(self, layout: Layout) -> str:
        """In the order of the schema."""
        size = half_points(self.size or layout.body_size)
        return (
            ("<w:b/><w:bCs/>" if self.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>')
            + ("<w:i/><w:iCs/>" if self.italic else "")
            + ("<w:caps/>" if self.caps else "")
            + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
            + ('<w:u w:val="single"/>' if self.underline else "")
        )

    def paragraph_properties(self, layout: Layout, *, column: int = 5000) -> str:
        """Everything but the style, in the order of the schema. A rule stands in the middle of its `column` (twips)."""
        indent = f' w:firstLine="{twips(layout.first_line)}"' if self.indent else ' w:firstLine="0"'
        beside = max(column - twips(rule_length(layout)), 0) // 2
        side = f' w:left="{beside}" w:right="{beside}"' if self.rule else ' w:left="0"'
        return (
            ("<w:keepNext/><w:keepLines/>" if self.keep else "")
            + "<w:widowControl/>"
            + ('<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>' if self.rule else "")
            + f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}" '
            + f"{self._line(layout)}/>"
            + f"<w:ind{side}{indent}/>"
            + f'<w:jc w:val="{self.align}"/>'
            + (f'<w:outlineLvl w:val="{self.level}"/>' if self.level is not None else "")
        )

    def _line(self, layout: Layout) -> str:
        if self.indent and layout.line_points:
            return f'w:line="{round(layout.line_points * 20)}" w:lineRule="exact"'
        multiple = layout.line_multiple if self.indent else 1
        return f'w:line="{round(multiple * 240)}" w:lineRule="auto"'


def rule_length(layout: Layout) -> float:
    """Of the rule under the name of the Party, or under the State's motto: as long as the words, in millimetres."""
    words, size = (layout.motto, _MOTTO_SIZE) if layout.motto else (layout.nation, _PARTY_SIZE)
    return size * sum(_CAPITAL if sign.isupper() else _BLANK if sign == " " else _SMALL for sign in words)


def looks(layout: Layout) -> dict[Role, Look]:
    """Sizes of the Party's papers (14-15 points) and of the State's (12-14)."""
    party = layout.profile.is_party
    base = layout.body_size
    gap = layout.gap_points
    below = 0 if party else gap
    bold_position = layout.profile is not Profile.PARTY_2026
    text = Look("Normal", "Normal", indent=True, after=gap)
    return {
        Role.UPPER_BODY: Look("CoQuanTren", "Cơ quan cấp trên", "center", base if party else 13),
        Role.BODY: Look("CoQuan", "Cơ quan ban hành", "center", base if party else 13, bold=True),
        Role.STAR: Look("DauSao", "Dấu sao", "center", base if party else 12),
        Role.NUMBER: Look("SoKyHieu", "Số và ký hiệu", "center", base if party else 13),
        Role.DRAFT_MARK: Look("DuThao", "Dự thảo", "center", base if party else 13, bold=not party),
        Role.NATION: Look("QuocHieu", "Tiêu đề", "center", _PARTY_SIZE if party else 12, bold=True),
        Role.MOTTO: Look("TieuNgu", "Tiêu ngữ", "center", _MOTTO_SIZE, bold=True),
        Role.RULE_RIGHT: Look("GachTieuDe", "Đường kẻ dưới tiêu đề", "center", 6, before=4, rule=True),
        Role.DATE: Look("DiaDanhNgay", "Địa danh, ngày", "center", base if party else 13, italic=True),
        Role.KIND_NAME: Look("TenLoai", "Tên loại", "center", 16 if party else 14, bold=True, before=18, keep=True),
        Role.SUBJECT: Look("TrichYeu", "Trích yếu", "center", 15 if party else 14, bold=True, after=below, keep=True),
        Role.HYPHENS: Look("GachNoi", "Gạch nối", "center", base, after=gap, keep=True),
        Role.ATTACHED: Look("KemTheo", "Kèm theo", "center", base, italic=True, after=gap * 2),
        Role.BASIS: Look("CanCu", "Căn cứ", indent=True, italic=not party, after=gap),
        Role.ENACTING: Look("LenhVan", "Quyết định", "center", base, bold=True, before=gap, after=gap, keep=True),
        Role.GROUP: Look("Heading1", "heading 1", "center", base, bold=True, before=gap * 2, keep=True, level=0),
        Role.GROUP_NAME: Look("TenChuong", "Tên chương", "center", base, bold=True, caps=True, after=gap, keep=True),
        Role.ARTICLE: replace(text, style="Heading3", name="heading 3", bold=True, before=gap / 2, keep=True, level=2),
        Role.ITEM: replace(text, style="Heading4", name="heading 4", bold=True, before=gap / 2, keep=True, level=3),
        Role.TEXT: text,
        Role.ROW: Look("OBang", "Ô bảng", "left", layout.table_size),
        Role.BARE_ROW: Look("OBangTran", "Ô bảng không kẻ", "center", 13),
        Role.RECIPIENTS: Look(
            "NoiNhan", "Nơi nhận", "left", base if party else 12, underline=party, bold=not party, italic=not party
        ),
        Role.RECIPIENT: Look("NoiNhanDong", "Nơi nhận (dòng)", "left", 12 if party else 11),
        Role.AUTHORITY: Look("QuyenHan", "Quyền hạn", "center", 14, bold=True),
        Role.POSITION: Look("ChucVu", "Chức vụ", "center", 14, bold=bold_position),
        Role.SEAL: Look("KyTenDongDau", "Ký tên, đóng dấu", "center", 13, italic=True, after=54),
        Role.SIGNER: Look("HoTen", "Họ tên", "center", 14, bold=True, before=54),
    }  # fmt: skip


_SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>'


def styles_part(layout: Layout) -> str:
    """The whole part, as XML."""
    font = attribute(layout.font)
    all_looks = looks(layout)
    body = all_looks[Role.TEXT]
    parts = [
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
        f'<w:color w:val="000000"/><w:sz w:val="{half_points(layout.body_size)}"/>'
        f'<w:szCs w:val="{half_points(layout.body_size)}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{body.paragraph_properties(layout)}</w:pPr></w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        *(_style(look, layout) for role, look in all_looks.items() if role is not Role.TEXT),
        _named(ADDED, ADDED_STYLE, f'{_SINGLE}<w:jc w:val="center"/>', ""),
        _named("Header", "header", f'{_SINGLE}<w:jc w:val="center"/>', _size(layout.page_number_size)),
        _named("FootnoteText", "footnote text", _SINGLE, _size(11)),
        _named("EndnoteText", "endnote text", _SINGLE, _size(11)),
        _named("CommentText", "annotation text", f'{_SINGLE}<w:jc w:val="left"/>', _size(10)),
        _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        _character("EndnoteReference", "endnote reference", '<w:vertAlign w:val="superscript"/>'),
        _character("CommentReference", "annotation reference", _size(8)),
        _table(COLUMNS, COLUMNS_STYLE, lined=False),
        _table(TABLE, TABLE_STYLE, lined=True),
        _table(BARE_TABLE, BARE_TABLE_STYLE, lined=False),
        "</w:styles>",
    ]
    return "".join(parts)


def _style(look: Look, layout: Layout) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{look.style}"><w:name w:val={attribute(look.name)}/>'
        f'<w:basedOn w:val="Normal"/>{"<w:next w:val=" + chr(34) + "Normal" + chr(34) + "/>" if look.keep else ""}'
        f"<w:qFormat/><w:pPr>{look.paragraph_properties(layout)}</w:pPr>"
        f"<w:rPr>{look.run_properties(layout)}</w:rPr></w:style>"
    )


def _named(style: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val={attribute(name)}/><w:basedOn w:val="Normal"/>'
        f"<w:pPr>{paragraph}</w:pPr>{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{half_points(points)}"/><w:szCs w:val="{half_points(points)}"/>'


def _character(style: str, name: str, run: str) -> str:
    return f'<w:style w:type="character" w:styleId="{style}"><w:name w:val="{name}"/><w:rPr>{run}</w:rPr></w:style>'


def _table(style: str, name: str, *, lined: bool) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style}"><w:name w:val={attribute(name)}/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{f"<w:tblBorders>{borders}</w:tblBorders>" if lined else ""}'
        "</w:tblPr></w:style>"
    )
