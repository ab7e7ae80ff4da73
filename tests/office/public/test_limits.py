"""How often one machine may have papers made, and ask the rules."""

import pytest

from telusur.office import limits
from telusur.office.public import selfreport

REPORT = {"platform": "x", "akun": "akun_contoh", "lakukan": "pdf"}


def test_the_self_check_is_not_asked_without_end(client, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "selfcheck", (2, 60))
    said = [client.post("/periksa/pribadi/", {"hari": "15 Januari 2024"}).status_code for _ in range(3)]
    assert said == [200, 200, 429]
    assert client.get("/periksa/pribadi/").status_code == 200


@pytest.mark.usefixtures("office")
def test_papers_are_not_made_without_end(client, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "pdf", (1, 60))
    monkeypatch.setattr(selfreport, "self_report_pdf", lambda *_: b"%PDF-1.7")
    told = {
        **REPORT,
        "tahu_tanggal": "15 Januari 2024",
        "tahu_jam": "08.00",
        "tahu_zona": "WIB",
        "keadaan": "locked_out",
        "terjadi": "Ada unggahan yang bukan dari saya.",
    }
    first = client.post("/akun-diambil-alih/laporan-diri/", told)
    assert first["Content-Type"] == "application/pdf", first.content.decode()
    assert client.post("/akun-diambil-alih/laporan-diri/", told).status_code == 429
