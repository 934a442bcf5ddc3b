"""The map of the site."""

from importlib.util import find_spec

from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
for app in ("accounts", "drafts", "comments", "meetings"):
    if find_spec(f"{app}.urls"):
        urlpatterns.append(path("", include(f"{app}.urls")))
if not find_spec("drafts.urls"):
    urlpatterns.append(path("", lambda request: HttpResponse("ok"), name="home"))
