from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from comments import chain
        from drafts import searching
        from meetings.finding import Conclusions, conclusions_on

        searching.register(Conclusions())
        chain.register(conclusions_on)
