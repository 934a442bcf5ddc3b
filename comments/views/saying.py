"""What is said after an article was saved: when, what was taken in, and what that did to other proposals."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.requests import PersonRequest
from comments import proposing
from comments.at_hand import AtHand
from comments.proposing import Effect
from drafts.models import Operation, Provision
from drafts.views.places import undoing_place


def say_what_was_saved(
    request: PersonRequest, provision: Provision, operation: Operation | None, *, taken_in: Collection[int]
) -> None:
    """``provision`` is as it stood before; ``taken_in`` are the primary keys of the comments answered with it."""
    if operation is None:
        messages.info(request, _("The text is already the same; nothing was changed."))
        return
    clock = timezone.localtime(operation.at).strftime("%H:%M")
    said = _("%(article)s was saved at %(time)s.") % {"article": provision.label or provision, "time": clock}
    if taken_in:
        count = len(taken_in)
        took = ngettext("It takes in %(n)s comment.", "It takes in %(n)s comments.", count) % {"n": count}
        said = f"{said} {took}"
    messages.success(request, said, extra_tags=undoing_place(operation))
    for effect in effects_of(provision, user=request.user, but=taken_in):
        messages.warning(request, sentence_of(effect))


def effects_of(provision: Provision, *, user: User, but: Collection[int]) -> Iterable[Effect]:
    """What the change just saved did to the other proposals that are still to be decided."""
    at_hand = AtHand(provision, user=user)
    others = at_hand.undecided - set(but)
    before = [look for look in at_hand.outlooks(provision.text) if look.key in others]
    if not before:
        return []
    now = Provision.objects.values_list("text", flat=True).get(pk=provision.pk)
    return proposing.effects(before, at_hand.outlooks(now))


def sentence_of(effect: Effect) -> str:
    number = {"number": effect.key}
    if effect.before is proposing.State.DONE:
        return _("The text does not say what comment %(number)s proposes any more; look at it again.") % number
    if effect.after is proposing.State.DONE:
        return (
            _("Comment %(number)s proposes the same, and the text says it now; it still waits for its answer.") % number
        )
    if effect.after is proposing.State.MERGE:
        return (
            _(
                "Comment %(number)s proposes a change to the same words: it cannot be applied word for word any more; "
                "look at it again."
            )
            % number
        )
    if effect.after is proposing.State.UNCERTAIN:
        return (
            _(
                "It is not certain any more where the words stand that comment %(number)s proposes to change; "
                "look at it again."
            )
            % number
        )
    return _("The words that comment %(number)s proposes to change are gone now; look at it again.") % number
