"""The page that a bundle explains itself with: ``BACA-SAYA.txt`` in Indonesian, ``README.txt`` in English."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import Final

from telusur.domain.text import Language, Text
from telusur.domain.visible import visible
from telusur.evidence.bundle.contents import Contents
from telusur.evidence.signing import Checkpoint, Note

_WIDTH: Final = 88

_TITLE: Final = Text("BUNDEL BUKTI PERKARA {case}", "EVIDENCE BUNDLE OF CASE {case}")
_WHAT: Final = Text(
    "Folder data/ memuat salinan berkas bukti, bita demi bita seperti diterima. Berkas lain membuktikan bahwa tidak "
    "ada yang diubah sejak dicatat: setiap berkas disegel dalam catatan yang hanya dapat bertambah, keadaan catatan "
    "itu ditandatangani kantor, dan seluruh isi bundel ini ditandatangani pula.",
    "The folder data/ holds copies of the evidence, byte for byte as received. The other files prove that nothing was "
    "altered since it was recorded: each file is sealed in a record that can only grow, the office has signed the "
    "state of that record, and it has signed all that this bundle holds.",
)
_HOW: Final = Text("CARA MEMERIKSA", "HOW TO VERIFY")
_STEPS: Final = (
    Text(
        "Ambil sidik jari kunci kantor (64 angka dan huruf) dari berita acara atau pengumuman resminya. JANGAN dari "
        "bundel ini atau dari pengirimnya: bundel palsu membawa sidik jari palsu.",
        "Take the fingerprint of the office's key (64 digits and letters) from its official record or announcement. "
        "NEVER from this bundle or its sender: a forged bundle brings a forged fingerprint.",
    ),
    Text(
        "Buka terminal (Linux; di Windows WSL atau Git Bash), masuk ke folder ini, lalu ketik:",
        "Open a terminal (Linux; on Windows WSL or Git Bash), go into this folder, and type:",
    ),
    Text(
        "Jawaban UTUH berarti semuanya cocok. TIDAK UTUH berarti ada yang diubah, hilang atau ditambahkan, atau "
        "kuncinya lain: jangan pakai bundel ini, dan hubungi kantor. Untuk perkara penting, pakai verify.sh dari "
        "sumber yang tepercaya, bukan dari bundel yang diperiksa.",
        "HOLDS means that all of it fits. TIDAK UTUH / FAILS means that something was altered, removed or added, or "
        "that the key is another: do not use this bundle, and ask the office. Where much depends on it, use a "
        "verify.sh from a source that you trust, not the one in the bundle that is verified.",
    ),
)
_COMMAND: Final = Text("sh verify.sh SIDIK_JARI", "sh verify.sh FINGERPRINT")
#: Below the number and the grade.
_MARGIN: Final = " " * 12
_TIME: Final = Text("WAKTU", "TIME")
_STAMPED: Final = Text(
    "Stempel waktu (RFC 3161) atas keadaan catatan: {stamps}. Berkas dicatat sebelum waktu itu. Agar waktunya ikut "
    "diperiksa, tambahkan sertifikat akar otoritasnya, yang juga diambil dari tempat lain: sh verify.sh SIDIK_JARI "
    "akar.pem",
    "Timestamps (RFC 3161) over the state of the record: {stamps}. The files were recorded before that. To have the "
    "time verified too, add the authority's root certificate, taken from elsewhere as well: sh verify.sh FINGERPRINT "
    "root.pem",
)
_WAITING: Final = Text("Belum menjawab: {names}.", "Not answered yet: {names}.")
_UNSTAMPED: Final = Text(
    "Bundel ini TIDAK berstempel waktu{why}. Waktu yang tertulis di dalamnya adalah jam kantor sendiri; tidak ada "
    "pihak luar yang menegaskannya.",
    "This bundle has NO timestamp{why}. The times written in it are the office's own clock; nobody outside has "
    "attested them.",
)
_NONE: Final = Text(
    ": pada kantor ini tidak ada otoritas stempel waktu yang diatur",
    ": the office has configured no timestamp authority",
)
_FILES: Final = Text("BERKAS", "FILES")
_COLUMNS: Final = Text(
    "Nomor entri, tingkat, nama dalam bundel; di bawahnya nama asli bila berbeda, dan SHA-256.",
    "Number of the entry, grade, name in the bundle; below it the original name where it differs, and the SHA-256.",
)
_ORIGINAL: Final = Text("nama asli: {name}", "original name: {name}")
_WITHHELD: Final = Text(
    "DITAHAN: {count} berkas tidak disertakan. Entrinya tetap ada; bila kelak diperlihatkan, komitmen ini membuktikan "
    "apakah berkasnya sama:",
    "WITHHELD: {count} files are left out. Their entries are here; should one be shown later, these commitments prove "
    "whether it is the same:",
)
_GRADES: Final = Text(
    "Tingkat cara perolehan: A dikirim penyedia layanan kepada pihak berwenang; B tangkapan web oleh petugas, atau "
    "ekspor yang diunduh di hadapan petugas dengan berita acara; C ekspor dari pemiliknya (dapat disunting); D berkas "
    "asli dengan metadata; E tangkapan layar, cetakan atau salinan.",
    "Capture grades: A sent by the provider to the authority; B web capture by an officer, or an export downloaded "
    "before an officer with minutes; C an export from its owner (editable); D an original file with metadata; E a "
    "screenshot, print or copy.",
)
_LIMITS_TITLE: Final = Text("YANG TIDAK DIBUKTIKAN", "WHAT IS NOT PROVED")
_LIMITS: Final = Text(
    "Keutuhan tidak menunjukkan bahwa isi berkas benar, dan tidak menunjukkan siapa yang berbuat. Ia hanya menunjukkan "
    "bahwa berkas tidak berubah sejak dicatat. Bundel ini memuat apa yang dipilih kantor; ia tidak membuktikan bahwa "
    "tidak ada berkas lain.",
    "Integrity shows neither that what a file says is true nor who acted. It shows only that the file has not changed "
    "since it was recorded. The bundle holds what the office chose; it does not prove that there is no other file.",
)
_LOG: Final = Text(
    "Log {origin}, {size} entri. Isi tiap berkas dalam proof/ dan cara memeriksanya tanpa verify.sh dijelaskan dalam "
    "docs/verify-bundle.md dari Telusur.",
    "Log {origin}, {size} entries. What each file of proof/ holds, and how to verify it without verify.sh, is told in "
    "docs/verify-bundle.md of Telusur.",
)


def explained(contents: Contents, names: Mapping[int, str]) -> dict[str, str]:
    """Give both pages by the names of their files.

    Parameters
    ----------
    contents
        Of the bundle.
    names
        Path within it of each file that is shown, by its entry's number.
    """
    return {"BACA-SAYA.txt": _page(contents, names, "id"), "README.txt": _page(contents, names, "en")}


def _page(contents: Contents, names: Mapping[int, str], language: Language) -> str:
    def say(words: Text, **values: object) -> str:
        return _fill(words.filled(**values).in_language(language))

    def title(words: Text) -> list[str]:
        return ["", words.in_language(language), ""]

    checkpoint = Checkpoint.parse(Note.parse(contents.note).text)
    head = _TITLE.filled(case=_one_line(contents.case)).in_language(language)
    lines = [head, "=" * len(head), "", say(_WHAT), *title(_HOW)]
    for number, step in enumerate(_STEPS, 1):
        lines.append(_fill(step.in_language(language), f"{number}. "))
        if step is _STEPS[1]:
            lines += ["", f"      {_COMMAND.in_language(language)}", ""]
    lines += [*title(_TIME), _fill(_time(contents, language)), *title(_FILES), say(_COLUMNS), ""]
    for piece in contents.shown:
        lines.append(f"{piece.seq:>7}  {piece.grade}  {names[piece.seq]}")
        if names[piece.seq] != f"data/{piece.name}":
            lines.append(f"{_MARGIN}{_ORIGINAL.filled(name=_one_line(piece.name)).in_language(language)}")
        lines.append(f"{_MARGIN}{piece.sha256}")
    if contents.withheld:
        lines += ["", say(_WITHHELD, count=len(contents.withheld)), ""]
        bodies = {record.seq: json.loads(record.body) for record in contents.records}
        lines += [f"{seq:>7}  {bodies[seq]['object']}" for seq in sorted(contents.withheld)]
    lines += ["", say(_GRADES), *title(_LIMITS_TITLE), say(_LIMITS), ""]
    lines += [say(_LOG, origin=checkpoint.origin, size=checkpoint.size)]
    return "\n".join(lines) + "\n"


def _fill(words: str, first: str = "") -> str:
    below = " " * len(first)
    return textwrap.fill(words, _WIDTH, initial_indent=first, subsequent_indent=below, break_on_hyphens=False)


def _one_line(words: str) -> str:
    return " ".join(visible(words).split())


def _time(contents: Contents, language: Language) -> str:
    answered = [stamp.authority for stamp in contents.stamps]
    waiting = [name for name in contents.authorities if name not in answered]
    if contents.stamps:
        told = ", ".join(f"{stamp.authority} {stamp.at}" for stamp in contents.stamps)
        words = _STAMPED.filled(stamps=told).in_language(language)
    else:
        words = _UNSTAMPED.filled(why="" if contents.authorities else _NONE.in_language(language)).in_language(language)
    return f"{words} {_WAITING.filled(names=', '.join(waiting)).in_language(language)}" if waiting else words
