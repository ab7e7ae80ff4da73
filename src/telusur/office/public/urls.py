"""Addresses of this room. None holds an answer: what somebody answers travels in the form."""

from __future__ import annotations

from django.urls import path

from telusur.office.public import deadlines, guide, home, rules, selfcheck, selfreport, transparency, verify

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("periksa/", selfcheck.start, name="selfcheck"),
    path("periksa/pribadi/", selfcheck.person, name="selfcheck-person"),
    path("periksa/instansi/", selfcheck.agency, name="selfcheck-agency"),
    path("tenggat/", deadlines.deadline, name="deadline"),
    path("aturan/", rules.front, name="rules"),
    path("aturan/latar/", rules.background, name="rules-background"),
    path("aturan/<path:rule_id>/", rules.rule, name="rule"),
    path("periksa-bukti/", verify.verify, name="verify"),
    path("periksa-bukti/checkpoint.note", verify.checkpoint, name="checkpoint"),
    path("keterbukaan/", transparency.transparency, name="transparency"),
    path("keterbukaan/<int:release>/<str:file>", transparency.published, name="published"),
    path("akun-diambil-alih/", guide.platforms, name="takeover"),
    path("akun-diambil-alih/laporan-diri/", selfreport.report, name="selfreport"),
    path("akun-diambil-alih/<slug:platform>/", guide.platform, name="takeover-platform"),
]
