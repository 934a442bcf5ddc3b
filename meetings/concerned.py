"""What a conclusion concerns: articles of the meeting's drafts and comments on them, as they are typed and shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.vietnamese import fold
from comments.access import comments_visible_in
from comments.models import Comment, CommentQuerySet
from drafts.jumping import read_jump
from drafts.models import Document, Provision
from drafts.searching import scope_of
from meetings.links import Seen
from meetings.models import Conclusion

MOST_TYPED = 400
_BETWEEN = re.compile(r"[,;\n]+")


def comments_to_link(user: User, documents: Iterable[int]) -> CommentQuerySet:
    """Comments on the drafts that the person may see now. Three queries."""
    return comments_visible_in(scope_of(user)).standing().sent().filter(document__in=documents)


class ConcernedFields(forms.Form):
    """For each draft a field for its articles, and one for the numbers of comments. Needs ``drafts`` and ``user``.

    ``cleaned_data`` gets ``articles`` and ``comments``; a draft whose article or comment is named is concerned too. In
    ``seen`` is what the conclusion concerned when the form was made: "d3 a17 a18 c12".
    """

    comment_numbers = forms.CharField(
        label=_("Comments it settles"),
        max_length=MOST_TYPED,
        required=False,
        help_text=_("Their numbers, for example: 12, 15."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, drafts: QuerySet[Document], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafts, self.user = list(drafts), user
        for draft in self.drafts:
            self.fields[f"articles-{draft.pk}"] = forms.CharField(
                label=_("Articles of “%(draft)s”") % {"draft": draft.title},
                max_length=MOST_TYPED,
                required=False,
                help_text=_("For example: Đ3, Đ12."),
                widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
            )
        if not self.drafts:
            del self.fields["comment_numbers"]

    @property
    def concerned(self) -> Iterator[Any]:
        """The fields, for the page."""
        if self.drafts:
            yield from (self[f"articles-{draft.pk}"] for draft in self.drafts)
            yield self["comment_numbers"]

    @property
    def has_concerned(self) -> bool:
        return any(field.value() or field.errors for field in self.concerned)

    def clean_seen(self) -> Seen:
        """Only what the person may see: nothing else was on the form, and so nothing else can be taken away."""
        keys = _read_seen(self.cleaned_data["seen"])
        drafts = {draft.pk for draft in self.drafts}
        articles = Provision.objects.filter(document__in=drafts, pk__in=keys.articles)
        comments = comments_to_link(self.user, drafts).filter(pk__in=keys.comments)
        return Seen(
            documents=keys.documents & drafts,
            articles=frozenset(articles.values_list("pk", flat=True)),
            comments=frozenset(comments.values_list("pk", flat=True)),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        articles: list[Provision] = []
        for draft in self.drafts:
            name = f"articles-{draft.pk}"
            if data.get(name):
                found, unknown = _articles(data[name], draft)
                articles += found
                if unknown:
                    said = gettext("There is no “%(place)s” in this draft. Type it as Đ12.")
                    self.add_error(name, said % {"place": "”, “".join(unknown)})
        comments = self._comments(data.get("comment_numbers") or "")
        concerned = {one.document_id for one in articles} | {one.document_id for one in comments}
        documents = {document.pk: document for document in data.get("documents", ())}
        documents |= {draft.pk: draft for draft in self.drafts if draft.pk in concerned}
        return data | {"articles": articles, "comments": comments, "documents": list(documents.values())}

    def _comments(self, typed: str) -> list[Comment]:
        numbers = list(dict.fromkeys(re.findall(r"\d{1,15}", typed)))
        if not numbers:
            return []
        found = list(comments_to_link(self.user, [draft.pk for draft in self.drafts]).filter(pk__in=numbers))
        unknown = [number for number in numbers if int(number) not in {comment.pk for comment in found}]
        if unknown:
            said = gettext("There is no comment %(numbers)s on the drafts of this meeting.")
            self.add_error("comment_numbers", said % {"numbers": ", ".join(unknown)})
        return found


def as_typed(conclusion: Conclusion, drafts: Iterable[Document], *, user: User) -> dict[str, str]:
    """The values of the fields for a conclusion that exists."""
    pks = [draft.pk for draft in drafts]
    typed: dict[str, str] = {}
    seen = [f"d{pk}" for pk in conclusion.documents.filter(pk__in=pks).values_list("pk", flat=True)]
    for article in conclusion.articles.filter(document__in=pks).order_by("position"):
        seen.append(f"a{article.pk}")
        name = f"articles-{article.document_id}"
        typed[name] = ", ".join(filter(None, [typed.get(name), str(article)]))
    visible = conclusion.comments.filter(pk__in=comments_to_link(user, pks).values("pk")).order_by("pk")
    comments = list(visible.values_list("pk", flat=True))
    typed["comment_numbers"] = ", ".join(map(str, comments))
    return typed | {"seen": " ".join([*seen, *(f"c{pk}" for pk in comments)])}


def _read_seen(words: str) -> Seen:
    keys = re.findall(r"\b([dac])(\d{1,15})\b", words)
    return Seen(*(frozenset(int(pk) for kind, pk in keys if kind == letter) for letter in "dac"))


def _articles(typed: str, draft: Document) -> tuple[list[Provision], list[str]]:
    """Those named by number ("Đ12") or by what the text calls them ("Phần II"), and the words that name none."""
    standing = [one for one in Provision.objects.filter(document=draft).standing() if one.kind != "chapter"]
    by_number = {one.number: one for one in standing if one.kind == Provision.Kind.ARTICLE}
    by_label = {fold(str(one)).strip(" .-"): one for one in reversed(standing)}
    found: dict[int, Provision] = {}
    unknown = []
    for part in (words for piece in _BETWEEN.split(typed) if (words := piece.strip())):
        jump = read_jump(part)
        named = by_number.get(jump.article) if jump else by_label.get(fold(part).strip(" .-"))
        if named is None:
            unknown.append(part)
        else:
            found[named.pk] = named
    return list(found.values()), unknown
