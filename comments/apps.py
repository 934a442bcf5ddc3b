from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments.consolidation import unanswered_by_unit
        from comments.finding import Comments
        from drafts import gates, searching

        gates.register(unanswered_by_unit)
        searching.register(Comments())
