"""Consultations, the opinions they bring in, and the answer every opinion gets."""

from comments.models.answers import (
    Grouping,
    Note,
    Phrase,
    Proposal,
    Reopening,
    Response,
    Separation,
    Topic,
)
from comments.models.comments import (
    Agreement,
    Attachment,
    Comment,
    CommentQuerySet,
    Placing,
    Reply,
    _attachment_path,
    sent,
)
from comments.models.consultations import ArticleStance, Consultation, Invitation, Stance
from comments.models.looking import LastLook, SavedFilter
from comments.models.sheets import OpinionSheet, ReturnedSheet, SheetAnswer, SheetQuestion

__all__ = [
    "Agreement",
    "ArticleStance",
    "Attachment",
    "Comment",
    "CommentQuerySet",
    "Consultation",
    "Grouping",
    "Invitation",
    "LastLook",
    "Note",
    "OpinionSheet",
    "Phrase",
    "Placing",
    "Proposal",
    "Reopening",
    "Reply",
    "Response",
    "ReturnedSheet",
    "SavedFilter",
    "Separation",
    "SheetAnswer",
    "SheetQuestion",
    "Stance",
    "Topic",
    "_attachment_path",
    "sent",
]
