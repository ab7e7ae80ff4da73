"""Addresses of this room; a report's code is never part of one."""

from __future__ import annotations

from django.urls import path

from telusur.office.intake import following, opening, preserving, reporting, reports

app_name = "intake"
urlpatterns = [
    path("lapor/", reporting.report, name="report"),
    path("lapor/ikuti/", following.follow, name="follow"),
    path("laporan/", reports.listed, name="reports"),
    path("laporan/<uuid:report_id>/", reports.one, name="received"),
    path("laporan/<uuid:report_id>/berkas/<int:file_id>/", reports.file, name="report_file"),
    path("laporan/<uuid:report_id>/berkas/<int:file_id>/asli/", reports.original, name="report_original"),
    path("buka/", opening.open_case, name="open"),
    path("buka/<uuid:report_id>/", opening.open_case, name="open_report"),
    path("amankan/<uuid:case_id>/", preserving.preserve, name="preserve"),
]
