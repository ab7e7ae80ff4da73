"""Telling which platform an archive comes from by the names of its members, to say what was handed in by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SIGNS: Final = (
    (re.compile(r"(^|/)data/js/tweets/\d{4}_\d{2}\.js$"), "a Twitter archive of before 2019, of another format"),
    (
        re.compile(r"(^|/)(login_and_account_creation|login_and_profile_creation|your_instagram_activity)/"),
        "an Instagram export",
    ),
    (re.compile(r"(^|/)(your_facebook_activity|facebook_news|likes_and_reactions|datr_cookie)"), "a Facebook export"),
    (
        re.compile(r"(^|/)html/(security|timeline|contact_info)\.htm$"),
        "a Facebook export of before 2018, of another format",
    ),
    (re.compile(r"(^|/)security_and_login_information/"), "a Facebook or Instagram export"),
    (re.compile(r"(^|/)user_data(_tiktok)?\.(json|txt)$"), "a TikTok export"),
    (re.compile(r"(^|/)(Takeout/|archive_browser\.html$|Access Log Activity/)"), "a Google Takeout"),
    (re.compile(r"(^|/)(_chat\.txt|(WhatsApp Chat with|Chat WhatsApp dengan) .*\.txt)$"), "a WhatsApp chat export"),
)

_TIMED: Final = re.compile(
    rb"(?:\xef\xbb\xbf|\xe2\x80\x8e)*\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}", re.ASCII
)


def looks_like(names: Iterable[str]) -> str | None:
    """Give what an archive with such members is, for people; ``None`` if nothing tells."""
    listed = list(names)
    for sign, title in _SIGNS:
        if any(sign.search(name) for name in listed):
            return title
    return None


def single_file_looks_like(begun: bytes) -> str | None:
    """Give what a file that is no archive is, by its first bytes, for people."""
    if begun.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return "a picture or PDF, not the export itself"
    if _TIMED.match(begun):
        return "a WhatsApp chat export"
    # Other chats' lines begin with a date in brackets.
    if re.match(rb"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\"\]]|-?\d+\s*[,\]]))", begun):
        return "a single JSON file; hand in the whole export"
    if begun.lstrip().startswith(b"window.YTD"):
        return "a single file of an X archive; hand in the whole archive"
    return None
