"""Where everything is. Each room lists its own addresses; no address holds a name or a NIP."""

from __future__ import annotations

from django.urls import include, path

from telusur.office import health, language

handler400 = "telusur.office.errors.unreadable"
handler403 = "telusur.office.errors.forbidden"
handler404 = "telusur.office.errors.missing"
handler500 = "telusur.office.errors.broken"

urlpatterns = [
    path("", include("telusur.office.public.urls")),
    path("meja/", include("telusur.office.desk.urls")),
    path("terima/", include("telusur.office.intake.urls")),
    path("tanggapan/", include("telusur.office.portal.urls")),
    path("surat/", include("telusur.office.letters.urls")),
    path("kantor/", include("telusur.office.setup.urls")),
    path("audit/", include("telusur.office.audit.urls")),
    path("masuk/", include("allauth.urls")),
    path("bahasa/", language.choose, name="language"),
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
]
