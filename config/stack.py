"""Room on Python's stack, so that no depth of calls is slow.

Python keeps the frames of its calls in pieces of 16 KiB. Where a loop stands just below the end of one, each of its
calls asks the system for the next piece and gives it back: two hundred times as slow as any other call. Templates and
queries nest so deeply that this happens on every page. A call takes its whole frame from one piece, so one call that
asks for more than it needs leaves the rest of a large piece to all calls within. (CPython, gh-142183; Python 3.13 and
3.14 keep one piece back since March 2026.)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# More than half of a piece of 512 KiB, in words of 8 bytes: the other half holds two thousand calls. Memory that is
# not touched is not taken.
WORDS = 33_000


def with_room(call: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """``call``, in whose depths no further piece is needed."""

    @wraps(call)
    def roomy(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        return call(*args, **kwargs)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=WORDS)  # type: ignore[attr-defined]
    return roomy
