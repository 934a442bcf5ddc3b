from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from comments.finding import Comments
        from comments.gaps import open_opinions, rounds_disturbed
        from drafts import gates, searching

        gates.register(open_opinions)
        gates.register_warner(rounds_disturbed)
        searching.register(Comments())
