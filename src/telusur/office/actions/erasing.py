"""Erase a case whose day has come: two people, both present."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from telusur import process
from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.office import erasing, policies, store
from telusur.office.actions.asking import people_choices
from telusur.office.actions.base import Action, NotPermitted, register
from telusur.office.actions.second import confirmed_by
from telusur.office.forms import check_field, choice_field, line_field
from telusur.process import CLEARING


@register
class Erase(Action):
    """Erase the record of a person who was cleared, once the day that was set has come."""

    name = "hapus"
    title = Text("Hapus berkas ini untuk selamanya (dua orang)", "Erase this case for good (two persons)")
    group = "bodies"
    explains = Text(
        "Semua langkah, bukti, surat, dan data orang dalam berkas ini dimusnahkan, dengan kuncinya. Yang tinggal hanya "
        "nomor berkas, siapa yang menghapus, dan kapan. Ini tidak dapat dibatalkan.",
        "All steps, evidence, letters and data of people in this case are destroyed, with their keys. Only the number "
        "of the case stays, and who erased it and when. This cannot be undone.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self.file.end not in CLEARING:
            return (
                Text(
                    "Berkas ini belum berakhir dengan pembersihan (bukan perbuatannya, tidak terbukti, dihentikan).",
                    "This file has not ended by a clearing (cleared, not proven, stopped).",
                ),
            )
        day = erasing.due(self.file)
        if day is None:
            return (Text("Tanggal penghapusan belum ditetapkan.", "No day of erasure is set."),)
        if day > timezone.localdate():
            said = day_words(day)
            return (Text(f"Berkas ini disimpan sampai {said.id}.", f"This file is kept until {said.en}."),)
        return ()

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for the second person and that person's own code."""
        return {
            "second": choice_field(
                ("Orang kedua", "Second person"), people_choices(self.case, without=[self.user.person_id])
            ),
            "code": line_field(
                ("Kode orang kedua", "The second person's code"),
                (
                    "Orang kedua mengetik sendiri kode dari aplikasi autentikatornya: itu persetujuannya.",
                    "The second person types the code of his or her own authenticator: that is the consent.",
                ),
                max_length=128,
                strip=True,
            ),
            "sure": check_field(
                ("Kami tahu bahwa ini tidak dapat dibatalkan", "We know that this cannot be undone"),
            ),
        }

    @property
    def leads_to(self) -> str:
        """Where to go on: the case is gone."""
        return reverse("desk:queue")

    def execute(self, cleaned: Mapping[str, Any]) -> process.File:
        """Erase it.

        Raises
        ------
        NotPermitted
            If the person's roles do not allow it.
        store.Stale
            If others acted since the page was opened.
        process.Refused
            If the day has not come, or the second person did not confirm.
        """
        if not policies.of(self.user).in_case(self.permission, self.case):
            raise NotPermitted
        if closed := self.check():
            raise process.Refused(closed)
        if cleaned.get("version") != self.file.version:
            raise store.Stale(self.case, cleaned.get("version") or 0)
        second = confirmed_by(cleaned["second"], cleaned["code"])
        if second.pk == self.user.pk:
            raise process.Refused((Text("Orang kedua adalah orang lain.", "The second person is another one."),))
        erasing.erase(self.case, asked_by=self.user.person_id, approved_by=second.person_id)
        return self.file

    def done(self) -> Text:
        """Say what was done."""
        return Text(f"Berkas {self.case.number} dihapus.", f"Case {self.case.number} is erased.")
