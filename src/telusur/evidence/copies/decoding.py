"""Bytes as words, in an encoding that they name or show."""

from __future__ import annotations

import codecs

#: Looked up here: a confined worker cannot load a codec any more.
_KNOWN = {
    codecs.lookup(name).name
    for name in (
        "ascii utf-8 utf-16 utf-16-le utf-16-be utf-32 cp1252 latin-1 iso8859-2 iso8859-5 iso8859-15 cp1250 cp1251 "
        "cp1254 cp1256 cp437 gb18030 gbk gb2312 big5 shift_jis euc-jp iso2022_jp euc-kr koi8-r"
    ).split()
}
codecs.lookup("unicode_escape")
codecs.lookup("raw_unicode_escape")
codecs.lookup("idna")
codecs.lookup("punycode")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decoded(content: bytes, named: str | None = None) -> str:
    """Give the words of some bytes; nothing is refused, what fits no character becomes U+FFFD.

    Parameters
    ----------
    content
        Text.
    named
        The encoding that goes with it, if any does.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return content.decode(_known(named) or "cp1252", "replace")


def _known(named: str | None) -> str | None:
    if not named:
        return None
    try:
        found = codecs.lookup(named.strip().strip("\"'")).name
    except (LookupError, ValueError, OSError):
        return None
    return found if found in _KNOWN else None
