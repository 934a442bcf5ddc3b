"""Words typed and not sent are kept by the browser; here it learns which of them have arrived.

A form that was accepted is named in the session until it is next shown, so that it then comes empty.
"""

from __future__ import annotations

from accounts.requests import PersonRequest

_ARRIVED = "forms_arrived"
_MOST = 50


def has_arrived(request: PersonRequest, name: str) -> None:
    """Remember that the form of that name was accepted."""
    names = [known for known in request.session.get(_ARRIVED, []) if known != name]
    request.session[_ARRIVED] = [*names, name][-_MOST:]


def take_arrived(request: PersonRequest, names: list[str]) -> list[str]:
    """Which of the named forms were accepted since they were last shown; asked once."""
    arrived = request.session.get(_ARRIVED, [])
    found = [name for name in names if name in arrived]
    if found:
        request.session[_ARRIVED] = [name for name in arrived if name not in found]
    return found
