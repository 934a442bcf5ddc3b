"""``manage.py load_demo``: the demonstration, once, and never in production."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import demonstration

PASSWORD = "gop-y-du-thao"
ACCOUNTS = {
    "chutri": "chủ trì",
    "thuky": "thư ký",
    "bantochuc": "cơ quan soạn thảo",
    "uyvien": "ủy viên, góp ý",
    "daibieu": "đại biểu, góp ý",
    "khach": "không có vai trò nào",
    "quantri": "quản trị",
}


class Command(BaseCommand):
    help = "Load the demonstration: four texts, comments, a consultation and a meeting held yesterday."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demonstration has known passwords; it is not loaded with production settings.")
        if demonstration.is_loaded():
            self.stdout.write("The demonstration is loaded already.")
            return
        demonstration.load(password=PASSWORD)
        self.stdout.write("The demonstration is loaded.")
