"""Write down what the audit needs of a case; whoever takes the case in does it, and nobody reads it back here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from telusur import process
from telusur.domain.text import Text
from telusur.office import policies, store
from telusur.office.actions.base import Action, NotPermitted, register
from telusur.office.audit import facts
from telusur.office.forms import Choice, choice_field, line_field
from telusur.office.words import late

_UNKNOWN: Final = Choice("", Text("belum diketahui", "not known yet"))


def _matching(pattern: str, words: Text) -> Any:
    whole = re.compile(pattern)

    def check(value: str) -> None:
        if not whole.fullmatch(value):
            raise ValidationError(late(words.id, words.en), code="form")

    return check


@register
class EnterAuditFacts(Action):
    """Write down, for the audit alone, what no decision may rest on."""

    name = "keterangan-audit"
    title = Text("Isi keterangan untuk audit keseimbangan", "Enter what the audit of even-handedness needs")
    group = "office"
    permission = "balance.enter"
    explains = Text(
        "Hanya untuk audit, yang membandingkan kelompok perkara. Isian ini tidak tampak lagi di halaman mana pun, juga "
        "bagi Anda; pemeriksa dan pemutus tidak melihatnya, dan penelusuran tidak membacanya. Kirim sekali lagi untuk "
        "memperbaikinya.",
        "For the audit alone, which compares groups of cases. What you enter is shown on no page again, not to you "
        "either; whoever examines or decides does not see it, and no tracing reads it. Send it again to correct it.",
    )

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for codes, never for names."""
        return {
            "contest": line_field(
                ("Kode pemilihan", "Code of the contest"),
                (
                    "Sebagaimana dalam daftar kode kantor, misalnya PILKADA-24. Bukan nama orang.",
                    "As in the office’s list of codes, for instance PILKADA-24. No person’s name.",
                ),
                max_length=20,
                validators=[
                    _matching(
                        r"[A-Z0-9][A-Z0-9-]{1,19}",
                        Text(
                            "Huruf besar, angka, dan tanda hubung saja, misalnya PILKADA-24.",
                            "Capitals, digits and hyphens only, for instance PILKADA-24.",
                        ),
                    )
                ],
            ),
            "mark": line_field(
                ("Kode peserta dalam pemilihan itu", "Code of the participant in that contest"),
                (
                    "Satu huruf, A sampai Z, yang sama bagi peserta yang sama; X bila semua atau tidak satu pun.",
                    "One letter, A to Z, the same for the same participant; X for all of them or none.",
                ),
                max_length=2,
                validators=[
                    _matching(
                        r"[A-Z][0-9]?",
                        Text(
                            "Satu huruf besar, misalnya A; boleh diikuti satu angka.",
                            "One capital letter, for instance A; one digit may follow.",
                        ),
                    )
                ],
            ),
            "region": line_field(
                ("Kode wilayah", "Code of the region"),
                (
                    "Kode Kemendagri dari provinsi atau kabupaten/kota, misalnya 31.71.",
                    "The Ministry’s code of the province or district, for instance 31.71.",
                ),
                max_length=5,
                validators=[
                    _matching(
                        r"[1-9][0-9](\.[0-9]{2})?",
                        Text("Dua angka, atau 31.71 untuk kabupaten/kota.", "Two digits, or 31.71 for a district."),
                    )
                ],
            ),
            "tie": choice_field(
                ("Hubungan terlapor dengan peserta itu", "Relation of the respondent to that participant"),
                [
                    Choice("superior", Text("peserta itu atasannya, kini atau dulu", "a superior, now or before")),
                    Choice("relative", Text("keluarga", "family")),
                    Choice("other", Text("hubungan lain", "another relation")),
                    Choice("none", Text("tidak ada yang diketahui", "none is known")),
                    _UNKNOWN,
                ],
                required=False,
            ),
            "source": choice_field(
                ("Asal laporan", "Where the report came from"),
                [
                    Choice("report", Text("laporan", "a report")),
                    Choice("finding", Text("temuan pengawas", "a finding of the supervisor")),
                    Choice("media", Text("pemberitaan atau media sosial", "the news or social media")),
                    _UNKNOWN,
                ],
                required=False,
            ),
            "phase": choice_field(
                ("Tahapan ketika perbuatan dilakukan", "Phase in which it was done"),
                [
                    Choice("before", Text("sebelum penetapan peserta", "before the participants were named")),
                    Choice("campaign", Text("masa kampanye", "the campaign")),
                    Choice("quiet", Text("masa tenang dan pemungutan suara", "the quiet days and the vote")),
                    Choice("after", Text("sesudahnya", "afterwards")),
                    _UNKNOWN,
                ],
                required=False,
            ),
        }

    def execute(self, cleaned: Mapping[str, Any]) -> process.File:
        """Write it down; the file gets no step, for a step is read by all who read the file.

        Raises
        ------
        NotPermitted
            If the person's roles do not allow it.
        store.Stale
            If others acted since the page was opened.
        """
        if not policies.of(self.user).in_case(self.permission, self.case):
            raise NotPermitted
        if cleaned.get("version") != self.file.version:
            raise store.Stale(self.case, cleaned.get("version") or 0)
        facts.keep(self.case, {name: cleaned[name] for name in facts.FIELDS}, self.user.person_id)
        return self.file

    def done(self) -> Text:
        """Say what was done, and not what was said."""
        return Text("Keterangan untuk audit tersimpan.", "What the audit needs is saved.")
