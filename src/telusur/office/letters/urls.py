"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from telusur.office.letters import views

app_name = "letters"
urlpatterns = [
    path("<uuid:case_id>/", views.listed, name="list"),
    path("<uuid:case_id>/lihat/<slug:text_id>/", views.preview, name="preview"),
    path("<uuid:case_id>/<uuid:letter_id>.pdf", views.show, name="show"),
]
