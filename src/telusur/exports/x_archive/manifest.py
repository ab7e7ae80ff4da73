"""What the archive says of itself: whose it is, when it was made, and how many records each file holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from telusur.domain.text import Text
from telusur.exports.x_archive.times import NoTime, read_time

_GLOBAL: Final = re.compile(r"YTD\.(\w{1,64})\.part\d{1,6}", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,12}", re.ASCII)


@dataclass(slots=True)
class Manifest:
    """The manifest's words.

    Parameters
    ----------
    account_id, handle
        Whose archive it is.
    generated_at
        When X made it, in UTC.
    partial
        Whether it says that it is only a part.
    promised
        Records by file name: (name the file gives itself, count).
    remarks
        What in it could not be used.
    """

    account_id: str | None = None
    handle: str | None = None
    generated_at: datetime | None = None
    partial: bool | None = None
    promised: dict[str, tuple[str, int]] = field(default_factory=dict)
    remarks: list[Text] = field(default_factory=list)


def _section(value: object, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _words(section: Mapping[str, Any], key: str) -> str | None:
    found = section.get(key)
    return found[:200] if isinstance(found, str) and found else None


def read_manifest(value: object) -> Manifest:
    """Read the manifest's one object; what does not fit is remarked on."""
    manifest = Manifest()
    user, archive = _section(value, "userInfo"), _section(value, "archiveInfo")
    manifest.account_id, manifest.handle = _words(user, "accountId"), _words(user, "userName")
    written = _words(archive, "generationDate")
    if written is not None:
        try:
            manifest.generated_at = read_time(written)[0]
        except NoTime as error:
            manifest.remarks.append(
                Text(
                    f"generationDate di dalamnya tidak dapat dipakai: {error.why.id}",
                    f"its generationDate could not be used: {error.why.en}",
                )
            )
    partial = archive.get("isPartialArchive")
    if isinstance(partial, bool):
        manifest.partial = partial
    for entry in _section(value, "dataTypes").values():
        files = entry.get("files") if isinstance(entry, Mapping) else None
        for file in files if isinstance(files, list) else ():
            _promise(manifest, file)
    if not manifest.promised:
        manifest.remarks.append(
            Text(
                "tidak menjanjikan catatan apa pun, sehingga kelengkapan tidak dapat dinilai",
                "it promises no records, so completeness cannot be judged",
            )
        )
    return manifest


def _promise(manifest: Manifest, file: object) -> None:
    if not isinstance(file, Mapping):
        return
    path, shown, count = (str(file.get(key, "")) for key in ("fileName", "globalName", "count"))
    named = _GLOBAL.fullmatch(shown)
    if named and path and _COUNT.fullmatch(count):
        manifest.promised[path] = (named[1], int(count))
    elif shown.startswith("YTD."):
        manifest.remarks.append(
            Text("salah satu jumlah di dalamnya tidak dapat dipakai", "one of its counts could not be used")
        )
