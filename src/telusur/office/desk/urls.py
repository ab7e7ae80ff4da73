"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from telusur.office.desk import acting, case, exhibits, incidents, ledger, queue

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("daftar.csv", queue.as_csv, name="queue_csv"),
    path("berkas/<uuid:case_id>/", case.page, name="case"),
    path("berkas/<uuid:case_id>/lakukan/<slug:name>/", acting.act, name="act"),
    path("berkas/<uuid:case_id>/penelusuran/", case.runs, name="runs"),
    path("berkas/<uuid:case_id>/peristiwa/", incidents.show, name="incident"),
    path("berkas/<uuid:case_id>/bundel/<slug:digest>.json", incidents.bundle, name="bundle"),
    path("berkas/<uuid:case_id>/bukti/<uuid:exhibit_id>/", exhibits.show, name="exhibit"),
    path("berkas/<uuid:case_id>/bukti/<uuid:exhibit_id>/asli/", exhibits.original, name="original"),
    path("berkas/<uuid:case_id>/buku-besar/", ledger.page, name="ledger"),
    path("berkas/<uuid:case_id>/bundel-bukti.zip", ledger.evidence_bundle, name="evidence_bundle"),
    path("berkas/<uuid:case_id>/nip/", case.nip, name="nip"),
]
