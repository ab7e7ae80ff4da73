"""What a counted deadline says, Indonesian first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.law.deadlines.model import AtEnd, Count

_WEEKDAYS: Final = (
    Text("Senin", "Monday"),
    Text("Selasa", "Tuesday"),
    Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"),
    Text("Jumat", "Friday"),
    Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
)

#: Whether a last day that is a day off moves, as a reading of its own.
END_WORDS: Final[Mapping[AtEnd, Text]] = {
    "next": Text(
        "bila hari terakhir yang libur bergeser ke hari kerja berikutnya",
        "if a last day that is a day off moves to the next working day",
    ),
    "stay": Text("bila hari terakhir yang libur tidak bergeser", "if a last day that is a day off does not move"),
}
AS_CITED: Final = Text("menurut bunyi ketentuan", "as the provision reads")
JOINT_OFF: Final = Text("cuti bersama bukan hari kerja", "joint leave is no working day")
JOINT_COUNTS: Final = Text("cuti bersama dihitung sebagai hari kerja", "joint leave counts as a working day")

WEEKEND: Final = Text("akhir pekan", "weekend")
NATIONAL: Final = Text("libur nasional", "national holiday")
JOINT: Final = Text("cuti bersama", "joint leave")
AGENCY: Final = Text("libur di instansi ini", "day off at this agency")

_UNITS: Final = {"hari": Text("hari", "day"), "hari_kerja": Text("hari kerja", "working day")}

ESTIMATED: Final = Text(
    "SEMENTARA: hari libur tahun {years} belum ditetapkan menurut yang diketahui pada {known}; "
    "hanya hari libur bertanggal tetap yang dihitung, atau perkiraan.",
    "PROVISIONAL: as known on {known} the days off of {years} were not decreed; "
    "only holidays on fixed dates, or estimates, are counted.",
)
JOINT_MATTERS: Final = Text(
    "Cuti bersama mengubah hasil: {off} bila bukan hari kerja, {counts} bila dihitung. Yang aman: {safe}.",
    "Joint leave changes the answer: {off} if it is no working day, {counts} if it counts. To be safe: {safe}.",
)
EARLIER: Final = Text(
    "Menurut pembacaan lain batasnya lebih awal, {due} ({says}). Yang aman: {due}.",
    "By another reading it ends earlier, on {due} ({says}). To be safe: {due}.",
)
LATER_DECREE: Final = Text(
    "Keputusan yang terbit setelah {known} ({decrees}) akan memberi {due}; tenggat ini tidak digeser karenanya.",
    "What was decreed after {known} ({decrees}) would give {due}; this deadline is not moved by it.",
)
WHILE_RUNNING: Final = Text(
    "Menurut kalender yang diketahui pada hari mulainya, {start}, batasnya {due}; sesudah itu terbit {decrees}.",
    "By the calendar as known on its first day, {start}, it ended on {due}; {decrees} came after.",
)
UNVERIFIED: Final = Text(
    "BELUM DIPERIKSA: jumlah atau satuan harinya tidak bersandar pada sumber yang dapat dipastikan; "
    "periksa naskah resminya.",
    "NOT VERIFIED: its number or unit of days rests on no source that could be made sure of; check the official text.",
)
END_ON_DAY_OFF: Final = Text(
    "Hari terakhir jatuh pada hari libur ({why}) dan tidak bergeser; kerjakan pada hari kerja sebelumnya, {before}.",
    "The last day is a day off ({why}) and does not move; act on the working day before, {before}.",
)


def long_day(day: date) -> Text:
    """Write a day with its weekday: ``Kamis, 15 Februari 2024``."""
    words, name = day_words(day), _WEEKDAYS[day.weekday()]
    return Text(f"{name.id}, {words.id}", f"{name.en}, {words.en}")


def count_words(count: Count) -> Text:
    """Write a count: ``14 hari kerja``, ``14 working days``."""
    unit = _UNITS[count.unit]
    return Text(f"{count.n} {unit.id}", f"{count.n} {unit.en}{'' if count.n == 1 else 's'}")


def joined(*parts: Text) -> Text:
    """Set parts beside each other, with a semicolon between."""
    return Text("; ".join(part.id for part in parts), "; ".join(part.en for part in parts))


def filled(words: Text, **values: Text | date | str) -> Text:
    """Fill words with days, texts and names, each in its language."""
    texts = {name: _as_text(value) for name, value in values.items()}
    return Text(
        words.id.format(**{name: text.id for name, text in texts.items()}),
        words.en.format(**{name: text.en for name, text in texts.items()}),
    )


def _as_text(value: Text | date | str) -> Text:
    if isinstance(value, Text):
        return value
    return long_day(value) if isinstance(value, date) else Text(value, value)
