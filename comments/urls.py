"""Addresses of reading a draft, commenting on it, what becomes of the comments, and revising an article beside them."""

from django.urls import path

from comments.views import (
    answering,
    applying,
    commenting,
    comparison,
    comparison_file,
    contributions,
    downloading,
    feedback,
    placing,
    reading,
    revising,
    rounds,
    synthesis,
    taking_over,
)

app_name = "comments"

provision = "drafts/<int:pk>/provisions/<uuid:wid>"

urlpatterns = [
    path("drafts/<int:pk>/", reading.reader, name="reader"),
    path("drafts/<int:pk>/download/", downloading.download, name="download"),
    path("drafts/<int:pk>/download/file/", downloading.download_file, name="download_file"),
    path("drafts/<int:pk>/articles/<str:number>/", reading.article, name="article"),
    path(f"{provision}/comments/", reading.provision_comments, name="provision_comments"),
    path(f"{provision}/revision/", revising.revision, name="revision"),
    path(f"{provision}/structure/", revising.structure, name="structure"),
    path(f"{provision}/merge/", revising.merge, name="merge"),
    path(f"{provision}/proposal/", applying.proposal, name="proposal"),
    path("drafts/<int:pk>/comments/new/", commenting.new, name="new"),
    path("drafts/<int:pk>/comments/difference/", commenting.difference, name="difference"),
    path("drafts/<int:pk>/comments/unplaced/", placing.unplaced, name="unplaced"),
    path("comments/<int:pk>/", commenting.comment, name="comment"),
    path("comments/<int:pk>/placing/", placing.placing, name="placing"),
    path("comments/<int:pk>/departure/", placing.departure, name="departure"),
    path("comments/<int:pk>/text/", commenting.text, name="text"),
    path("comments/<int:pk>/withdrawal/", commenting.withdrawal, name="withdrawal"),
    path("comments/<int:pk>/replies/", commenting.replies, name="replies"),
    path("comments/attachments/<int:pk>/", commenting.attachment, name="attachment"),
    path("drafts/<int:pk>/file-comments/", taking_over.file_comments, name="file_comments"),
    path("drafts/<int:pk>/feedback/", feedback.feedback, name="feedback"),
    path("drafts/<int:pk>/feedback/download/", synthesis.feedback_download, name="feedback_download"),
    path("drafts/<int:pk>/feedback/download/file/", synthesis.feedback_file, name="feedback_file"),
    path("comments/<int:pk>/response/", answering.response, name="response"),
    path("comments/<int:pk>/application/", applying.application, name="application"),
    path("drafts/<int:pk>/rounds/", rounds.listing, name="rounds"),
    path("drafts/<int:pk>/rounds/new/", rounds.new, name="new_round"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("rounds/<int:pk>/schedule/", rounds.schedule, name="round_schedule"),
    path("rounds/<int:pk>/closing/", rounds.closing, name="round_closing"),
    path("rounds/<int:pk>/visibility/", rounds.visibility, name="round_visibility"),
    path("rounds/<int:pk>/reminders/", rounds.reminders, name="round_reminders"),
    path("rounds/<int:pk>/invitations/", rounds.invitations, name="round_invitations"),
    path(
        "rounds/<int:pk>/invitations/<int:invitation_pk>/removal/", rounds.invitation_removal, name="invitation_removal"
    ),
    path("rounds/<int:pk>/answers/<int:invitation_pk>/", contributions.answer, name="answer"),
    path("comments/<int:pk>/leaving-out/", contributions.leaving_out, name="leaving_out"),
    path("comments/<int:pk>/taking-in/", contributions.taking_in, name="taking_in"),
    path("drafts/<int:pk>/comparison/", comparison.main, name="main_comparison"),
    path("drafts/<int:pk>/comparisons/", comparison.comparisons, name="comparisons"),
    path("comparisons/<int:pk>/", comparison.comparison, name="comparison"),
    path("comparisons/<int:pk>/download/", comparison_file.comparison_download, name="comparison_download"),
    path("comparisons/<int:pk>/download/file/", comparison_file.comparison_file, name="comparison_file"),
    path("comparisons/<int:pk>/matching/", comparison.matching, name="comparison_matching"),
    path("comparisons/<int:pk>/provisions/<uuid:wid>/", comparison.place, name="comparison_place"),
    path("comparisons/rows/<int:pk>/words/", comparison.words, name="comparison_words"),
    path("comparisons/rows/<int:pk>/confirmation/", comparison.confirmation, name="comparison_confirmation"),
    path(
        "comparisons/rows/<int:pk>/confirmation/removal/",
        comparison.confirmation_removal,
        name="comparison_confirmation_removal",
    ),
]
