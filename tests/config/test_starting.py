"""What a program has done by the time it is ready."""

import os
import subprocess
import sys

import pytest

from config import services

READY = "assert gc.isenabled() and gc.get_freeze_count() > 100_000, (gc.isenabled(), gc.get_freeze_count())"


@pytest.mark.parametrize(
    "program",
    [
        f"import gc, sys, config.wsgi; {READY}; assert 'comments.views.reading' in sys.modules, 'views come later'",
        f"import gc, config.celery, django; django.setup(); {READY}",
        f"import gc, manage; manage.sys.argv = ['manage.py', 'version']; manage.main(); {READY}",
    ],
    ids=["web", "worker", "command"],
)
def test_rubbish_is_looked_for_again_and_what_was_loaded_is_left_out_of_it(program):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=services.ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
