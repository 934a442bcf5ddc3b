from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftsConfig(AppConfig):
    name = "drafts"
    verbose_name = _("Drafts")

    def ready(self) -> None:
        from accounts.knowing import register_gate
        from drafts import finders, gates, searching, telling

        register_gate("draft", telling.may_know)
        gates.register(gates.missing_reasons)
        searching.register(finders.Documents())
        searching.register(finders.Articles())
