"""What user agents name: real forms with invented models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.exports.agents import family_of, is_agent, model_of

_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "model", "family"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13; Contoh A8 Build/TP1A.1; wv) Version/4.0 Chrome/118 [FB_IAB/FB4A;FBAV/440]",
            "Contoh A8",
            "Facebook",
        ),
        (
            "[FBAN/FB4A;FBAV/440.0.0.12;FBMF/Contoh;FBBD/contoh;FBDV/A8;FBSV/13]",
            "Contoh A8",
            "Facebook",
        ),
        ("[FBAN/FBIOS;FBAV/440.0;FBBV/1;FBDV/iPhone13,2;FBMD/iPhone;FBSN/iOS;FBSV/16.6]", "iPhone13,2", "Facebook"),
        ("[FBAN/MessengerForiOS;FBAV/440.0;FBDV/iPad8,1]", "iPad8,1", "Messenger"),
        (
            "Instagram 312.0.0.22.114 Android (33/13; 420dpi; 1080x2200; Contoh; K10; k10; mt6768; id_ID; 123)",
            "Contoh K10",
            "Instagram",
        ),
        (
            "Instagram 312.0.0 Android (33/13; 420dpi; 1080x2200; Contoh/Merek; Contoh K10; id_ID)",
            "Contoh K10",
            "Instagram",
        ),
        ("Instagram 300.0.0 (iPhone12,1; iOS 16_6; id_ID; id; scale=2.00; 828x1792; 1)", "iPhone12,1", "Instagram"),
        (f"Mozilla/5.0 (Linux; Android 12; CONTOH-7) {_CHROME}", "CONTOH-7", "Chrome"),
        (f"Mozilla/5.0 (Linux; U; Android 4.4; id-id; CONTOH-7 Build/1) {_CHROME}", "CONTOH-7", "Chrome"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {_CHROME}", None, "Chrome"),
        (f"Mozilla/5.0 (Linux; Android 12; CONTOH-7) SamsungBrowser/23.0 {_CHROME}", "CONTOH-7", "Samsung Internet"),
        (f"Mozilla/5.0 (Linux; Android 12; CONTOH-7) {_CHROME} OPR/76.0", "CONTOH-7", "Opera"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Edg/118.0", "Windows", "Edge"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:109.0) Gecko/20100101 Firefox/118.0", "Windows", "Firefox"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) Version/16.6 Mobile/15E148 Safari/604.1",
            "iPhone",
            "Safari",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/16.6 Safari/605.1.15",
            "Macintosh",
            "Safari",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/118.0", "Linux", "Chrome"),
        ("Dalvik/2.1.0 (Linux; U; Android 11; CONTOH-7 Build/RP1A)", "CONTOH-7", "application"),
        ("Contoh", None, None),
    ],
)
def test_a_user_agent_names_device_and_program(agent, model, family):
    assert model_of(agent) == model
    assert family_of(agent) == family
    assert is_agent(agent) is (family is not None)


@given(st.text(max_size=200))
def test_any_words_are_taken(words):
    model_of(words)
    family_of(words)
    is_agent(words)
