from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = "Góp ý dự thảo"

    def ready(self) -> None:
        from config import celery  # noqa: F401  (tasks bind to our Celery application, not to a default one)
