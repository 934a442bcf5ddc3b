from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments.consolidation import unanswered_by_unit
        from drafts import gates

        gates.register(unanswered_by_unit)
