"""What the opening and the closing lines of a text are: letterhead, title, bases; recipients, signature.

Texts come with a head of their own, with a part of one, or with none; nothing is added, dropped or reordered here,
each line only gets its role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafts.exporting.roles import Role
from drafts.exporting.tables import is_row

NATION = re.compile(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA", re.IGNORECASE)
_MOTTO = re.compile(r"Độc\s+lập\s*[-–]\s*Tự\s+do", re.IGNORECASE)
_DATE = re.compile(r".{0,60}\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b.{0,8}$")
_NUMBER = re.compile(r"(?:Luật\s+)?[Ss]ố\b\s*:?\s*\S{0,30}(?:\s*[-/]\S+)?$")
DRAFT_MARK = re.compile(r"\(?\s*(?:dự\s+thảo|DỰ\s+THẢO)\s*(?:lần\s*(?:thứ\s*)?\d+)?\s*\)?", re.IGNORECASE)
_DASHES = re.compile(r"[-_–—=*\s]{2,}$")
_KIND_NAME = re.compile(
    r"(?:DỰ THẢO\s+)?(?:BẢN\s+)?(?:BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ|CHỈ THỊ"
    r"|QUY CHẾ|QUI CHẾ|QUY ĐỊNH|QUI ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY TRÌNH|QUY TẮC|QUY ƯỚC|KẾ HOẠCH|CHƯƠNG TRÌNH"
    r"|ĐỀ ÁN|CHIẾN LƯỢC|HƯỚNG DẪN|PHƯƠNG ÁN|KẾT LUẬN|THÔNG BÁO|BÁO CÁO|TỜ TRÌNH|CÔNG VĂN)(?=$|[\s:(])"
)
_ATTACHED = re.compile(r"\(?\s*(?:được\s+)?(?:ban hành\s+)?kèm theo\b", re.IGNORECASE)
_BASIS = re.compile(r"[-+]?\s*(?:Căn cứ|Theo đề nghị|Xét|Thực hiện|Sau khi|Trên cơ sở)\b")
_RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.|(?:T/M|K/T|T/L)\b", re.IGNORECASE)
_SAID = (Role.BASIS, Role.ENACTING, Role.TEXT)
_MOST_HEAD_LINES = 14
_MOST_TITLE_LINES = 5
_LONGEST_TITLE_LINE = 300
_LONGEST_SIGNATURE_LINE = 120
_MOST_SIGNATURE_LINES = 10


def opening_roles(lines: Sequence[str]) -> list[Role]:
    """A role for each line of a preamble."""
    head = _head_length(lines)
    roles = _head_roles(lines[:head])
    return roles + _title_roles(lines[head:])


def said_in_opening(lines: Sequence[str]) -> list[str]:
    """The bases and what else a preamble says, without letterhead, number, date and title: from the first line on that
    is none of these."""
    roles = opening_roles(lines)
    title = next((at for at, role in enumerate(roles) if role is Role.KIND_NAME), -1)
    said = (at for at, role in enumerate(roles) if at > title and role in _SAID)
    return list(lines[next(said, len(lines)) :])


def closing_roles(lines: Sequence[str]) -> list[Role]:
    """A role for each line of a closing part."""
    roles: list[Role] = []
    zone = Role.TEXT
    for at, line in enumerate(lines):
        if is_row(line):
            roles.append(Role.BARE_ROW)
            zone = Role.TEXT
        elif _RECIPIENTS.match(line):
            zone = Role.RECIPIENT
            roles.append(Role.RECIPIENTS)
        elif _AUTHORITY.match(line) and _is_signature(lines[at:]):
            zone = Role.POSITION
            roles.append(Role.AUTHORITY)
        elif zone is Role.RECIPIENT and line[:1] in "-+•":
            roles.append(Role.RECIPIENT)
        elif zone in (Role.RECIPIENT, Role.POSITION) and _is_signature(lines[at:]):
            zone = Role.POSITION
            roles.append(Role.POSITION if line.isupper() else Role.SIGNER)
        else:
            zone = Role.TEXT
            roles.append(Role.TEXT)
    return roles


def is_loud(words: str) -> bool:
    """Whether a head or a signature that is a table sets these words in bold: offices, the nation, the motto."""
    return bool(NATION.search(words) or _MOTTO.search(words)) or (words.isupper() and not _NUMBER.match(words))


def _head_length(lines: Sequence[str]) -> int:
    """How many lines the letterhead has: up to the title, if the nation's or Party's name stands above it."""
    end = min(len(lines), _MOST_HEAD_LINES)
    for at, line in enumerate(lines[:end]):
        if is_row(line) or _BASIS.match(line) or (_KIND_NAME.match(line) and not NATION.search(line)):
            end = at
            break
    return end if any(NATION.search(line) for line in lines[:end]) else 0


def _head_roles(lines: Sequence[str]) -> list[Role]:
    roles: list[Role] = []
    for line in lines:
        roles.append(_head_role(line, roles[-1] if roles else None))
    bodies = [at for at, role in enumerate(roles) if role is Role.UPPER_BODY]
    if bodies:
        roles[bodies[-1]] = Role.BODY
    return roles


def _head_role(line: str, before: Role | None) -> Role:
    if NATION.search(line):
        return Role.NATION
    if _MOTTO.search(line):
        return Role.MOTTO
    if _DATE.match(line):
        return Role.DATE
    if _NUMBER.match(line):
        return Role.NUMBER
    if DRAFT_MARK.fullmatch(line):
        return Role.DRAFT_MARK
    if line.strip() == "*":
        return Role.STAR
    if _DASHES.match(line):
        return Role.RULE_RIGHT if before is not None and before.is_right else Role.STAR
    return Role.UPPER_BODY


def _title_roles(lines: Sequence[str]) -> list[Role]:
    roles: list[Role] = []
    title = next((at for at, line in enumerate(lines[:_MOST_HEAD_LINES]) if _KIND_NAME.match(line)), None)
    in_title = 0
    for at, line in enumerate(lines):
        if is_row(line):
            roles.append(Role.BARE_ROW)
        elif _DASHES.match(line):
            roles.append(Role.HYPHENS)
            in_title = _MOST_TITLE_LINES + 1
        elif _ATTACHED.match(line) and len(line) < _LONGEST_TITLE_LINE:
            roles.append(Role.ATTACHED)
            in_title = _MOST_TITLE_LINES + 1
        elif at == title and not line.endswith(":"):
            roles.append(Role.KIND_NAME)
            in_title = 1
        elif _BASIS.match(line):
            roles.append(Role.BASIS)
            in_title = _MOST_TITLE_LINES + 1
        elif line.isupper() and len(line) < _LONGEST_TITLE_LINE and title is not None:
            is_subject = 0 < in_title <= _MOST_TITLE_LINES
            roles.append(Role.SUBJECT if is_subject and not line.endswith(":") else Role.ENACTING)
            in_title += 1
        elif 0 < in_title <= _MOST_TITLE_LINES and len(line) < _LONGEST_TITLE_LINE and line[-1] not in ".;:,":
            roles.append(Role.SUBJECT)
            in_title += 1
        else:
            roles.append(Role.TEXT)
    return roles


def _is_signature(lines: Sequence[str]) -> bool:
    """Whether nothing but a signature follows."""
    return len(lines) <= _MOST_SIGNATURE_LINES and all(len(line) <= _LONGEST_SIGNATURE_LINE for line in lines)
