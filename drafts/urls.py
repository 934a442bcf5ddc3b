"""Addresses of the workshop; the reading page of a draft belongs to the comments."""

from django.urls import path

from drafts.views import (
    about,
    checks,
    corrections,
    editions,
    files,
    history,
    imports,
    listing,
    papers,
    presence,
    reimports,
    restructuring,
    search,
    submission,
    taking_part,
    timeline,
)

app_name = "drafts"

reimport = "drafts/<int:pk>/reimports/<int:reimport_pk>"
provision = "drafts/<int:pk>/provisions/<uuid:wid>"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("drafts/", listing.document_list, name="list"),
    path("drafts/import/", imports.upload, name="import"),
    path("drafts/import/<int:pk>/", imports.preview, name="import_preview"),
    path("drafts/import/<int:pk>/removal/", imports.removal, name="import_removal"),
    path("drafts/import/<int:pk>/corrections/", corrections.corrections, name="import_corrections"),
    path("drafts/import/<int:pk>/corrections/removal/", corrections.removal_of_all, name="import_corrections_removal"),
    path(
        "drafts/import/<int:pk>/corrections/<int:index>/removal/",
        corrections.removal,
        name="import_correction_removal",
    ),
    path("papers/", papers.layout_list, name="papers"),
    path("papers/new/", papers.new_layout, name="paper_new"),
    path("papers/preview/", papers.layout_preview, name="paper_preview"),
    path("papers/<int:pk>/", papers.layout, name="paper"),
    path("papers/<int:pk>/withdrawal/", papers.layout_withdrawal, name="paper_withdrawal"),
    path("drafts/<int:pk>/about/", about.about, name="about"),
    path("drafts/<int:pk>/sources/<int:source_pk>/", files.source_file, name="source_file"),
    path("drafts/<int:pk>/reimports/", reimports.upload, name="reimports"),
    path(f"{reimport}/", reimports.reimport, name="reimport"),
    path(f"{reimport}/decisions/", reimports.decisions, name="reimport_decisions"),
    path(f"{reimport}/matches/", reimports.matches, name="reimport_matches"),
    path(f"{reimport}/base/", reimports.base, name="reimport_base"),
    path(f"{reimport}/application/", reimports.application, name="reimport_application"),
    path(f"{reimport}/removal/", reimports.removal, name="reimport_removal"),
    path("drafts/<int:pk>/description/", about.description, name="description"),
    path("drafts/<int:pk>/editions/", editions.editions, name="editions"),
    path("drafts/<int:pk>/editions/new/", editions.new, name="new_edition"),
    path("drafts/<int:pk>/editions/difference/", editions.difference, name="edition_difference"),
    path("drafts/<int:pk>/editions/<int:number>/recall/", editions.recall, name="recall"),
    path("drafts/<int:pk>/stage/", about.stage, name="stage"),
    path("drafts/<int:pk>/submission/", submission.submission, name="submission"),
    path("drafts/<int:pk>/seats/", taking_part.seats, name="seats"),
    path("drafts/<int:pk>/seats/<int:seat_pk>/removal/", taking_part.seat_removal, name="seat_removal"),
    path("drafts/<int:pk>/presence/", presence.writers, name="writers"),
    path(f"{provision}/presence/", presence.presence, name="presence"),
    path("drafts/<int:pk>/outline/", restructuring.outline, name="outline"),
    path("drafts/<int:pk>/restructuring/", restructuring.restructuring, name="restructuring"),
    path("drafts/<int:pk>/operations/<int:operation_pk>/undoing/", restructuring.undoing, name="undoing"),
    path("drafts/<int:pk>/checks/", checks.checks, name="checks"),
    path("drafts/<int:pk>/checks/mending/", checks.mending, name="mending"),
    path("drafts/<int:pk>/history/", timeline.timeline, name="timeline"),
    path("drafts/<int:pk>/history/<int:operation_pk>/", timeline.moment, name="moment"),
    path("drafts/<int:pk>/changes/", timeline.difference, name="changes"),
    path(f"{provision}/history/", history.history, name="history"),
    path(f"{provision}/history/<int:old>/<int:new>/", history.difference, name="difference"),
    path(f"{provision}/restoration/", history.restoration, name="restoration"),
]
