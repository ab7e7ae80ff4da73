"""Which members of an export of Meta's are read.

JSON by the first key or shape in each file, where names are only a hint; HTML, which has no keys, by its name, which
Meta translates into no language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from telusur.domain.errors import BadInput
from telusur.evidence import Archive
from telusur.exports.meta import facebook, instagram

_PEEKED: Final = 4_096
_MOST_SHOWN: Final = 500
_VERSION: Final = re.compile(r"_v\d+$")
#: Folders and files whose names, in Indonesian or English, speak of messages, contacts, advertising or searches.
_PRIVATE: Final = re.compile(
    r"(?:^|[-_ ])(?:messages?|messenger|pesan|inbox|chats?|obrolan|contacts?|kontak|address_books?|friends?|teman|"
    r"followers?|followed|following|pengikut|mengikuti|ads?|advert\w*|iklan|pengiklan|search\w*|pencarian|penelusuran|"
    r"dating|marketplace|payments?|pembayaran|locations?|lokasi|voice|saved|interests?|topics?|topik|shopping|belanja|"
    r"bug_bounty|link_history|off_meta\w*|off_facebook\w*|your_problem_reports|fundraisers?|people|"
    r"peer|polls)(?:$|[-_ .\d])",
    re.IGNORECASE,
)
_ROOT: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"([^"]{1,80})"\s*:')
_LIST: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")
_FORM: Final = re.compile(r"\.(?:json|html?)$", re.IGNORECASE)
_HTML: Final = re.compile(r"\.html?$", re.IGNORECASE)
_SECTION: Final = re.compile(
    r"(?:^|(?<=/))(?:personal_information|profile_information|security_and_login_information|account_information|"
    r"login_and_(?:account|profile)_creation|your_(?:facebook|instagram)_activity|apps_and_websites[^/]*|posts|comments|"
    r"comments_and_reactions|likes_and_reactions|likes|groups|content|media|messages|about_you|preferences|connections|"
    r"logged_information|device_information|ads_information)/",
    re.IGNORECASE,
)
_FOLDER: Final = re.compile(
    r"(^|/)(security_and_login_information|login_and_(account|profile)_creation|your_(facebook|instagram)_activity)/",
    re.IGNORECASE,
)
_SECURITY: Final = re.compile(r"(^|/)security_and_login_information/", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[^a-z0-9]+")
_INSTAGRAM: Final = re.compile(r"instagram|login_and_(?:account|profile)_creation", re.IGNORECASE)
#: What a file is about whose first bytes are damaged or unknown, by its name; Meta translates none of them.
_NAMED: Final = {
    "account_activity": "account_activity",
    "logins_and_logouts": "account_accesses",
    "ip_address_activity": "used_ip_address",
    "used_ip_addresses": "used_ip_address",
    "where_you_re_logged_in": "active_sessions",
    "where_you're_logged_in": "active_sessions",
    "record_details": "admin_records",
    "administrative_records": "admin_records",
    "authorized_logins": "recognized_devices",
    "recognized_devices": "recognized_devices",
    "mobile_devices": "devices",
    "your_posts": "posts",
    "comments": "comments",
    "likes_and_reactions": "reactions",
    "your_group_membership_activity": "groups_joined",
    "connected_apps_and_websites": "installed_apps",
    "login_activity": "account_history_login_history",
    "logout_activity": "account_history_logout_history",
    "password_change_activity": "account_history_password_change_history",
    "profile_changes": "profile_profile_change",
    "signup_information": "account_history_registration_info",
    "devices": "devices_devices",
    "personal_information": "profile_user",
    "posts": "posts_instagram",
    "stories": "ig_stories",
    "reels": "ig_reels_media",
    "post_comments": "comments_media_comments",
    "reels_comments": "comments_reels_comments",
    "liked_posts": "likes_media_likes",
}
#: A name that both platforms give: it decides only where nothing else is left.
_SHARED_NAME: Final = {"profile_information": "profile"}
#: Names of HTML files beyond these, of one generation or another, without signs.
_NAMED_HTML: Final = {
    **{_SIGNS.sub("_", name): root for name, root in _NAMED.items()},
    "login_protection_data": "login_protection_data",
    "your_comments_in_groups": "group_comments",
    "posts_and_comments": "reactions",
    "pages_you_ve_liked": "page_likes",
    "apps_and_websites": "installed_apps",
    "profile_information": "profile",
    "signup_details": "account_history_registration_info",
    "liked_comments": "likes_comment_likes",
    "archived_posts": "ig_archived_post_media",
    "igtv_videos": "ig_igtv_media",
    "other_content": "ig_other_media",
}
_OF_MESSAGES: Final = (b'"participants"', b'"sender_name"')
_SPLIT: Final = re.compile(r"(?:__check_ins__photos_and_videos)?(?:_\d{1,4})?$")

Form = Literal["facebook", "instagram"]


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    Parameters
    ----------
    root
        Its kind: a root key without its generation, or one for its shape.
    keyed
        Whether its own root key says so; else its shape or name does.
    """

    root: str
    keyed: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Members of an export of Meta's.

    Parameters
    ----------
    platform
        ``facebook`` or ``instagram``.
    read
        Files to read.
    other
        Files of the other platform beside them.
    left_out
        What is not opened, or not read beyond its first bytes.
    again
        HTML files of a kind that stands there in JSON too.
    """

    platform: Form
    read: dict[str, File]
    other: tuple[str, ...]
    left_out: tuple[str, ...]
    again: tuple[str, ...] = ()


def root_of(key: str) -> str:
    """Give a root key without its generation: ``account_activity`` for ``account_activity_v2``."""
    return _VERSION.sub("", key)


def prefix_of(name: str) -> str:
    """Give the folder in which the export itself lies, with its slash; empty where it lies at the top."""
    found = _SECTION.search(name)
    return name[: found.start()] if found else ""


def lay_out(archive: Archive, called: str = "", wanted: str | None = None) -> Layout | None:
    """Find what is to be read; ``None`` if this is no export of Meta's.

    Parameters
    ----------
    archive
        Any archive.
    called
        Its name: decides between two platforms in one archive.
    wanted
        The platform that the case is about: decides before the name.
    """
    found: dict[str, File] = {}
    left: list[str] = []
    for member in archive.members:
        name = member.name
        if not _FORM.search(name):
            continue
        private = _private_end(name)
        if private is not None:
            left.append(name[:private])
        elif file := _page(name) if is_page(name) else _file(archive, name):
            found[name] = file
        else:
            left.append(name)
    # JSON says more.
    keyed = {file.root for name, file in found.items() if not is_page(name)}
    again = [name for name, file in found.items() if is_page(name) and file.root in keyed]
    for name in again:
        del found[name]
    platforms = Counter(_platform(file) for file in found.values())
    if not platforms:
        return None
    hinted = [form for form in platforms if form == wanted] or [form for form in platforms if form in called.lower()]
    platform = hinted[0] if len(hinted) == 1 else max(sorted(platforms), key=lambda form: platforms[form])
    return Layout(
        platform,
        {name: file for name, file in found.items() if _platform(file) == platform},
        tuple(name for name, file in found.items() if _platform(file) != platform),
        tuple(list(dict.fromkeys(left))[:_MOST_SHOWN]),
        tuple(again),
    )


def is_page(name: str) -> bool:
    """Whether a member is one of HTML, by its name."""
    return _HTML.search(name) is not None


def is_html(archive: Archive) -> bool:
    """Whether this is such an export in HTML, whatever of it can be read."""
    return any(is_page(member.name) and _FOLDER.search(member.name) for member in archive.members)


def _platform(file: File) -> Form:
    return "facebook" if file.root in facebook.KINDS else "instagram"


def _private_end(name: str) -> int | None:
    """Give how much of a name may be shown of what is private: the names below may be those of other people."""
    begun = len(prefix_of(name))
    place = begun
    for part in name[begun:].split("/"):
        end = place + len(part)
        if _PRIVATE.search(_FORM.sub("", part)):
            return end + 1 if end < len(name) else end
        place = end + 1
    return None


def _page(name: str) -> File | None:
    """Say what an HTML file is by its name and folder; ``None`` if it is none that is read."""
    stem = _SPLIT.sub("", _HTML.sub("", name.rpartition("/")[2].lower()))
    root = _NAMED_HTML.get(_SIGNS.sub("_", stem).strip("_"))
    if root is None and _SECURITY.search(name) and not _INSTAGRAM.search(name):
        root = "labelled_sessions"
    if root == "profile" and _INSTAGRAM.search(name):
        return None
    return File(root, keyed=False) if root else None


def _file(archive: Archive, name: str) -> File | None:
    """Say what a file is by its first bytes; ``None`` if it is none that is read."""
    begun = b""
    damaged = False
    try:
        with archive.open(name) as stream:
            while len(begun) < _PEEKED and (more := stream.read(_PEEKED - len(begun))):
                begun += more
    except BadInput:
        # Reading it will tell what is wrong.
        damaged = True
    stem = name.rpartition("/")[2].lower().removesuffix(".json")
    shape: str | None = None
    if found := _ROOT.match(begun):
        root = root_of(found[1].decode("utf-8", "replace"))
        if root in facebook.KINDS or root in instagram.KINDS:
            return File(root, keyed=True)
        shape = _object_shape(begun, name)
    elif _LIST.match(begun):
        shape = _list_shape(begun, stem, name)
    else:
        damaged = True
    if shape is None and not any(key in begun for key in _OF_MESSAGES):
        named = _SPLIT.sub("", stem)
        shape = _NAMED.get(named) or (_SHARED_NAME.get(named) if damaged else None)
    return File(shape, keyed=False) if shape else None


def _object_shape(begun: bytes, name: str) -> str | None:
    if any(key in begun for key in _OF_MESSAGES):
        return None
    if b'"label_values"' in begun:
        return "labelled_sessions" if _SECURITY.search(name) else None
    if not any(key in begun for key in (b'"ip_address"', b'"datr_cookie"', b'"user_agent"')):
        return None
    if b'"event"' in begun and b'"session"' in begun:
        return "admin_records"
    if b'"updated_timestamp"' in begun:
        return "active_sessions"
    if b'"timestamp"' in begun:
        return "account_activity" if b'"datr_cookie"' in begun else "used_ip_address"
    return None


def _list_shape(begun: bytes, stem: str, name: str) -> str | None:
    if any(key in begun for key in _OF_MESSAGES):
        return None
    if b'"creation_timestamp"' in begun and (b'"media"' in begun or b'"uri"' in begun) and b'"timestamp"' not in begun:
        return "posts_instagram"
    if b'"label_values"' in begun and _SECURITY.search(name):
        return "labelled_sessions"
    about = next(_about(stem), None)
    if b'"label_values"' in begun:
        return "posts_instagram" if about == "posts" and "instagram" in name.lower() else about
    if b'"string_map_data"' in begun or b'"string_list_data"' in begun:
        return {"comments": "comments_media_comments", "reactions": "likes_media_likes"}.get(about or "")
    if b'"timestamp"' not in begun:
        return None
    if b'"reaction"' in begun:
        return "reactions"
    if b'"comment"' in begun:
        return "comments"
    return "posts" if b'"post"' in begun or b'"attachments"' in begun else about


def _about(stem: str) -> Iterator[str]:
    for sign, root in (("comment", "comments"), ("like", "reactions"), ("reaction", "reactions"), ("post", "posts")):
        if sign in stem:
            yield root
    if "group" in stem and ("member" in stem or "join" in stem):
        yield "groups_joined"
