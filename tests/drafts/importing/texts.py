"""Texts written for the importer's tests, and short ways to look at what came of them."""

from drafts.importing import Kind, read_document

DECISION_AND_REGULATION = """\
TỈNH ỦY SƠN HÀ
*
ĐẢNG CỘNG SẢN VIỆT NAM
Sơn Hà, ngày 05 tháng 9 năm 2026
Số 45-QĐ/TU
QUYẾT ĐỊNH
ban hành Quy chế làm việc của Tổ giúp việc
- Căn cứ Điều lệ Đảng;
- Theo đề nghị của Văn phòng Tỉnh ủy,
BAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Tổ giúp việc.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Điều 3. Văn phòng Tỉnh ủy và các cơ quan liên quan chịu trách nhiệm thi hành Quyết định này.
Nơi nhận:
- Như Điều 3;
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
QUY CHẾ
LÀM VIỆC CỦA TỔ GIÚP VIỆC
(Ban hành kèm theo Quyết định số 45-QĐ/TU, ngày 05/9/2026 của Ban Thường vụ Tỉnh ủy)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Quy chế này quy định cách làm việc của Tổ giúp việc.
Điều 2. Nguyên tắc
1. Làm việc tập thể.
2. Phân công rõ người:
a) Tổ trưởng;
b) Thư ký.
Chương II
CÁCH LÀM VIỆC
Mục 1
HỌP
Điều 3. Họp định kỳ
Tổ họp ngày thứ Hai hằng tuần.
Mục 2. BÁO CÁO
Điều 4. Báo cáo tháng
Thư ký lập báo cáo trước ngày 25./.
PHỤ LỤC
MẪU BÁO CÁO
(Ban hành kèm theo Quy chế làm việc của Tổ giúp việc)
QUYẾT ĐỊNH
Điều 1. Cử ông (bà) ………
Điều 2. Ông (bà) ……… chịu trách nhiệm thi hành.
"""

PROGRAMME = """\
CHƯƠNG TRÌNH HÀNH ĐỘNG
của Đảng bộ xã Bến Lau
Đảng ủy xã xây dựng chương trình như sau:
I. MỤC TIÊU
Đến năm 2030 xã đạt chuẩn.
1. Mục tiêu chung
Nâng thu nhập.
2. Mục tiêu cụ thể
2.1. Kinh tế
Tăng trưởng 8 %.
2.2. Xã hội
Giảm hộ nghèo.
II. NHIỆM VỤ
1. Phát triển nông nghiệp theo hướng hữu cơ, gắn với hợp tác xã; giao Hội Nông dân chủ trì.
2. Xây dựng đường liên thôn
a) Đoạn thứ nhất:
1. Mở nền;
2. Rải đá.
b) Đoạn thứ hai.
3. Nâng cấp trường học
Nơi nhận:
- Các chi bộ.
"""


def read(text):
    return read_document(text.encode(), name="van-ban.txt")


def only(text):
    (component,) = read(text).components
    return component


def numbers(component, kind=Kind.ARTICLE):
    return [node.number for node in component.nodes if node.kind is kind]


def tree(component):
    """Each node as "kind number" with two blanks per level."""
    return ["  " * node.depth + f"{node.kind} {node.number}".strip() for node in component.nodes]


def node(component, kind, number=""):
    return next(node for node in component.nodes if node.kind is kind and node.number == number)


def messages(component):
    return [(finding.line, finding.text()) for finding in component.findings]
