"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from telusur.office.setup import beginning, changes, office, onward, people

app_name = "setup"
urlpatterns = [
    path("", office.office, name="office"),
    path("lanjut/", onward.onward, name="onward"),
    path("orang/", people.listed, name="people"),
    path("orang/baru/", people.new, name="new"),
    path("orang/<int:user_id>/", people.person, name="person"),
    path("orang/<int:user_id>/kata-sandi/", people.passphrase, name="passphrase"),
    path("orang/<int:user_id>/ponsel/", people.factor, name="factor"),
    path("orang/<int:user_id>/tutup/", people.close, name="close"),
    path("catatan/", changes.listed, name="changes"),
    path("mulai/", beginning.begin, name="begin"),
    path("mulai/administrator/", beginning.administrator, name="administrator"),
    path("mulai/kantor/", beginning.office, name="first_office"),
    path("mulai/kunci/", beginning.keys_page, name="keys"),
    path("mulai/kunci/lembar/", beginning.sheet, name="sheet"),
    path("mulai/selesai/", beginning.finish, name="finish"),
    path("mulai/<str:secret>/", beginning.enter, name="enter"),
]
