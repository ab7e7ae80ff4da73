"""Addresses of the auditor."""

from __future__ import annotations

from django.urls import path

from telusur.office.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.page, name="page"),
    path("kemajuan/", views.progress, name="progress"),
    path("lakukan/<slug:act>/", views.act, name="act"),
    path("<int:run_id>/laporan/", views.report, name="report"),
    path("<int:run_id>/audit.json", views.document, name="document"),
]
