"""Heard: the respondent answered, or let the time pass after two attempts, or waived in writing, after particulars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telusur.domain.text import Text
from telusur.domain.when import day_words
from telusur.process.file import File
from telusur.process.gates.gate import Gate, gate
from telusur.process.gates.notice import proven_service, services


def heard(file: File, today: date) -> Gate:
    """Say whether the respondent has had the particulars and a real opportunity to answer."""
    return gate("heard", _reasons(file, today))


def _reasons(file: File, today: date) -> Iterator[Text]:
    since = file.informed_at
    if since is None:
        yield Text(
            "Terlapor belum menerima rincian semua perbuatan sebagaimana kini dinyatakan; susun dan sampaikan dahulu.",
            "The respondent has not had the particulars of all acts as now stated; draw them up and serve them first.",
        )
        return
    if any(one.n > since for one in file.answers):
        return
    if any(one.n > since and one.step.signed for one in file.waivers):
        return
    yield from _lapse(file, today)


def _lapse(file: File, today: date) -> Iterator[Text]:
    proven = sorted((one for one in services(file) if proven_service(file, one)), key=lambda one: one.step.day)
    first = next((one for one in proven if one.step.reply_until), None)
    second = next(
        (
            one
            for one in reversed(proven)
            if first
            and first.step.reply_until
            and one.n > first.n
            and one.step.reply_until
            and one.step.day > first.step.reply_until
        ),
        None,
    )
    if second is None:
        yield Text(
            "Terlapor belum menjawab. Menunggu saja tidak cukup: perlu dua upaya pemanggilan atau penyampaian yang "
            "berbukti dan memberi batas waktu, yang kedua setelah batas yang pertama lewat; atau jawaban; atau "
            "pelepasan hak secara tertulis.",
            "The respondent has not answered. Waiting is not enough: it takes two proven attempts, each with a last "
            "day, the second after the first's has passed; or an answer; or a waiver in writing.",
        )
        return
    last = file.reply_until
    assert last is not None
    if today <= last:
        until = day_words(last)
        yield Text(
            f"Waktu menjawab masih berjalan sampai {until.id}; tunggu sampai lewat.",
            f"The time to answer still runs until {until.en}; wait until it has passed.",
        )
