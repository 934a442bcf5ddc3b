from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from accounts.knowing import register_gate
        from comments import chain
        from drafts import searching
        from meetings import telling
        from meetings.finding import Conclusions, conclusions_about, conclusions_on

        register_gate("task", telling.may_know)
        register_gate("meeting", telling.may_know_meetings)
        searching.register(Conclusions())
        chain.register(conclusions_on)
        chain.register_for_comments(conclusions_about)
