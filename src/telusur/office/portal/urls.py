"""Addresses of this room. None names a case: which one it is, the session knows."""

from __future__ import annotations

from django.urls import path

from telusur.office.portal import answering, asking, entering, pages, records

app_name = "portal"
urlpatterns = [
    path("", entering.enter, name="enter"),
    path("frasa/", entering.choose, name="choose"),
    # These two end as the office's own do: the script of the pages finds its way between them by that.
    path("login/", entering.login, name="login"),
    path("logout/", entering.leave, name="leave"),
    path("berkas/", pages.page, name="page"),
    path("berkas/unduh/", pages.whole, name="whole"),
    path("bukti/<uuid:exhibit_id>/", pages.evidence, name="evidence"),
    path("surat/<uuid:letter_id>/", pages.letter, name="letter"),
    path("tenggat/<slug:term_id>/", pages.term, name="term"),
    path("jawab/", answering.answer, name="answer"),
    path("tanda-terima/<int:number>/", answering.receipt, name="receipt"),
    path("catatan/", records.records, name="records"),
    path("perpanjangan/", asking.extension, name="extension"),
    path("upaya/", asking.remedy, name="remedy"),
    path("lepas/", asking.waiver, name="waiver"),
]
