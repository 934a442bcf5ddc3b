import datetime as dt

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from drafts import tasks
from drafts.models import SourceFile
from drafts.sources import KEPT_DAYS
from tests.people import DraftTestCase


class UnclaimedFilesTests(DraftTestCase):
    def upload(self, *, days_ago, document=None):
        at = timezone.now() - dt.timedelta(days=days_ago)
        file = ContentFile(b"x", name="x")
        return SourceFile.objects.create(
            file=file, name="x", sha256="0" * 64, size=1, by=self.lan, at=at, document=document
        )

    def test_only_old_files_without_a_draft_are_deleted(self):
        old = self.upload(days_ago=KEPT_DAYS + 1)
        kept = [self.upload(days_ago=KEPT_DAYS - 1), self.upload(days_ago=KEPT_DAYS + 1, document=self.document)]
        with self.captureOnCommitCallbacks(execute=True):
            self.assertEqual(tasks.drop_unclaimed_files(), 1)
        self.assertFalse(old.file.storage.exists(old.file.name))
        self.assertCountEqual(SourceFile.objects.all(), kept)

    def test_the_clock_looks(self):
        names = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
        self.assertIn(tasks.drop_unclaimed_files.name, names)
