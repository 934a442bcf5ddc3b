"""Who may do what: every address of the project × every role × reading and writing.

An address that is not in a table here fails the first test. Every write is sent with a body that is right, so that a
refusal is about the person and not about the form; after a refusal the database is row for row what it was.
"""

import datetime as dt
import re
import uuid
from copy import deepcopy
from functools import partial
from http.cookies import SimpleCookie
from types import SimpleNamespace
from unittest import mock

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.test import TestCase, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts import notices
from drafts.checks import check
from drafts.editions import preview_of
from drafts.models import PaperLayout
from drafts.models.papers import COLUMNS
from drafts.photographs import working_text
from meetings import register, signing
from tests.config.world import PNG, QUICK_SESSIONS, ROLES, SEATED, SIGNED_IN, SOURCE, UNSEATED, World, digest, plain
from tests.drafts.importing.word_files import commented_file, sheet_file

OK, EMPTY, MOVED, REFUSED, MISSING, NO_METHOD, CONFLICT, UNPROCESSABLE = 200, 204, 302, 403, 404, 405, 409, 422
SIGN_IN = "to sign-in"  # a redirect to the sign-in that leads back to the address
AT_THE_DOOR = "at the sign-in"  # without a way back
NOBODY = {"stranger": SIGN_IN, "deactivated": SIGN_IN}
MISSING_PK = 99_999_999
# Those who may most try each; that it is the same for others one method shows.
OTHER_METHODS = {
    "put": ("lead",),
    "patch": ("lead",),
    "trace": ("lead",),
    "delete": ("stranger", "lead", "administrator"),
}


def everyone(status):
    """All who are signed in."""
    return NOBODY | dict.fromkeys(SIGNED_IN, status)


def public(status):
    """Strangers too."""
    return dict.fromkeys(ROLES, status)


def seated(status, *roles):
    """Those roles on the document; the others who sit on it are refused, outsiders find nothing."""
    return (
        everyone(MISSING) | dict.fromkeys(SEATED, REFUSED if roles else status) | dict.fromkeys(roles or SEATED, status)
    )


def only(status, *roles, others=REFUSED):
    return everyone(others) | dict.fromkeys(roles, status)


def keeping(status, *roles):
    """The meeting's secretary and chair (or those of them named); the attendee is refused, nobody else finds it."""
    keepers = ("secretary", "chair")
    return (
        everyone(MISSING)
        | {"attendee": REFUSED}
        | dict.fromkeys(keepers, REFUSED)
        | dict.fromkeys(roles or keepers, status)
    )


POST_ONLY = everyone(NO_METHOD)
GET_ONLY = everyone(NO_METHOD)


class Address(SimpleNamespace):
    """``args(world)``; what GET and POST answer; ``data(world)`` a body that is right."""

    def __init__(self, get, post, *, args=lambda w: (), data=lambda w: {}, query=""):
        super().__init__(get=get, post=post, args=args, data=data, query=query)


def document(w):
    return (w.document.pk,)


def article(w):
    return (w.document.pk, w.article_2.wid)


def comment(w):
    return (w.comment.pk,)


def compared(w):
    return (w.comparison.pk,)


def compared_row(w):
    return (w.comparison_row.pk,)


def answered(w):
    return (w.answered.pk,)


def recorded(w):
    return (w.recorded.pk,)


def a_round(w):
    return (w.round.pk,)


def meeting(w):
    return (w.meeting.pk,)


def conclusion(w):
    return (w.conclusion.pk,)


def assignment(w):
    return (w.assignment.pk,)


def meeting_form(w):
    day = (timezone.localdate() + dt.timedelta(days=2)).isoformat()
    return {"title": "Họp mới", "day": day, "begins": "14:00", "chair": w.chi.pk, "secretary": w.thu.pk}


def certain_finding(w):
    """A point without an end, for the check that mends it."""
    (key,) = (one.key for one in check(working_text(w.document)) if one.replacement is not None)
    return key


ROW_WORDS = {"reason": "Gọn hơn", "base_version": 1}


def layout_form(w, *, name):
    """A layout as its set of rules says it."""
    row = PaperLayout.from_preset("party_2026")
    kept = [column for column in COLUMNS if column not in ("kind_names", "kind_symbols", "mirrors_margins")]
    return {column: getattr(row, column) for column in kept} | {"name": name}


WRITERS = ("drafter", "lead")
ISSUERS = ("lead", "secretary")
PLACERS = ("drafter", "lead", "secretary")
SEERS = ("drafter", "lead", "secretary", "chair")
COMMENTERS = ("commenter", *SEERS)
TASK = everyone(MISSING) | {"contact": OK, "secretary": OK, "chair": OK}

CONFIG = {
    "home": Address(everyone(OK), GET_ONLY),
    "notices": Address(everyone(OK), GET_ONLY),
    "notices_seen": Address(POST_ONLY, everyone(MOVED)),
    "notice_settings": Address(everyone(OK), everyone(MOVED), data=lambda w: {"pace": "daily", "hour": 8}),
    "notice": Address(everyone(MISSING) | {"commenter": MOVED}, GET_ONLY, args=lambda w: (w.notice.pk,)),
    "unsubscribe": Address(public(OK), public(OK), args=lambda w: (notices.token_for(w.minh),)),
    "healthz": Address(public(OK), public(NO_METHOD)),
    "readyz": Address(public({OK, 503}), public(NO_METHOD)),
    "styleguide": Address(only(OK, "administrator"), GET_ONLY),
    "theme": Address(public(NO_METHOD), public(MOVED), data=lambda w: {"theme": "dark"}),
    "set_language": Address(public(MOVED), public(MOVED), data=lambda w: {"language": "en"}),
    "handover_person": Address(
        only(OK, "administrator"),
        only(MOVED, "administrator"),
        data=lambda w: {"old": w.minh.pk, "to": w.dai.pk, "reason": "Nghỉ hưu"},
    ),
    "handover_unit": Address(
        only(OK, "administrator"),
        only(MOVED, "administrator"),
        data=lambda w: {"old": w.city.pk, "into": w.front.pk, "reason": "Sắp xếp"},
    ),
}

DRAFTS = {
    "drafts:list": Address(everyone(OK), GET_ONLY),
    "drafts:import": Address(
        only(OK, "lead", "administrator"),
        only(MOVED, "lead", "administrator"),
        data=lambda w: {"file": SimpleUploadedFile("a.txt", "Điều 1. Tên\n1. Nội dung.".encode())},
    ),
    "drafts:import_preview": Address(
        only(OK, "lead") | {"administrator": MISSING},
        only(MOVED, "lead") | {"administrator": MISSING},
        args=lambda w: (w.source.pk,),
        data=lambda w: {"title": "Quy chế mới", "kind": "regulation", "component": 0},
    ),
    "drafts:import_removal": Address(
        POST_ONLY, only(MOVED, "lead") | {"administrator": MISSING}, args=lambda w: (w.source.pk,)
    ),
    "drafts:import_corrections": Address(
        POST_ONLY,
        only(MOVED, "lead") | {"administrator": MISSING},
        args=lambda w: (w.source.pk,),
        data=lambda w: {"index": 0, "role": "text"},
    ),
    "drafts:import_correction_removal": Address(
        POST_ONLY, only(MOVED, "lead") | {"administrator": MISSING}, args=lambda w: (w.source.pk, 0)
    ),
    "drafts:import_corrections_removal": Address(
        POST_ONLY, only(MOVED, "lead") | {"administrator": MISSING}, args=lambda w: (w.source.pk,)
    ),
    "drafts:source_file": Address(seated(OK, *SEERS), GET_ONLY, args=lambda w: (w.document.pk, w.claimed_source.pk)),
    "drafts:papers": Address(only(OK, "administrator"), GET_ONLY),
    "drafts:paper_new": Address(
        only(OK, "administrator"), only(MOVED, "administrator"), data=lambda w: layout_form(w, name="Mới")
    ),
    "drafts:paper_preview": Address(POST_ONLY, only(OK, "administrator"), data=lambda w: layout_form(w, name="Mới")),
    "drafts:paper": Address(
        only(OK, "administrator"),
        only(MOVED, "administrator"),
        args=lambda w: (w.layout.pk,),
        data=lambda w: layout_form(w, name="Khác"),
    ),
    "drafts:paper_withdrawal": Address(POST_ONLY, only(MOVED, "administrator"), args=lambda w: (w.layout.pk,)),
    "drafts:search": Address(everyone(OK), GET_ONLY, query="?q=noi"),
    "drafts:about": Address(seated(OK), GET_ONLY, args=document),
    "drafts:reimports": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=document,
        data=lambda w: {"file": SimpleUploadedFile("a.txt", "Điều 1. Tên\n1. Nội dung.".encode())},
    ),
    "drafts:reimport": Address(
        seated(OK, *WRITERS) | {"drafter": MISSING}, GET_ONLY, args=lambda w: (w.document.pk, w.reimport.pk)
    ),
    "drafts:reimport_decisions": Address(
        POST_ONLY, seated(MOVED, *WRITERS) | {"drafter": MISSING}, args=lambda w: (w.document.pk, w.reimport.pk)
    ),
    "drafts:reimport_matches": Address(
        POST_ONLY,
        seated(MOVED, *WRITERS) | {"drafter": MISSING},
        args=lambda w: (w.document.pk, w.reimport.pk),
        data=lambda w: {"key": w.row_key, "match": "auto"},
    ),
    "drafts:reimport_base": Address(
        POST_ONLY,
        seated(MOVED, *WRITERS) | {"drafter": MISSING},
        args=lambda w: (w.document.pk, w.reimport.pk),
        data=lambda w: {"base": "working"},
    ),
    "drafts:reimport_application": Address(
        POST_ONLY,
        seated(MOVED, *WRITERS) | {"drafter": MISSING},
        args=lambda w: (w.document.pk, w.reimport.pk),
        data=lambda w: {"seen": w.seen, "reason": "Bản Word mới"},
    ),
    "drafts:reimport_removal": Address(
        POST_ONLY, seated(MOVED, *WRITERS) | {"drafter": MISSING}, args=lambda w: (w.document.pk, w.reimport.pk)
    ),
    "drafts:description": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=document,
        data=lambda w: {"title": "Tên khác", "kind": "rules"},
    ),
    "drafts:editions": Address(seated(OK), GET_ONLY, args=document),
    "drafts:new_edition": Address(
        seated(OK, *ISSUERS),
        seated(MOVED, *ISSUERS),
        args=document,
        data=lambda w: {"label": "Lần 2", "number": 2, "seen": preview_of(w.document).seen},
    ),
    "drafts:edition_difference": Address(seated(OK), GET_ONLY, args=document, query="?old=1"),
    "drafts:edition_difference ?new=working": Address(
        seated(OK, *SEERS), GET_ONLY, args=document, query="?new=working"
    ),
    "drafts:recall": Address(
        seated(OK, *ISSUERS),
        seated(MOVED, *ISSUERS),
        args=lambda w: (w.document.pk, 1),
        data=lambda w: {"reason": "Phát hành nhầm"},
    ),
    "drafts:submission": Address(
        seated(OK, *SEERS),
        seated(MOVED, "chair"),
        args=document,
        data=lambda w: {"stage": "appraisal", "reason": "Kịp phiên họp"},
    ),
    "drafts:stage": Address(
        POST_ONLY, seated(MOVED, *ISSUERS, "chair"), args=document, data=lambda w: {"stage": "taking_in"}
    ),
    "drafts:issuing": Address(
        seated(OK, *ISSUERS, "chair"),
        seated(UNPROCESSABLE, *ISSUERS, "chair"),
        args=document,
        data=lambda w: {"symbol": "01-QC/TU", "issued_on": "2026-12-01", "in_force_on": "2026-12-01"},
    ),
    "drafts:stage_names": Address(
        only(OK, "administrator"), only(MOVED, "administrator"), data=lambda w: {"drafting": "Đang xây dựng"}
    ),
    "drafts:seats": Address(
        POST_ONLY,
        seated(MOVED, *ISSUERS),
        args=document,
        data=lambda w: {"holder": f"user:{w.attendee.pk}", "role": "reader"},
    ),
    "drafts:seat_removal": Address(POST_ONLY, seated(MOVED, *ISSUERS), args=lambda w: (w.document.pk, w.seat.pk)),
    "drafts:presence": Address(POST_ONLY, seated(OK, *WRITERS), args=article, data=lambda w: {"base_version": 1}),
    "drafts:writers": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "drafts:outline": Address(seated(OK, *WRITERS), GET_ONLY, args=document),
    "drafts:restructuring": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=document,
        data=lambda w: {
            "act": "insert",
            "numbering": "renumber",
            "kind": "article",
            "beside": w.article_2.wid,
            "where": "after",
        },
        query="?act=renumber",
    ),
    "drafts:undoing": Address(
        POST_ONLY,
        seated(MOVED, *WRITERS),
        args=lambda w: (w.document.pk, w.document.operations.filter(kind="revised").first().pk),
    ),
    "drafts:checks": Address(seated(OK, *WRITERS), GET_ONLY, args=document),
    "drafts:mending": Address(
        POST_ONLY, seated(MOVED, *WRITERS), args=document, data=lambda w: {"finding": certain_finding(w)}
    ),
    "drafts:timeline": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "drafts:moment": Address(
        seated(OK, *SEERS), GET_ONLY, args=lambda w: (w.document.pk, w.document.operations.first().pk)
    ),
    "drafts:changes": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "drafts:history": Address(seated(OK, *SEERS), GET_ONLY, args=article),
    "drafts:difference": Address(seated(OK, *SEERS), GET_ONLY, args=lambda w: (*article(w), 1, 2)),
    "drafts:restoration": Address(
        POST_ONLY, seated(MOVED, *WRITERS), args=article, data=lambda w: {"version": 1, "base_version": 2}
    ),
}

COMMENTS = {
    "comments:reader": Address(seated(OK), GET_ONLY, args=document),
    "comments:reader ?text=working": Address(seated(OK, *SEERS), GET_ONLY, args=document, query="?text=working"),
    "comments:download": Address(seated(OK), GET_ONLY, args=document),
    "comments:download_file": Address(seated(OK), GET_ONLY, args=document, query="?text=1&format=docx&layout=state"),
    "comments:download_file ?text=working": Address(
        seated(OK, *SEERS),
        GET_ONLY,
        args=document,
        query="?text=working&against=1&comments=on&format=docx&layout=state",
    ),
    "comments:article": Address(seated(OK), GET_ONLY, args=lambda w: (w.document.pk, "2")),
    "comments:provision_comments": Address(seated(OK, *SEERS), GET_ONLY, args=article),
    "comments:revision": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=article,
        data=lambda w: {"heading": "Tên", "text": "1. Khác.", "reason": "Rõ hơn", "base_version": 2},
    ),
    "comments:structure": Address(POST_ONLY, seated(OK, *WRITERS), args=article, data=lambda w: {"text": "1. Khác."}),
    "comments:merge": Address(
        POST_ONLY,
        seated(OK, *WRITERS),
        args=article,
        data=lambda w: {
            "heading": w.article_2.heading,
            "text": w.article_2.text,
            "reason": "Rõ hơn",
            "base_version": 1,
            "theirs_version": 2,
        },
    ),
    "comments:proposal": Address(
        POST_ONLY,
        seated(OK, *WRITERS),
        args=lambda w: (w.document.pk, w.article_1.wid),
        data=lambda w: {
            "heading": w.article_1.heading,
            "text": w.article_1.text,
            "base_version": 1,
            "apply": w.proposal.pk,
        },
    ),
    "comments:application": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=lambda w: (w.proposal.pk,),
        data=lambda w: {"reason": "Tiếp thu", "outcome": "accepted", "base_version": 1},
    ),
    "comments:news": Address(seated(OK), GET_ONLY, args=document),
    "comments:stream": Address(seated(EMPTY), GET_ONLY, args=document),
    "comments:new": Address(
        seated(OK, *COMMENTERS),
        seated(MOVED, *COMMENTERS),
        args=document,
        data=lambda w: {"key": uuid.uuid4(), "edition": 1, "kind": "other", "text": "Nhất trí."},
    ),
    "comments:difference": Address(
        POST_ONLY, seated(OK, *COMMENTERS), args=document, data=lambda w: {"quote": "a b", "proposed_text": "a c"}
    ),
    "comments:comment": Address(seated(OK), GET_ONLY, args=comment),
    "comments:text": Address(
        seated(OK, "commenter"),
        seated(MOVED, "commenter"),
        args=comment,
        data=lambda w: {"kind": "wording", "text": "Nói khác."},
    ),
    "comments:withdrawal": Address(seated(OK, "commenter"), seated(MOVED, "commenter"), args=comment),
    "comments:elsewhere": Address(
        seated(OK, "commenter", "secretary"), seated(UNPROCESSABLE, "commenter", "secretary"), args=recorded
    ),
    "comments:replies": Address(
        POST_ONLY,
        seated(MOVED, *COMMENTERS),
        args=comment,
        data=lambda w: {"key": uuid.uuid4(), "text": "Đồng ý."},
    ),
    "comments:agreement": Address(POST_ONLY, seated(MOVED, *COMMENTERS) | {"commenter": REFUSED}, args=comment),
    "comments:agreement_removal": Address(POST_ONLY, seated(MOVED, *COMMENTERS) | {"commenter": REFUSED}, args=comment),
    "comments:attachment": Address(seated(OK), GET_ONLY, args=lambda w: (w.attachment.pk,)),
    "comments:file_comments": Address(
        seated(OK, *ISSUERS), seated(MOVED, *ISSUERS), args=document, data=lambda w: {"take": ["1"]}
    ),
    "comments:recording": Address(
        seated(OK, "secretary"),
        seated(MOVED, "secretary"),
        args=document,
        data=lambda w: {
            "key": uuid.uuid4(),
            "place": "Đ1 k1",
            "who": w.front.name,
            "text": "Nhất trí.",
            "kind": "other",
        },
    ),
    "comments:new_unit_sheet": Address(
        seated(OK, "secretary"),
        seated(MOVED, "secretary"),
        args=document,
        data=lambda w: {"file": SimpleUploadedFile("phieu.docx", sheet_file())},
    ),
    "comments:blank_unit_sheet": Address(seated(OK), GET_ONLY, args=document),
    "comments:unit_sheet": Address(
        seated(OK, "secretary"),
        seated(MOVED, "secretary"),
        args=lambda w: (w.document.pk, w.sheet_source.pk),
        data=lambda w: {"who": w.front.name, "take": ["2"]},
    ),
    "comments:unit_sheet_removal": Address(
        POST_ONLY, seated(MOVED, "secretary"), args=lambda w: (w.document.pk, w.sheet_source.pk)
    ),
    "comments:recording_removal": Address(POST_ONLY, seated(MOVED, "secretary"), args=recorded),
    "comments:confirmation": Address(POST_ONLY, seated(MOVED, "commenter"), args=recorded),
    "comments:denial": Address(
        seated(OK, "commenter"),
        seated(MOVED, "commenter"),
        args=recorded,
        data=lambda w: {"reason": "Tôi không nói thế."},
    ),
    "comments:unplaced": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "comments:placing": Address(
        seated(OK, *PLACERS),
        seated(MOVED, *PLACERS),
        args=comment,
        data=lambda w: {"article": w.article_1.wid, "words": "nguyên tắc, chế độ làm việc"},
    ),
    "comments:departure": Address(POST_ONLY, seated(MOVED, *PLACERS), args=comment),
    "comments:feedback": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "comments:rounds": Address(seated(OK), GET_ONLY, args=document),
    "comments:new_round": Address(
        seated(OK, *ISSUERS),
        seated(MOVED, *ISSUERS),
        args=document,
        data=lambda w: {
            "units": [w.front.pk],
            "closes_on": timezone.localdate(w.round.closes_at).isoformat(),
            "closes_at_hour": timezone.localtime(w.round.closes_at).strftime("%H:%M:%S.%f"),
            "visibility": "open",
        },
    ),
    "comments:round": Address(seated(OK), GET_ONLY, args=a_round),
    "comments:round_schedule": Address(
        seated(OK, *ISSUERS),
        seated(MOVED, *ISSUERS),
        args=a_round,
        data=lambda w: {"closes_on": "2030-01-10", "closes_at_hour": "17:00"},
    ),
    "comments:round_closing": Address(
        seated(OK, *ISSUERS), seated(MOVED, *ISSUERS), args=a_round, data=lambda w: {"reason": "Đã đủ"}
    ),
    "comments:round_visibility": Address(
        seated(OK, *ISSUERS),
        seated(MOVED, *ISSUERS),
        args=a_round,
        data=lambda w: {"visibility": "drafters", "reason": "Thận trọng"},
    ),
    "comments:round_reminders": Address(POST_ONLY, seated(MOVED, *ISSUERS), args=a_round),
    "comments:round_invitations": Address(
        POST_ONLY, seated(MOVED, *ISSUERS), args=a_round, data=lambda w: {"units": [w.front.pk]}
    ),
    "comments:invitation_removal": Address(
        POST_ONLY, seated(MOVED, *ISSUERS), args=lambda w: (w.round.pk, w.unopened.pk)
    ),
    "comments:answer": Address(
        seated(MISSING, *SEATED) | {"commenter": OK},
        seated(MISSING, *SEATED) | {"commenter": MOVED},
        args=lambda w: (w.round.pk, w.invitation.pk),
        data=lambda w: {"stance": "disagree", "send": "1"},
    ),
    "comments:sheet": Address(seated(OK), GET_ONLY, args=a_round),
    "comments:sheet_text": Address(  # one has come back, so the questions stay
        seated(OK, *ISSUERS),
        seated(UNPROCESSABLE, *ISSUERS),
        args=a_round,
        data=lambda w: {"title": "Phiếu", "questions": "Đồng ý ban hành?"},
    ),
    "comments:sheet_file": Address(seated(OK), GET_ONLY, args=a_round),
    "comments:sheet_file ?totals": Address(seated(OK, *SEERS), GET_ONLY, args=a_round, query="?totals"),
    "comments:sheet_answer": Address(
        seated(MISSING, *SEATED) | {"commenter": OK, "secretary": OK},
        seated(MISSING, *SEATED) | {"commenter": MOVED, "secretary": MOVED},
        args=lambda w: (w.round.pk, w.invitation.pk),
        data=lambda w: {f"choice_{w.sheet.questions.get().pk}": "agree"},
    ),
    "comments:sheet_aside": Address(
        POST_ONLY,
        seated(MOVED, "secretary"),
        args=lambda w: (w.round.pk, w.returned.pk),
        data=lambda w: {"why": "unsigned"},
    ),
    "comments:joined": Address(  # one alone is not joined
        seated(MISSING, *SEATED) | {"commenter": MOVED},
        seated(MISSING, *SEATED) | {"commenter": MOVED},
        args=lambda w: (w.round.pk, w.gathered.contribution_id),
    ),
    "comments:leaving_out": Address(
        everyone(NO_METHOD), seated(MISSING, *SEATED) | {"commenter": MOVED}, args=lambda w: (w.gathered.pk,)
    ),
    "comments:taking_in": Address(
        everyone(NO_METHOD), seated(MISSING, *SEATED) | {"commenter": MOVED}, args=lambda w: (w.gathered.pk,)
    ),
    "comments:saved_filters": Address(
        POST_ONLY, seated(MOVED, *SEERS), args=document, data=lambda w: {"name": "Đã trả lời", "query": "state=noted"}
    ),
    "comments:saved_filter_removal": Address(
        POST_ONLY,
        seated(MISSING, *SEERS) | {"lead": MOVED},
        args=lambda w: (w.document.pk, w.kept_filter.pk),
    ),
    "comments:chosen": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=document,
        query="?comment=1",
        data=lambda w: {"comment": [w.comment.pk]},
    ),
    "comments:chosen_flags": Address(
        POST_ONLY, seated(MOVED, *SEERS), args=document, data=lambda w: {"comment": [w.comment.pk]}
    ),
    "comments:chosen_flags_removal": Address(
        POST_ONLY, seated(MOVED, *SEERS), args=document, data=lambda w: {"comment": [w.proposal.pk]}
    ),
    "comments:chosen_answers": Address(
        POST_ONLY,
        seated(MOVED, *WRITERS),
        args=document,
        data=lambda w: {"comment": [w.comment.pk], "outcome": "accepted"},
    ),
    "comments:chosen_topic": Address(
        POST_ONLY, seated(MOVED, *WRITERS), args=document, data=lambda w: {"comment": [w.comment.pk], "title": "Chung"}
    ),
    "comments:chosen_allotments": Address(
        POST_ONLY,
        seated(MOVED, *WRITERS),
        args=document,
        data=lambda w: {"comment": [w.comment.pk], "answerer": w.lan.pk},
    ),
    "comments:act_undoing": Address(
        POST_ONLY, seated(CONFLICT, *SEERS) | {"lead": MOVED}, args=lambda w: (w.document.pk, w.flagging.pk)
    ),
    "comments:feedback_download": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "comments:feedback_file": Address(
        seated(OK, *SEERS),
        GET_ONLY,
        args=document,
        query="?paper-which=all&paper-layout=state&paper-format=docx",
    ),
    "comments:proposals": Address(
        seated(OK, *WRITERS),
        seated(MOVED, "lead"),
        args=document,
        data=lambda w: {"proposal": [w.proposed.pk], f"seen-{w.proposed.pk}": w.proposed.stamp, "approve": "1"},
    ),
    "comments:approval_rule": Address(POST_ONLY, seated(MOVED, "lead"), args=document, data=lambda w: {"needed": "on"}),
    "comments:proposal_return": Address(
        seated(OK, "lead"),
        seated(MOVED, "lead"),
        args=lambda w: (w.proposed.pk,),
        data=lambda w: {"reason": "Viết lại", f"seen-{w.proposed.pk}": w.proposed.stamp},
    ),
    "comments:mine": Address(everyone(OK), GET_ONLY),
    "comments:notes": Address(
        POST_ONLY, seated(MOVED, *WRITERS), args=comment, data=lambda w: {"key": uuid.uuid4(), "text": "Hỏi lại"}
    ),
    "comments:allotment": Address(
        POST_ONLY, seated(MOVED, *WRITERS), args=comment, data=lambda w: {"answerer": w.drafter.pk}
    ),
    "comments:phrases": Address(  # the chair drafts another document, and has no unit
        only(OK, *WRITERS, "chair"),
        only(MOVED, *WRITERS) | {"chair": CONFLICT},
        data=lambda w: {"name": "Điều lệ", "text": "Theo Điều lệ."},
    ),
    "comments:phrase": Address(
        only(OK, *WRITERS) | {"chair": MISSING},
        only(MOVED, *WRITERS) | {"chair": MISSING},
        args=lambda w: (w.phrase.pk,),
        data=lambda w: {"name": "Điều lệ", "text": "Theo Điều lệ."},
    ),
    "comments:phrase_removal": Address(
        POST_ONLY, only(MOVED, *WRITERS) | {"chair": MISSING}, args=lambda w: (w.phrase.pk,)
    ),
    "comments:satisfaction": Address(POST_ONLY, seated(MOVED, "commenter"), args=answered),
    "comments:reopening": Address(
        seated(OK, "commenter"), seated(MOVED, "commenter"), args=answered, data=lambda w: {"reason": "Chưa thỏa đáng"}
    ),
    "comments:reservation": Address(POST_ONLY, seated(MOVED, "commenter"), args=lambda w: (w.reopening.comment_id,)),
    "comments:contested": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "comments:ruling": Address(
        seated(OK, "chair"),
        seated(MOVED, "chair"),
        args=lambda w: (w.unruled.pk,),
        data=lambda w: {"ruling": "answer_again"},
    ),
    "comments:topics": Address(seated(OK, *SEERS), GET_ONLY, args=document),
    "comments:new_topic": Address(
        POST_ONLY, seated(MOVED, *WRITERS), args=document, data=lambda w: {"comment": [w.comment.pk], "title": "Chung"}
    ),
    "comments:topic_search": Address(POST_ONLY, seated(MOVED, *WRITERS), args=document),
    "comments:topic_search_cancellation": Address(POST_ONLY, seated(MOVED, *WRITERS), args=document),
    "comments:separation": Address(
        POST_ONLY, seated(MOVED, *WRITERS), args=document, data=lambda w: {"keys": f"{w.comment.pk},{w.proposal.pk}"}
    ),
    "comments:topic": Address(
        seated(OK, *SEERS),
        seated(MOVED, *WRITERS),
        args=lambda w: (w.topic.pk,),
        data=lambda w: {"outcome": "accepted", "comment": [w.proposal.pk]},
    ),
    "comments:topic_removal": Address(POST_ONLY, seated(MOVED, *WRITERS), args=lambda w: (w.topic.pk,)),
    "comments:topic_member_removal": Address(POST_ONLY, seated(MOVED, *WRITERS), args=lambda w: (w.proposal.pk,)),
    "comments:main_comparison": Address(seated(MOVED), GET_ONLY, args=document),
    "comments:comparisons": Address(
        seated(OK), seated(MOVED, *WRITERS), args=document, data=lambda w: {"against": w.model_document.pk}
    ),
    "comments:comparison": Address(seated(OK), GET_ONLY, args=compared),
    "comments:comparison_download": Address(seated(OK), GET_ONLY, args=compared),
    "comments:comparison_file": Address(seated(OK), GET_ONLY, args=compared, query="?layout=state&format=docx"),
    "comments:comparison_matching": Address(POST_ONLY, seated(MOVED, *WRITERS), args=compared),
    "comments:comparison_place": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=lambda w: (w.comparison.pk, w.article_2.wid),
        data=lambda w: {"row": w.comparison_row.pk},
    ),
    "comments:comparison_removal": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=lambda w: (w.comparison.document_id, w.comparison.pk),
        data=lambda w: {"reason": "Nhầm văn bản"},
    ),
    "comments:comparison_words": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=compared_row,
        data=lambda w: {f"row-{w.comparison_row.pk}-{name}": text for name, text in ROW_WORDS.items()},
    ),
    "comments:comparison_confirmation": Address(POST_ONLY, seated(MOVED, *WRITERS), args=compared_row),
    "comments:comparison_confirmation_removal": Address(POST_ONLY, seated(MOVED, *WRITERS), args=compared_row),
    "comments:response": Address(
        seated(OK, *WRITERS),
        seated(MOVED, *WRITERS),
        args=comment,
        data=lambda w: {"outcome": "explained", "explanation": "Vì đã có ở Điều 2."},
    ),
}

MEETINGS = {
    "meetings:list": Address(everyone(OK), GET_ONLY),
    "meetings:new": Address(
        only(OK, "secretary", "administrator"), only(MOVED, "secretary", "administrator"), data=meeting_form
    ),
    "meetings:meeting": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:arrangements": Address(keeping(OK), keeping(MOVED), args=meeting, data=meeting_form),
    "meetings:calls": Address(POST_ONLY, keeping(MOVED), args=meeting),
    "meetings:cancellation": Address(keeping(OK), keeping(MOVED), args=meeting, data=lambda w: {"reason": "Bão"}),
    "meetings:calendar_file": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:papers": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:paper": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=lambda w: (w.paper.pk,)),
    "meetings:paper_removal": Address(POST_ONLY, keeping(MOVED), args=lambda w: (w.paper.pk,)),
    "meetings:agenda_item": Address(
        keeping(OK), keeping(MOVED), args=lambda w: (w.meeting.pk, w.item.pk), data=lambda w: {"title": "Khác"}
    ),
    "meetings:who_comes": Address(keeping(OK), GET_ONLY, args=meeting),
    "meetings:attendee": Address(
        keeping(OK), keeping(MOVED), args=lambda w: (w.meeting.pk, w.place.pk), data=lambda w: {"rank": 5}
    ),
    "meetings:reply": Address(
        keeping(OK) | {"attendee": OK},
        keeping(MOVED) | {"attendee": MOVED},
        args=lambda w: (w.meeting.pk, w.place.pk),
        data=lambda w: {"answer": "coming"},
    ),
    "meetings:reminder_rule": Address(
        keeping(OK), keeping(MOVED), args=meeting, data=lambda w: {"days_ahead": "7, 1", "hour": 8}
    ),
    "meetings:live": Address(keeping(OK), GET_ONLY, args=meeting),
    "meetings:beginning": Address(POST_ONLY, keeping(MOVED), args=lambda w: (w.meeting.pk, w.item.pk)),
    "meetings:ending": Address(POST_ONLY, keeping(CONFLICT), args=meeting),
    "meetings:on_screen": Address(POST_ONLY, keeping(MOVED), args=meeting, data=lambda w: {"place": "Đ2"}),
    "meetings:opinions": Address(
        POST_ONLY,
        keeping(MOVED) | {"chair": CONFLICT},
        args=meeting,
        data=lambda w: {"key": uuid.uuid4(), "place": "Đ2", "who": "minh", "text": "Được.", "kind": "other"},
    ),
    "meetings:spoken_conclusion": Address(POST_ONLY, keeping(MOVED), args=meeting, data=lambda w: {"text": "Làm."}),
    "meetings:turns": Address(POST_ONLY, keeping(MOVED), args=meeting, data=lambda w: {"name": "Ai đó"}),
    "meetings:turn_list": Address(keeping(OK), GET_ONLY, args=meeting),
    "meetings:next_turn": Address(POST_ONLY, keeping(MOVED), args=meeting),
    "meetings:turn_removal": Address(POST_ONLY, keeping(MOVED), args=lambda w: (w.meeting.pk, w.turn.pk)),
    "meetings:turn_place": Address(POST_ONLY, keeping(MOVED), args=lambda w: (w.meeting.pk, w.turn.pk)),
    "meetings:polls": Address(POST_ONLY, keeping(MOVED), args=meeting, data=lambda w: {"question": w.poll.question}),
    "meetings:poll_closing": Address(
        POST_ONLY,
        keeping(MOVED),
        args=lambda w: (w.meeting.pk, w.poll.pk),
        data=lambda w: {"agree": 0, "disagree": 0, "other": 0},
    ),
    "meetings:wall": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:wall_now": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:delegate": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:delegate_now": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:asking": Address(
        POST_ONLY,
        keeping(UNPROCESSABLE) | {"attendee": MOVED},
        args=meeting,
        data=lambda w: {"place": w.place.pk},
    ),
    "meetings:asking_withdrawal": Address(POST_ONLY, keeping(MOVED) | {"attendee": MOVED}, args=meeting),
    "meetings:ballots": Address(
        POST_ONLY,
        keeping(CONFLICT) | {"attendee": MOVED},
        args=lambda w: (w.meeting.pk, w.poll.pk),
        data=lambda w: {"place": w.place.pk, "choice": "agree"},
    ),
    "meetings:agenda": Address(POST_ONLY, keeping(MOVED), args=meeting, data=lambda w: {"agenda-title": "Việc nữa"}),
    "meetings:agenda_item_place": Address(
        POST_ONLY, keeping(MOVED), args=lambda w: (w.meeting.pk, w.item.pk), data=lambda w: {"to": "down"}
    ),
    "meetings:agenda_item_removal": Address(
        POST_ONLY, keeping(MOVED), args=lambda w: (w.meeting.pk, w.other_matter.pk)
    ),
    "meetings:attendees": Address(
        POST_ONLY, keeping(MOVED), args=meeting, data=lambda w: {"invitation-guests": "Vụ trưởng"}
    ),
    "meetings:attendee_removal": Address(POST_ONLY, keeping(MOVED), args=lambda w: (w.meeting.pk, w.guest_place.pk)),
    "meetings:attendance": Address(
        POST_ONLY, keeping(MOVED), args=meeting, data=lambda w: {f"state-{w.place.pk}": "present"}
    ),
    "meetings:conclusions": Address(
        keeping(OK), keeping(MOVED), args=meeting, data=lambda w: {"text": "Kết luận nữa.", "gives_no_task": "on"}
    ),
    "meetings:record": Address(keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting),
    "meetings:record_file": Address(
        keeping(OK) | {"attendee": OK}, GET_ONLY, args=meeting, query="?which=minutes&layout=state&format=docx"
    ),
    "meetings:dictation": Address(keeping(OK), keeping(OK), args=meeting, data=lambda w: {"text": "Giao việc."}),
    "meetings:dictation record": Address(
        keeping(OK),
        keeping(MOVED),
        args=meeting,
        data=lambda w: {
            **dict.fromkeys(("text", "as_read", "point-0-text"), "Nhất trí."),
            **dict.fromkeys(("point-0-keep", "point-0-gives_no_task", "record"), "on"),
        },
    ),
    "meetings:submission": Address(POST_ONLY, keeping(MOVED), args=meeting),
    "meetings:agreement": Address(
        POST_ONLY, keeping(MOVED, "chair"), args=meeting, data=lambda w: {"seen": signing.open_digest(w.meeting)}
    ),
    "meetings:giving_back": Address(POST_ONLY, keeping(MOVED, "chair"), args=meeting, data=lambda w: {"reason": "Rõ."}),
    "meetings:signature": Address(
        POST_ONLY,
        keeping(MOVED, "chair"),
        args=meeting,
        data=lambda w: {"symbol": "01-TB", "seen": signing.open_digest(w.meeting)},
    ),
    "meetings:conclusion": Address(
        keeping(OK), keeping(MOVED), args=conclusion, data=lambda w: {"text": "Khác.", "seen_text": w.conclusion.text}
    ),
    "meetings:new_assignment": Address(
        keeping(OK),
        keeping(MOVED),
        args=conclusion,
        data=lambda w: {"lead_unit": w.city.pk, "task": "Rà soát", "limit": "by", "due_on": "10/12/2030"},
    ),
    "meetings:assignments": Address(everyone(OK), GET_ONLY),
    "meetings:assignment": Address(TASK, GET_ONLY, args=assignment),
    "meetings:assignment_state": Address(
        POST_ONLY,
        TASK | {"contact": MOVED, "secretary": REFUSED, "chair": REFUSED},
        args=assignment,
        data=lambda w: {"state": "acknowledged"},
    ),
    "meetings:assignment_state cancelled": Address(
        POST_ONLY,
        TASK | {"contact": REFUSED, "secretary": MOVED, "chair": MOVED},
        args=assignment,
        data=lambda w: {"state": "cancelled", "note": "Không cần nữa"},
    ),
    "meetings:assignment_reports": Address(
        POST_ONLY,
        TASK | {"contact": MOVED, "secretary": REFUSED, "chair": REFUSED},
        args=assignment,
        data=lambda w: {"key": uuid.uuid4(), "text": "Một nửa"},
    ),
    "meetings:assignment_report_file": Address(TASK, GET_ONLY, args=lambda w: (w.report_file.pk,)),
    "meetings:assignment_extensions": Address(
        POST_ONLY,
        TASK | {"contact": MOVED, "secretary": REFUSED, "chair": REFUSED},
        args=assignment,
        data=lambda w: {"due_on": "10/12/2031", "limit": "by", "reason": "Chờ ý kiến"},
    ),
    "meetings:assignment_extension_decision": Address(
        POST_ONLY,
        TASK | {"contact": REFUSED, "secretary": MOVED, "chair": MOVED},
        args=lambda w: (w.extension.pk,),
        data=lambda w: {"verdict": "grant"},
    ),
    "meetings:assignment_performers": Address(
        TASK | {"contact": REFUSED},
        TASK | {"contact": REFUSED, "secretary": MOVED, "chair": MOVED},
        args=assignment,
        data=lambda w: {"lead_unit": w.city.pk, "reason": "Đúng thẩm quyền"},
    ),
    "meetings:absences": Address(
        everyone(OK),
        everyone(MOVED),
        data=lambda w: {"stand_in": w.dai.pk, "starts_on": "10/12/2031", "ends_on": "12/12/2031"},
    ),
    "meetings:absence_ending": Address(
        POST_ONLY, everyone(MISSING) | {"commenter": MOVED}, args=lambda w: (w.absence.pk,)
    ),
    "meetings:assignment_month": Address(everyone(OK), GET_ONLY),
    "meetings:assignment_timeline": Address(everyone(OK), GET_ONLY),
    "meetings:assignment_units": Address(everyone(OK), GET_ONLY),
    "meetings:assignment_feed": Address(everyone(OK), GET_ONLY),
    "meetings:assignment_feed_renewal": Address(POST_ONLY, everyone(MOVED)),
    "meetings:task_feed": Address(public(OK), public(NO_METHOD), args=lambda w: (register.token_for(w.hoa),)),
    "meetings:sending": Address(only(OK, "administrator"), GET_ONLY),
    "meetings:sending_again": Address(POST_ONLY, only(MOVED, "administrator"), args=lambda w: (w.reminder_mail.pk,)),
    "meetings:reminders_seen": Address(POST_ONLY, everyone(MOVED)),
}

OURS = CONFIG | DRAFTS | COMMENTS | MEETINGS

# django-allauth's pages: what a stranger and what anybody signed in get for reading them.
DOOR = {
    "account_login": (OK, MOVED),
    "account_logout": (AT_THE_DOOR, OK),
    "account_inactive": (OK, OK),
    "account_signup": (OK, MOVED),
    "account_reauthenticate": (SIGN_IN, OK),
    "account_email": (SIGN_IN, OK),
    "account_email_verification_sent": (OK, OK),
    "account_change_password": (SIGN_IN, OK),
    "account_set_password": (SIGN_IN, MOVED),
    "account_reset_password": (OK, OK),
    "account_confirm_login_code": (AT_THE_DOOR, MOVED),
    "account_confirm_email": (OK, OK),
    "account_reset_password_from_key": (OK, OK),
    "account_reset_password_from_key_done": (OK, OK),
    "account_reset_password_done": (OK, OK),
    "mfa_index": (SIGN_IN, OK),
    "mfa_authenticate": (AT_THE_DOOR, MOVED),
    "mfa_reauthenticate": (SIGN_IN, MOVED),
    "mfa_activate_totp": (SIGN_IN, MOVED),
    "mfa_deactivate_totp": (SIGN_IN, MISSING),
    "mfa_view_recovery_codes": (SIGN_IN, MISSING),
    "mfa_generate_recovery_codes": (SIGN_IN, MOVED),
    "mfa_download_recovery_codes": (SIGN_IN, MISSING),
    "socialaccount_login_cancelled": (OK, OK),
    "socialaccount_login_error": (SIGN_IN, 401),
    "socialaccount_signup": (AT_THE_DOOR, AT_THE_DOOR),
    "socialaccount_connections": (SIGN_IN, OK),
    "openid_connect_login": (MISSING, MISSING),
    "openid_connect_callback": (MISSING, MISSING),
    "accounts/social/login/cancelled/": (SIGN_IN, 301),
    "accounts/social/login/error/": (SIGN_IN, 301),
    "accounts/social/signup/": (SIGN_IN, 301),
    "accounts/social/connections/": (SIGN_IN, 301),
}
DOOR_ARGS = {
    "account_confirm_email": ("Mg:abc",),
    "account_reset_password_from_key": ("2", "abc-def"),
    "openid_connect_login": ("sso",),
    "openid_connect_callback": ("sso",),
}


def addresses():
    """Every pattern of the project: its name, or its address where it has none."""

    def walk(resolver, path, namespace):
        for entry in resolver.url_patterns:
            where = path + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield (f"{namespace}{entry.name}" if entry.name else where), where
            else:
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from walk(entry, where, inner)

    return dict(walk(get_resolver(), "", ""))


def is_administrations(name):
    return name.startswith(("admin:", "admin/"))


@override_settings(SESSION_ENGINE=QUICK_SESSIONS)
class WalkTestCase(World, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.make_world()

    def setUp(self):
        """Each test has a media folder of its own; the files of this world belong in it."""
        self.known_by_sight()
        for row, content in (
            (self.attachment, PNG),
            (self.paper, PNG),
            (self.report_file, PNG),
            (self.source, SOURCE),
            (self.claimed_source, SOURCE),
            (self.reimport.source, SOURCE),
            (self.commented_source, commented_file()),
            (self.sheet_source, sheet_file()),
        ):
            row.file.storage.save(row.file.name, ContentFile(content))

    def send(self, role, method, address, data=None):
        return getattr(self.clients[role], method)(address, data or {})

    def ask(self, role, method, address, data=None):
        """Send it and take back whatever it did."""
        client = self.clients[role]
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            response = self.send(role, method, address, data)
            response.content if not response.streaming else b"".join(response.streaming_content)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        return response

    def verdict(self, response, address, expected):
        """The status; SIGN_IN when it leads to the sign-in and from there back to the address, DOOR when just there."""
        if isinstance(expected, set):
            return expected if response.status_code in expected else response.status_code
        place, _question, query = response.get("Location", "").partition("?")
        if place != "/accounts/login/":
            return response.status_code
        return SIGN_IN if QueryDict(query).get("next") == address else AT_THE_DOOR


def refusal(code, request, exception=None):
    return HttpResponse(status=code)


class TablesTests(TestCase):
    def test_every_address_is_in_a_table(self):
        known = {name.partition(" ")[0] for name in OURS} | set(DOOR)
        unknown = [name for name in addresses() if name not in known and not is_administrations(name)]
        self.assertEqual(unknown, [], "Say in tests/config/test_every_url.py who may open it.")

    def test_no_table_names_what_is_gone(self):
        known = {name.partition(" ")[0] for name in OURS} | set(DOOR)
        self.assertEqual(sorted(known - set(addresses())), [])

    def test_every_role_has_its_answer(self):
        for name, address in OURS.items():
            self.assertEqual((set(address.get), set(address.post)), (set(ROLES), set(ROLES)), name)


class OurAddressesTests(WalkTestCase):
    def address(self, name, args=None):
        entry = OURS[name]
        return reverse(name.partition(" ")[0], args=args or entry.args(self)) + entry.query

    @mock.patch.object(URLResolver, "resolve_error_handler", lambda _resolver, code: partial(refusal, code))
    def test_every_role_at_every_address(self):
        """What is allowed is done and taken back; what a reading or a refused writing left behind would show.

        The refusal itself goes unread here, so its page is not laid out a thousand times.
        """
        cells, before = 0, digest()
        for name, entry in OURS.items():
            address = self.address(name)
            for method, table in (("get", entry.get), ("post", entry.post)):
                answers = {}
                for role, expected in table.items():
                    data = entry.data(self) if method == "post" else None
                    is_done = method == "post" and expected in (OK, MOVED)
                    send = self.ask if is_done else self.send
                    answers[role] = self.verdict(send(role, method, address, data), address, expected)
                    cells += 1
                with self.subTest(name=name, method=method):
                    self.assertEqual(answers, table)
            with self.subTest("Nothing was changed", name=name):
                after = digest()
                self.assertEqual(after, before)
            before = after
        self.assertEqual(cells, len(OURS) * 2 * len(ROLES))

    def test_nothing_there_looks_just_like_nothing_for_you(self):
        compared = 0
        for name, entry in OURS.items():
            args = entry.args(self)
            if not args:
                continue
            address, nowhere = self.address(name), self.address(name, (MISSING_PK, *args[1:]))
            for method, table in (("get", entry.get), ("post", entry.post)):
                with self.subTest(name=name, method=method):
                    for role in (role for role in ("outsider", "attendee", "lead") if table[role] == MISSING):
                        data = entry.data(self) if method == "post" else None
                        there, gone = (self.ask(role, method, where, data) for where in (address, nowhere))
                        self.assertEqual(gone.status_code, MISSING, role)
                        self.assertEqual(plain(there, address), plain(gone, nowhere), role)
                        compared += 1
        self.assertGreater(compared, 100)

    def test_no_other_method_does_anything(self):
        for name in OURS:
            address = self.address(name)
            for method, roles in OTHER_METHODS.items():
                with self.subTest(name=name, method=method):
                    for role in roles:
                        allowed = {NO_METHOD, MOVED} if role == "stranger" or name == "set_language" else {NO_METHOD}
                        self.assertIn(self.ask(role, method, address).status_code, allowed, role)

    def test_a_part_of_another_whole_is_not_found(self):
        """The lead of one document, or the secretary of one meeting, reaches into another one's parts."""
        reaches = [
            ("lead", "get", "comments:revision", (self.document.pk, self.other_article.wid)),
            ("lead", "post", "comments:revision", (self.document.pk, self.other_article.wid)),
            ("lead", "post", "comments:structure", (self.document.pk, self.other_article.wid)),
            ("lead", "post", "comments:merge", (self.document.pk, self.other_article.wid)),
            ("lead", "post", "comments:proposal", (self.document.pk, self.other_article.wid)),
            ("lead", "post", "drafts:presence", (self.document.pk, self.other_article.wid)),
            ("lead", "post", "drafts:undoing", (self.document.pk, self.other_document.operations.first().pk)),
            ("lead", "get", "drafts:moment", (self.document.pk, self.other_document.operations.first().pk)),
            ("lead", "get", "drafts:history", (self.document.pk, self.other_article.wid)),
            ("lead", "get", "drafts:difference", (self.document.pk, self.other_article.wid, 1, 1)),
            ("lead", "post", "drafts:restoration", (self.document.pk, self.other_article.wid)),
            ("lead", "get", "comments:provision_comments", (self.document.pk, self.other_article.wid)),
            ("lead", "post", "drafts:seat_removal", (self.document.pk, self.other_seat.pk)),
            ("secretary", "post", "meetings:agenda_item_removal", (self.meeting.pk, self.other_item.pk)),
            ("secretary", "post", "meetings:agenda_item_place", (self.meeting.pk, self.other_item.pk)),
            ("secretary", "post", "meetings:attendee_removal", (self.meeting.pk, self.other_place.pk)),
        ]
        before = digest()
        for role, method, name, args in reaches:
            with self.subTest(name=name, method=method):
                data = OURS[name].data(self) if method == "post" else None
                response = getattr(self.clients[role], method)(reverse(name, args=args), data)
                self.assertEqual(response.status_code, MISSING)
        self.assertEqual(digest(), before)

    def test_forms_take_no_fields_they_do_not_show(self):
        """Whoever adds author, document, version or state to a body changes nothing by it."""
        extra = {
            "author": self.chi.pk,
            "recorded_by": self.chi.pk,
            "document": self.other_document.pk,
            "by": self.chi.pk,
            "version": 99,
            "id": MISSING_PK,
        }
        body = COMMENTS["comments:new"].data(self) | extra
        self.clients["commenter"].post(reverse("comments:new", args=[self.document.pk]), body)
        written = self.minh.comments.latest("pk")
        self.assertEqual((written.author, written.document, written.recorded_by), (self.minh, self.document, None))

    def test_nobody_speaks_for_a_unit_they_are_not_the_contact_of(self):
        body = COMMENTS["comments:new"].data(self) | {"on_behalf_of": self.agency.pk}
        self.clients["commenter"].post(reverse("comments:new", args=[self.document.pk]), body)
        self.assertFalse(self.agency.comments.exists())

    def test_what_somebody_may_not_see_cannot_be_put_on_the_table(self):
        """Ids in bodies: the meeting's secretary names a draft, and the drafter a predecessor, they have no seat on."""
        address = reverse("meetings:agenda", args=[self.meeting.pk])
        refused = self.clients["secretary"].post(address, {"agenda-document": self.other_document.pk})
        self.assertEqual(refused.status_code, 422)
        body = DRAFTS["drafts:description"].data(self) | {"predecessor": self.other_document.pk}
        refused = self.clients["drafter"].post(reverse("drafts:description", args=[self.document.pk]), body)
        self.assertEqual(refused.status_code, 422)


class DoorTests(WalkTestCase):
    def test_strangers_and_members_at_the_pages_of_signing_in(self):
        for name, (stranger, member) in DOOR.items():
            address = f"/{name}" if "/" in name else reverse(name, args=DOOR_ARGS.get(name, ()))
            for role, expected in (("stranger", stranger), ("deactivated", stranger), ("outsider", member)):
                with self.subTest(name=name, role=role):
                    response = self.ask(role, "get", address)
                    self.assertEqual(self.verdict(response, address, expected), expected)

    def test_posting_nothing_to_them_changes_nothing_and_breaks_nothing(self):
        before = digest()
        for name in DOOR:
            address = f"/{name}" if "/" in name else reverse(name, args=DOOR_ARGS.get(name, ()))
            for role in ("stranger", "outsider", "administrator"):
                with self.subTest(name=name, role=role):
                    self.assertLess(self.ask(role, "post", address).status_code, 500)
        self.assertEqual(digest(), before)


class AdministrationTests(WalkTestCase):
    def paths(self):
        """Every address of the administration, about the unit, the person and the rows of this world."""
        rows = {"unit": self.agency.pk, "user": self.minh.pk}
        for name, where in addresses().items():
            if not is_administrations(name):
                continue
            model = re.match(r"admin/[a-z]+/([a-z]+)/", where)
            pk = str(rows.get(model[1], MISSING_PK)) if model else "1"
            where = where.replace("^([^/]+)/history/([^/]+)/$", f"{pk}/history/1/")
            where = where.replace("^(?P<app_label>", "(").replace("(?P<url>.*)$", "nothing/here/")
            where = re.sub(r"\((\w+)\|[\w|]*\)/\$", r"\1/", where)
            yield "/" + re.sub(r"<[a-z:]*(object_id|content_type_id|id)>", pk, where)

    def test_only_administrators_are_let_in(self):
        before, walked = digest(), 0
        for path in self.paths():
            for role in ("stranger", "deactivated", "lead", "chair", "outsider"):
                with self.subTest(path=path, role=role):
                    for method in ("get", "post"):
                        response = self.ask(role, method, path)
                        is_out = response.status_code in (MOVED, REFUSED, MISSING) or path == "/admin/logout/"
                        self.assertTrue(is_out, (method, response.status_code))
                        self.assertNotIn("object-tools", response.content.decode())
                        walked += 1
        self.assertGreater(walked, 400)
        self.assertEqual(digest(), before)

    def test_administrators_meet_no_broken_page(self):
        for path in self.paths():
            with self.subTest(path):
                self.assertLess(self.ask("administrator", "get", path).status_code, 500)


class RoleTests(WalkTestCase):
    def test_the_roles_are_who_they_are_said_to_be(self):
        seats = {seat.user: seat.role for seat in self.document.seats.all()}
        for role in SEATED:
            self.assertEqual(seats[self.person[role]], {"lead": "lead_drafter"}.get(role, role))
        for role in UNSEATED:
            self.assertNotIn(self.person[role], seats)
