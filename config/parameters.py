"""What addresses and forms carry as plain words, before anybody looked at it: numbers, and where to go back to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LARGEST_NUMBER = 2**31 - 1
"""Of a row, a version, a place in a list; longer words would be slow to read, or refused by ``int`` itself."""


def number_in(words: str) -> int | None:
    """The number in plain digits, 0 to LARGEST_NUMBER; None for anything else."""
    if not words.isdecimal() or len(words) > len(str(LARGEST_NUMBER)):
        return None
    number = int(words)
    return number if number <= LARGEST_NUMBER else None


def numbers_in(several: list[str]) -> list[int]:
    """The numbers among the words, each once, in their order."""
    numbers = (number_in(words) for words in dict.fromkeys(several))
    return list(dict.fromkeys(number for number in numbers if number is not None))


def page_of_ours(request: HttpRequest, address: str) -> str:
    """The address if it is of this site ("/drafts/", or with its name before it), else ""."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and "/" in address else ""
