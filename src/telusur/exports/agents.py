"""What a program's own name (its user agent) says of the device it runs on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Facebook's and Instagram's applications name the device in fields of their own (``FBDV/iPhone13,2``).
_FACEBOOK: Final = re.compile(r"\bFBDV/([^;\]]{1,60})")
_FACEBOOK_MAKE: Final = re.compile(r"\bFBMF/([^;\]]{1,40})")
# Instagram 312.0.0.22.114 Android (33/13; 420dpi; 1080x2200; Make/Brand; Model; device; chip; id_ID; 1234)
_INSTAGRAM: Final = re.compile(r"\bInstagram [\d.]+ Android \(\d+/[^;]*; ?\d+dpi; ?\d+x\d+; ?([^;]+); ?([^;]+)[;)]")
_INSTAGRAM_APPLE: Final = re.compile(r"\bInstagram [\d.]+ \(((?:iPhone|iPad|iPod)[\d,]*);")
_ANDROID: Final = re.compile(r"\bAndroid [\d.]+; (?:[a-z]{2}[-_][A-Za-z]{2}; )?([^;)]{1,60}?)(?: Build/[^;)]*)?[;)]")
_APPLE: Final = re.compile(r"\b(iPhone|iPad|iPod)\b")
_COMPUTER: Final = (
    (re.compile(r"\bWindows NT\b"), "Windows"),
    (re.compile(r"\bMacintosh\b"), "Macintosh"),
    (re.compile(r"\bCrOS\b"), "ChromeOS"),
    (re.compile(r"\bX11; "), "Linux"),
)
#: Chrome on Android says "K" for every model.
_NO_MODEL: Final = frozenset({"K", "Mobile", "Tablet"})
_AGENT: Final = re.compile(
    r"\b(?:Mozilla/\d|Dalvik/\d|Instagram \d|Barcelona \d|okhttp/\d|CFNetwork/|Twitter(?:Android)?/|TikTok |"
    r"com\.zhiliaoapp|WhatsApp/|Opera/\d|FBAN/|FBAV/)"
)


#: Programs by their signs; the first that fits names the family, since most also call themselves Mozilla and Safari.
_FAMILIES: Final = (
    (re.compile(r"\bInstagram \d"), "Instagram"),
    (re.compile(r"\bBarcelona \d"), "Threads"),
    (re.compile(r"\b(?:FBAN/Messenger|MessengerForiOS|Orca-Android)"), "Messenger"),
    (re.compile(r"\b(?:FBAN/|FB_IAB/|FBAV/)"), "Facebook"),
    (re.compile(r"\bWhatsApp/"), "WhatsApp"),
    (re.compile(r"\b(?:musical_ly|TikTok|trill|com\.zhiliaoapp)"), "TikTok"),
    (re.compile(r"\bTwitter(?:Android|-iPhone|-iPad)?/"), "X"),
    (re.compile(r"\bOPR/|\bOpera[ /]|\bOPiOS/"), "Opera"),
    (re.compile(r"\bEdg(?:e|A|iOS)?/"), "Edge"),
    (re.compile(r"\bSamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"\bUC ?Browser/"), "UC Browser"),
    (re.compile(r"\bFirefox/|\bFxiOS/"), "Firefox"),
    (re.compile(r"\bChrome/|\bCriOS/"), "Chrome"),
    (re.compile(r"\bVersion/[\d.]+ (?:Mobile/\w+ )?Safari/"), "Safari"),
    (re.compile(r"\bDalvik/|\bokhttp/|\bCFNetwork/"), "application"),
)


@lru_cache(maxsize=4_096)
def family_of(agent: str) -> str | None:
    """Give the program that a user agent belongs to, without its version; ``None`` for one that is not known.

    Parameters
    ----------
    agent
        As the record wrote it.
    """
    return next((name for sign, name in _FAMILIES if sign.search(agent)), None)


@lru_cache(maxsize=4_096)
def model_of(agent: str) -> str | None:
    """Give make and model of the device, as far as a user agent names them; a computer by its system.

    Parameters
    ----------
    agent
        As the record wrote it.

    Notes
    -----
    A browser that hides its model ("Android 10; K") gives ``None``: it is one of a million telephones.
    """
    if found := _INSTAGRAM.search(agent):
        make = found[1].partition("/")[0].strip()
        model = found[2].strip()
        return model if model.casefold().startswith(make.casefold()) else f"{make} {model}"
    if found := _FACEBOOK.search(agent):
        make_found = _FACEBOOK_MAKE.search(agent)
        make, model = make_found[1].strip() if make_found else "", found[1].strip()
        return f"{make} {model}" if make and not model.casefold().startswith(make.casefold()) else model
    if found := _INSTAGRAM_APPLE.search(agent):
        return found[1]
    if found := _ANDROID.search(agent):
        return None if found[1] in _NO_MODEL else found[1].strip()
    if found := _APPLE.search(agent):
        return found[1]
    return next((name for sign, name in _COMPUTER if sign.search(agent)), None)


def is_agent(words: str) -> bool:
    """Whether words look like a user agent."""
    return len(words) > 8 and _AGENT.search(words) is not None  # noqa: PLR2004 - "Opera/9" is the shortest ever
