"""The matters of a meeting and what there is to read for them: the text on the table, and files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from comments.files import Checked
from config.errors import RuleBrokenError
from drafts import diary
from drafts.models import Document, Edition, Operation
from drafts.photographs import edition_text
from drafts.texts import clean
from meetings.access import get_meeting_for
from meetings.holding import hold
from meetings.models import AgendaItem, AgendaPaper, Meeting
from meetings.reading import Page, pages_of

MOST_PAPERS = 20


@dataclass
class Matter:
    """One matter with what the person may read of it: the text on the table and the files."""

    item: AgendaItem
    draft: Document | None
    title: str = ""
    pages: list[Page] = field(default_factory=list)
    papers: list[AgendaPaper] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """There is a draft, and the person has no seat on it."""
        return self.item.document_id is not None and self.draft is None


def matters(meeting: Meeting, *, user: User) -> list[Matter]:
    """The agenda without texts: files only of matters the person may read. Three queries."""
    drafts = Document.objects.visible_to(user).filter(agenda_items__meeting=meeting).distinct().in_bulk()
    found = []
    for item in meeting.agenda.select_related("edition").prefetch_related("papers"):
        matter = Matter(item, drafts.get(item.document_id) if item.document_id else None)
        if not matter.is_closed:
            matter.papers = list(item.papers.all())
        found.append(matter)
    return found


def matters_to_read(meeting: Meeting, *, user: User) -> list[Matter]:
    """The same with the texts on the table; a recalled edition is not read. Editions are read from memory, mostly."""
    found = matters(meeting, user=user)
    on_the_table = [matter.item.edition_id for matter in found if matter.draft and matter.item.edition_id]
    recalled = set(Edition.objects.filter(pk__in=on_the_table, recall__isnull=False).values_list("pk", flat=True))
    for matter in found:
        edition = matter.item.edition
        if matter.draft is not None and edition is not None and edition.pk not in recalled:
            text = edition_text(edition)
            matter.title, matter.pages = text.title, pages_of(text)
    return found


def get_paper_for(user: User, *, pk: int) -> AgendaPaper:
    """A file of a meeting the person was asked to; of a matter with a draft, for those with a seat on it alone."""
    paper = get_object_or_404(AgendaPaper.objects.select_related("item"), pk=pk)
    get_meeting_for(user, "read", pk=paper.item.meeting_id)
    document = paper.item.document_id
    if document is not None and not Document.objects.visible_to(user).filter(pk=document).exists():
        raise Http404
    return paper


@transaction.atomic
def edit_agenda_item(
    item: AgendaItem,
    *,
    by: User,
    title: str,
    presenter: str = "",
    minutes: int | None = None,
    edition: Edition | None = None,
    attached: Iterable[Checked] = (),
) -> AgendaItem:
    """Change what stands on the agenda, and attach files; the same file is attached once."""
    item = _locked(item)
    title = clean(title).replace("\n", " ")[:300]
    if not title:
        raise RuleBrokenError(_("Name the matter or choose a draft."))
    fields = {"title": title, "presenter": clean(presenter)[:200], "minutes": minutes, "edition": edition}
    changed = {name: value for name, value in fields.items() if getattr(item, name) != value}
    known = set(item.papers.values_list("digest", flat=True))
    new = {file.sha256: file for file in attached if file.sha256 not in known}
    if len(known) + len(new) > MOST_PAPERS:
        raise RuleBrokenError(_("A matter has at most %(count)s papers.") % {"count": MOST_PAPERS})
    if not changed and not new:
        return item
    operation = diary.start(Operation.Kind.ARRANGED, by=by)
    if changed:
        diary.change(operation, item, **changed)
    rows = []
    for file in new.values():
        row = AgendaPaper(
            item=item, name=file.name, content_type=file.content_type, size=file.file.size or 0, digest=file.sha256
        )
        row.file.save(file.name, file.file, save=False)
        rows.append(row)
    diary.add(operation, rows)
    return item


@transaction.atomic
def remove_paper(paper: AgendaPaper, *, by: User) -> None:
    """Take a file off the matter; it stays in the record."""
    _locked(paper.item)
    still = AgendaPaper.objects.filter(pk=paper.pk)
    if still:
        diary.remove(diary.start(Operation.Kind.ARRANGED, by=by), still)


def _locked(item: AgendaItem) -> AgendaItem:
    hold(item.meeting)
    found = AgendaItem.objects.filter(pk=item.pk).first()
    if found is None:
        raise RuleBrokenError(_("Somebody has just removed this."))
    return found
