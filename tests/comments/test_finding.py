"""Searching comments: what is sealed is not found, not counted, and changes no order."""

import datetime as dt
import uuid

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from comments import rounds, services
from comments.access import comments_visible_in, visible_comments
from comments.models import Comment, Consultation, Invitation
from drafts.access import get_document_for
from drafts.inquiry import inquire
from drafts.photographs import edition_text
from drafts.searching import find, scope_of
from tests.people import DraftTestCase, make_document


class CommentsFoundTests(DraftTestCase):
    def comment(self, text, *, by=None, proposed_text="", quote="", article=None):
        sheet = edition_text(self.edition).find(article.wid) if article else None
        return services.add_comment(
            self.edition,
            by=by or self.minh,
            key=uuid.uuid4(),
            kind="wording",
            text=text,
            proposed_text=proposed_text,
            sheet=sheet,
            selection=services.Selection(quote),
        )

    def found(self, typed, user):
        return find(inquire(typed), scope=scope_of(user), kinds=["comments"], limit=20)[0].hits

    def seal(self, visibility=Consultation.Visibility.SEALED_UNTIL_CLOSE, **fields):
        closes_at = timezone.now() + dt.timedelta(days=3)
        return rounds.open_consultation(
            self.edition,
            by=self.thu,
            closes_at=closes_at,
            visibility=visibility,
            people=[self.minh, self.dai],
            **fields,
        )

    def test_text_proposal_and_quoted_words_are_found(self):
        comment = self.comment(
            "Nên gọn hơn", proposed_text="Thường trực quyết định", quote="cá nhân phụ trách", article=self.article_2
        )
        for typed in ("nen gon hon", "thường trực", "ca nhan phu trach"):
            (hit,) = self.found(typed, self.dai)
            self.assertEqual(hit.url, reverse("comments:comment", args=[comment.pk]))
        self.assertIn("Khoản 1 Điều 2", hit.facts)
        self.assertEqual([p.text for p in hit.snippet.pieces if p.is_found], ["cá", "nhân", "phụ", "trách"])

    def test_what_is_sealed_is_its_authors_units_and_the_drafters(self):
        self.comment("Chim yến", by=self.dai)
        self.assertEqual(len(self.found("chim yến", self.minh)), 1)
        self.seal()
        for user, count in ((self.minh, 0), (self.dai, 1), (self.lan, 1), (self.thu, 1), (self.chi, 1), (self.hoa, 0)):
            self.assertEqual(len(self.found("chim yến", user)), count, user)

    def test_who_has_sent_their_own_finds_the_others(self):
        self.comment("Chim yến", by=self.dai)
        round_ = self.seal(Consultation.Visibility.SEALED_UNTIL_SENT)
        self.assertEqual(len(self.found("chim yến", self.minh)), 0)
        Invitation.objects.filter(consultation=round_, user=self.minh).update(answered_at=timezone.now())
        self.assertEqual(len(self.found("chim yến", self.minh)), 1)

    def test_a_withdrawn_comment_is_not_found(self):
        services.withdraw_comment(self.comment("Chim yến"), by=self.minh)
        self.assertEqual(self.found("chim yến", self.lan), [])

    def test_all_documents_at_once_show_what_each_shows_alone(self):
        self.comment("Một", by=self.dai)
        other = make_document(by=self.chi, title="Quy chế khác")
        self.seal()
        for user in (self.lan, self.minh, self.dai, self.thu, self.chi, self.hoa):
            alone = set()
            for document in (self.document, other):
                try:
                    alone |= set(visible_comments(user, get_document_for(user, "read", pk=document.pk)))
                except Http404:
                    continue
            self.assertEqual(set(comments_visible_in(scope_of(user))), alone, user)

    def test_the_newest_stands_first(self):
        first, second = self.comment("Chim yến một"), self.comment("Chim yến hai")
        urls = [hit.url for hit in self.found("chim yen", self.lan)]
        self.assertEqual(urls, [reverse("comments:comment", args=[c.pk]) for c in (second, first)])
        self.assertEqual(Comment.objects.count(), 2)
