"""What every request passes through before and after our views."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from config.stack import with_room

Handler = Callable[[HttpRequest], HttpResponse]


def room_for_calls(get_response: Handler) -> Handler:
    """The first of all, so that everything else happens where calls are quick."""

    @with_room
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware


def response_headers(get_response: Handler) -> Handler:
    """Private pages stay out of every cache, and no page uses the device's senses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def language_of_choice(get_response: Handler) -> Handler:
    """Vietnamese, unless the person chose otherwise in the account menu: what the browser speaks does not count.

    Office machines often run an English Windows; their users still read Vietnamese first.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.setdefault("Content-Language", language)
        return response

    return middleware


def refuse_unreadable_input(get_response: Handler) -> Handler:
    """NUL and lone surrogates cannot be stored: they are answered with 400 instead of failing at the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_unreadable([request.path, *request.COOKIES.values(), *words(request.GET)]):
            raise BadRequest("The address holds characters that cannot be read.")
        return get_response(request)

    def process_view(request: HttpRequest, *view_and_arguments: object) -> None:
        if request.method == "POST" and is_unreadable(words(request.POST)):
            raise BadRequest("The form holds characters that cannot be read.")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def words(parameters: QueryDict) -> Iterable[str]:
    for name, values in parameters.lists():
        yield name
        yield from values


def is_unreadable(texts: Iterable[str]) -> bool:
    return any("\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text) for text in texts)


def redirect_whole_page_to_sign_in(get_response: Handler) -> Handler:
    """A part of a page asked for by a signed-out person becomes a move of the whole page to the sign-in, and back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseRedirect) or request.headers.get("HX-Request") != "true":
            return response
        sign_in = reverse(settings.LOGIN_URL)
        if urlsplit(response.url).path != sign_in:
            return response
        came_from = HtmxDetails(request).current_url_abs_path or settings.LOGIN_REDIRECT_URL
        return HttpResponseClientRedirect(f"{sign_in}?{urlencode({'next': resolve_url(came_from)})}")

    return middleware
