"""Acts: who did what to a document, when and why."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Operation(models.Model):
    """One act of one person: what it did is in the history rows that name it. Never changed, never deleted."""

    class Kind(models.TextChoices):
        IMPORTED = "imported", _("imported a draft")
        DESCRIBED = "described", _("changed the document's description")
        REVISED = "revised", _("revised an article")
        RESTORED = "restored", _("restored an earlier version")
        UNDONE = "undone", _("undid an act")
        REIMPORTED = "reimported", _("took over a new Word version")
        INSERTED = "inserted", _("inserted an article")
        SPLIT = "split", _("split an article")
        MERGED = "merged", _("merged articles")
        MOVED = "moved", _("moved an article")
        REMOVED = "removed", _("removed from the text")
        REINSTATED = "reinstated", _("put back into the text")
        RENUMBERED = "renumbered", _("renumbered")
        ISSUED = "issued", _("issued an edition")
        RECALLED = "recalled", _("recalled an edition")
        COMPARED = "compared", _("worked on the comparison table")
        ARRANGED_PAPERS = "arranged_papers", _("changed the layout of papers")
        STAGED = "staged", _("moved the document to another stage")
        SEATED = "seated", _("changed who takes part")
        HANDED_OVER = "handed_over", _("handed work over")
        CONSULTED = "consulted", _("opened a consultation")
        ROUND_CHANGED = "round_changed", _("changed a consultation")
        SENT = "sent", _("sent an answer to a consultation")
        ASKED = "asked", _("wrote an opinion sheet")
        SHEET_RETURNED = "sheet_returned", _("returned an opinion sheet")
        COMMENTED = "commented", _("commented")
        CONFIRMED = "confirmed", _("confirmed a recorded comment")
        AGREED = "agreed", _("agreed with a comment")
        REWORDED = "reworded", _("edited a comment")
        WITHDREW = "withdrew", _("withdrew a comment")
        REPLIED = "replied", _("replied to a comment")
        PLACED = "placed", _("placed a comment in the present text")
        PROPOSED = "proposed", _("proposed an answer")
        APPROVED = "approved", _("approved a proposed answer")
        GAVE_BACK = "gave_back", _("gave a proposed answer back")
        ANSWERED = "answered", _("answered a comment")
        SATISFIED = "satisfied", _("was satisfied with an answer")
        REOPENED = "reopened", _("contested an answer")
        RULED = "ruled", _("ruled on a contested answer")
        RESERVED = "reserved", _("reserved an opinion")
        GROUPED = "grouped", _("grouped comments by topic")
        ALLOTTED = "allotted", _("asked a colleague to answer")
        FLAGGED = "flagged", _("put a comment forward for the meeting")
        NOTED = "noted", _("wrote an internal note")
        PHRASED = "phrased", _("changed the phrases of the office")
        CONVENED = "convened", _("convened a meeting")
        ARRANGED = "arranged", _("changed a meeting's arrangements")
        ATTENDED = "attended", _("recorded attendance")
        LED = "led", _("led the meeting")
        VOTED = "voted", _("voted in a meeting")
        CONCLUDED = "concluded", _("recorded a conclusion")
        SUBMITTED = "submitted", _("submitted the conclusions to the chair")
        AGREED_CONCLUSIONS = "agreed_conclusions", _("agreed to the conclusions")
        GAVE_BACK_CONCLUSIONS = "gave_back_conclusion", _("gave the conclusions back")
        REPEATED = "repeated", _("repeated a comment on another draft")
        SIGNED = "signed", _("signed the notice of conclusions")
        ASSIGNED = "assigned", _("assigned a task")
        PROGRESSED = "progressed", _("reported on a task")
        REASSIGNED = "reassigned", _("gave a task to others")
        ASKED_TIME = "asked_time", _("asked for more time")
        DECIDED_TIME = "decided_time", _("decided on more time")
        STOOD_IN = "stood_in", _("named a stand-in")

    append_only = True

    document = models.ForeignKey("Document", models.PROTECT, null=True, related_name="operations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["document", "-id"], name="operations_of_a_document")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"

    @property
    def taken_back(self) -> tuple[Operation, bool]:
        """Of an undoing: the act it is about in the end, and whether that is done again, as undoing an undoing does."""
        act, is_again = self, True
        while act.undoes is not None:
            act, is_again = act.undoes, not is_again
        return act, is_again
