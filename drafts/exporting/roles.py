"""What a paragraph of a paper is: the role decides how it is set."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    # The head, left and right
    UPPER_BODY = "upper_body"
    BODY = "body"
    STAR = "star"
    NUMBER = "number"
    DRAFT_MARK = "draft_mark"
    NATION = "nation"
    MOTTO = "motto"
    RULE_RIGHT = "rule_right"
    DATE = "date"
    # Title and bases
    KIND_NAME = "kind_name"
    SUBJECT = "subject"
    HYPHENS = "hyphens"
    ATTACHED = "attached"
    BASIS = "basis"
    ENACTING = "enacting"
    # The text
    GROUP = "group"
    GROUP_NAME = "group_name"
    ARTICLE = "article"
    ITEM = "item"
    TEXT = "text"
    ROW = "row"
    BARE_ROW = "bare_row"
    # The end, left and right
    RECIPIENTS = "recipients"
    RECIPIENT = "recipient"
    AUTHORITY = "authority"
    POSITION = "position"
    SEAL = "seal"
    SIGNER = "signer"

    @property
    def is_row(self) -> bool:
        return self in (Role.ROW, Role.BARE_ROW)

    @property
    def is_head(self) -> bool:
        return self in _HEAD

    @property
    def is_end(self) -> bool:
        return self in _END

    @property
    def is_right(self) -> bool:
        return self in _RIGHT


_HEAD = frozenset(
    {
        Role.UPPER_BODY, Role.BODY, Role.STAR, Role.NUMBER, Role.DRAFT_MARK,
        Role.NATION, Role.MOTTO, Role.RULE_RIGHT, Role.DATE,
    }
)  # fmt: skip
_END = frozenset({Role.RECIPIENTS, Role.RECIPIENT, Role.AUTHORITY, Role.POSITION, Role.SEAL, Role.SIGNER})
_RIGHT = frozenset(
    {Role.NATION, Role.MOTTO, Role.RULE_RIGHT, Role.DATE, Role.AUTHORITY, Role.POSITION, Role.SEAL, Role.SIGNER}
)  # fmt: skip
