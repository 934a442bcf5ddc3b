import gc

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = "Góp ý dự thảo"

    def ready(self) -> None:
        from config import celery  # noqa: F401  (tasks bind to our Celery application, not to a default one)

        # What is loaded by now stays. Programs look for rubbish from here on, and never again through all of this:
        # they start sooner, and a process that is forked goes on sharing it.
        gc.freeze()
        gc.enable()
