"""No depth of calls is slow: neither in a request, nor in a task, nor in a command."""

import inspect
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

from config import services
from config.celery import app
from config.stack import WORDS, with_room

DEPTHS = range(600)


def has_room():
    """Whether one of the calls this one stands in took room for the others."""
    frame = inspect.currentframe()
    while frame := frame.f_back:
        if frame.f_code.co_stacksize == WORDS:
            return True
    return False


def costs_of_a_call():
    """At each depth, in seconds: the least of five times two hundred."""

    def callee():
        pass

    def measured():
        begun = time.perf_counter()
        for _ in range(200):
            callee()
        return time.perf_counter() - begun

    def deep(depth):
        return deep(depth - 1) if depth else min(measured() for _ in range(5))

    return [deep(depth) for depth in DEPTHS]


def in_a_thread_of_its_own(call):
    """With nothing on the stack: pytest's own calls have room already (conftest)."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()


@login_not_required
def view(request):
    return HttpResponse(str(has_room()))


urlpatterns = [path("", view)]


def test_no_depth_is_slow():
    costs = sorted(in_a_thread_of_its_own(with_room(costs_of_a_call)))
    assert costs[-1] < 20 * costs[len(costs) // 2]


@override_settings(ROOT_URLCONF=__name__)
def test_a_request_has_room():
    said = in_a_thread_of_its_own(lambda: Client().get("/"))
    assert said.content == b"True"


def test_a_task_has_room():
    task = app.task(has_room, name="tests.has_room")
    try:
        assert in_a_thread_of_its_own(task)
    finally:
        del app.tasks["tests.has_room"]


def test_a_command_has_room():
    asked = (
        "import sys, manage, tests.config.test_stack as here; sys.argv = ['manage.py', 'shell', '-v0', '-c', "
        "'from tests.config.test_stack import has_room; print(has_room())']; manage.main()"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=services.ROOT, capture_output=True, text=True)
    assert done.stdout.strip().endswith("True"), done.stderr


def test_names_and_arguments_stay():
    @with_room
    def said(name, *, loud=False):
        return name.upper() if loud else name

    assert (said.__name__, said("Điều", loud=True)) == ("said", "ĐIỀU")
