"""Texts written for the exporter's tests, and short ways to make papers of them."""

import datetime as dt
import uuid

from drafts.exporting import PRESETS, Facts, Profile, clean_draft, marked_draft
from drafts.exporting.tables import canonical
from drafts.importing import read_document
from drafts.texts import Sheet, Text

AT = dt.datetime(2026, 9, 5, 14, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
PARTY, STATE = PRESETS[Profile.PARTY_2026], PRESETS[Profile.STATE]
LABELS = {"part": "Phần", "chapter": "Chương", "section": "Mục", "article": "Điều", "appendix": "Phụ lục"}

OPENING = (
    "TỈNH ỦY SƠN HÀ\n*\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn Hà, ngày tháng 9 năm 2026\nSố -QC/TU\nDự thảo lần 1\nQUY CHẾ\n"
    "làm việc của Tỉnh ủy\n-----\n- Căn cứ Điều lệ Đảng;\nTỉnh ủy ban hành Quy chế như sau:"
)
CLOSING = "Nơi nhận:\n- Các ban,\n- Lưu Văn phòng Tỉnh ủy.\nT/M TỈNH ỦY\nBÍ THƯ"
TABLE = (
    "Định mức như sau:\n| STT | Nội dung | < |\n| 1 | Họp | 02 ngày |\n| ^ | Đi \\| về | a\\nb |\n| \\^ | | \\\\ |\n"
    "Sau bảng còn lời[^1].\n[^1]: Theo quyết định năm 2024."
)

FIRST = "1. Một – hai.\na) Điểm a;\nđ) Điểm đ.\n[^1]: Chú thích ở tên."
IN_FORCE = "Quyết định này có hiệu lực[^2] từ ngày ký.\n[^2]: Ngày 05/9/2026."


def sheet(kind, number="", heading="", text="", *, parent=None, label=None):
    if label is None:
        label = f"{LABELS[kind]} {number}".strip() if kind in LABELS else number
    return Sheet(0, uuid.uuid4(), kind, number, label, heading, text, parent and parent.wid)


def small_text():
    """Every kind of provision, and what is hard in each."""
    part = sheet("part", "I", "Những việc chung", label="Phần thứ nhất")
    chapter = sheet("chapter", "I", "QUY ĐỊNH CHUNG", parent=part)
    section = sheet("section", "1", "", "Lời dẫn của mục.", parent=chapter)
    return Text(
        "Quy chế làm việc của Tỉnh ủy",
        (
            sheet("preamble", text=OPENING),
            part,
            chapter,
            sheet("article", "1", "Phạm vi[^1]", FIRST, parent=chapter),
            section,
            sheet("article", "2", "", IN_FORCE, parent=section),
            sheet("article", "3", "Định mức", TABLE, parent=section),
            sheet("article", "3a", "Sửa đổi", "Sửa Điều 7 như sau:\nĐiều 7. Tên mới\n“1. Mới.”", parent=section),
            sheet("article", "4", "Chưa có lời", "", parent=section),
            sheet("item", "1.2", "", "Việc được giao.\n| a | b |", parent=part),
            sheet("closing", text=CLOSING),
            sheet("appendix", "I", "DANH MỤC", "(Kèm theo Quy chế)\n| 1 |\n| 2 |\n\\| không phải bảng"),
        ),
    )  # fmt: skip


def facts(text, *, edition=2, kind="regulation"):
    label = "Văn bản đang soạn" if edition is None else f"Dự thảo lần {edition}"
    return Facts(text.title, kind, edition, label, AT, "ab" * 32, "Ban Tổ chức Tỉnh ủy")


def clean(text, *, layout=PARTY, **more):
    return clean_draft(text, facts=facts(text), layout=layout, **more)


def marked(old, new, *, layout=PARTY, **more):
    return marked_draft(old, new, facts=facts(new), layout=layout, by="Ban Tổ chức", at=AT, **more)


def text_of(component):
    """A component of an imported file as a stored text."""
    wids = [uuid.UUID(node.wid) if node.wid else uuid.uuid4() for node in component.nodes]
    return Text(
        component.title,
        tuple(
            Sheet(
                0, wid, node.kind.value, node.number, node.label.strip(" .:-–"), node.heading, node.text,
                None if node.parent is None else wids[node.parent],
            )
            for wid, node in zip(wids, component.nodes, strict=True)
        ),
    )  # fmt: skip


def back(data):
    """What an exported file is when it is imported again."""
    (component,) = read_document(data, name="ve.docx").components
    return text_of(component)


def comparable(text):
    """Everything but the title; rows of tables in the notation's own spacing."""
    return [
        (s.wid, s.kind, s.number, s.label, s.heading, "\n".join(map(canonical, s.text.split("\n"))), s.parent)
        for s in text
    ]
