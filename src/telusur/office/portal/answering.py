"""The written answer: per act what is said of it and one's own words; checked before it is sent; a receipt after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.datastructures import MultiValueDict

from telusur import process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office.forms import ChoicesField, FilesField, Form, check_field, words_field
from telusur.office.portal import taking
from telusur.office.portal.access import Visitor, respondents_only, shown
from telusur.office.portal.claims import choices, claims
from telusur.office.portal.seen import ActSeen, Seen
from telusur.office.words import late, say

#: Claims that cannot both be true of one act.
_AGAINST: Final = frozenset({"not_mine", "taken_over", "lost_access", "fabricated"})


class AnswerForm(Form):
    """One part an act: what is said of it, and own words; and words on the whole."""

    def __init__(self, *args: Any, acts: Sequence[ActSeen], **kwargs: Any) -> None:
        self.acts = acts
        super().__init__(*args, **kwargs)
        for at, act in enumerate(acts):
            title = act.act.act
            self.fields[f"klaim_{at}"] = ChoicesField(
                choices(on_account=act.act.on_account),
                label=late(f"Perbuatan {title}: apa yang Anda katakan?", f"Act {title}: what do you say?"),
                help_text=late("Pilih semua yang sesuai.", "Choose all that fit."),
                required=False,
            )
            self.fields[f"kata_{at}"] = words_field(
                (f"Perbuatan {title}: dengan kata Anda sendiri", f"Act {title}: in your own words"), required=False
            )
        self.fields["umum"] = words_field(
            ("Hal lain yang ingin Anda sampaikan", "Anything else that you want to say"), required=False
        )

    def parts(self) -> list[tuple[ActSeen, forms.BoundField, forms.BoundField]]:
        """Give each act with its two fields."""
        return [(act, self[f"klaim_{at}"], self[f"kata_{at}"]) for at, act in enumerate(self.acts)]

    def said(self) -> list[tuple[ActSeen, list[Text], str]]:
        """Give what was said of each act; only once the form is valid."""
        held = self.cleaned_data
        return [
            (act, [claims()[one].label for one in held[f"klaim_{at}"]], held[f"kata_{at}"])
            for at, act in enumerate(self.acts)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for something, and that it does not speak against itself."""
        cleaned = super().clean()
        empty = not any(cleaned.get(name) for name in cleaned if name not in ("token", "version"))
        if empty and not self.errors:
            raise forms.ValidationError(late(_EMPTY.id, _EMPTY.en), code="empty")
        for at, _ in enumerate(self.acts):
            chosen = set(cleaned.get(f"klaim_{at}") or ())
            if "admits" in chosen and chosen & _AGAINST:
                self.add_error(f"klaim_{at}", say(_BOTH))
        return cleaned

    @property
    def admits(self) -> bool:
        """Whether an act is admitted."""
        return any("admits" in (self.cleaned_data.get(f"klaim_{at}") or ()) for at, _ in enumerate(self.acts))

    def carried(self) -> list[tuple[str, str]]:
        """Give what was typed, for a page that brings it along."""
        held: list[tuple[str, str]] = []
        for name, value in self.cleaned_data.items():
            if name in ("token", "version") or not value:
                continue
            held += [(name, one) for one in value] if isinstance(value, list) else [(name, value)]
        return held

    def step(self, making: taking.Making) -> process.Answered:
        """Give the answer as it is recorded: the claims, and the words under the act they are said of."""
        held = self.cleaned_data
        union = [one for one in claims() if any(one in held[f"klaim_{at}"] for at, _ in enumerate(self.acts))]
        parts = []
        for act, labels, words in self.said():
            if labels or words:
                head = f"Perbuatan {act.act.act}: {'; '.join(one.id.lower() for one in labels) or '–'}."
                parts.append(f"{head}\n{words}".strip())
        if held["umum"]:
            parts.append(held["umum"])
        return process.Answered(
            at=making.at, by=making.by, text="\n\n".join(parts), claims=tuple(union), evidence=making.evidence
        )


class SendForm(Form):
    """The last look: files that go along, and that it is sent as it stands."""

    berkas = FilesField(
        label=late("Catatan yang Anda sertakan", "Records that go along"),
        help_text=late(
            "Boleh juga menyusul nanti. Tidak ada yang disimpan sebelum Anda menekan “Kirim”.",
            "They may also follow later. Nothing is kept before you press “Send”.",
        ),
        required=False,
    )
    benar = check_field(
        (
            "Ini jawaban saya, dan saya mengirimnya sebagaimana tertulis di atas",
            "This is my answer, and I send it as it stands above",
        ),
    )


_SOUGHT: Final = {"objection": Text("Keberatan", "Objection"), "appeal": Text("Banding", "Appeal")}
_EMPTY: Final = Text(
    "Pilih atau tulis sesuatu tentang sedikitnya satu perbuatan.", "Choose or write something about at least one act."
)
_BOTH: Final = Text(
    "“Saya melakukannya” tidak cocok dengan pilihan lain di sini. Pilih salah satu; jelaskan sisanya dengan kata Anda.",
    "“I did it” does not go with another choice here. Choose one; explain the rest in your own words.",
)
_NOTHING_TO_ANSWER: Final = Text(
    "Belum ada rincian yang disampaikan kepada Anda; belum ada yang perlu dijawab.",
    "No particulars were served on you yet; there is nothing to answer.",
)
_ENDED: Final = Text(
    "Berkas ini sudah selesai; tidak ada lagi yang perlu dijawab. Terhadap keputusan tersedia upaya hukum yang "
    "tertulis di dalamnya.",
    "This file is closed; there is nothing left to answer. Against a decision there is the remedy that it names.",
)


@respondents_only
def answer(request: HttpRequest, present: Visitor) -> HttpResponseBase:
    """Ask, show what will be sent, and send it."""
    seen = Seen(present.case, present.file)
    if seen.given is None or not seen.acts or present.file.final:
        why = _ENDED if present.file.final else _NOTHING_TO_ANSWER
        return shown(request, present, "answer_none", {"why": why}, status=200 if request.method == "GET" else 409)
    begin = {"version": seen.given.n}
    if request.method != "POST":
        return _ask(request, present, seen, AnswerForm(acts=seen.acts, initial=begin))
    form = AnswerForm(request.POST, acts=seen.acts)
    if not form.is_valid():
        return _ask(request, present, seen, form, status=422)
    if form.cleaned_data["version"] != seen.given.n:
        return _changed(request, present, seen, form)
    does = request.POST.get("lakukan")
    if does == "ubah":
        return _ask(request, present, seen, form)
    if does != "kirim":
        first = {"token": form.cleaned_data["token"] or None, "version": seen.given.n}
        return _check(request, present, form, SendForm(initial={name: one for name, one in first.items() if one}))
    return _send(request, present, seen, form)


def _send(request: HttpRequest, present: Visitor, seen: Seen, form: AnswerForm) -> HttpResponseBase:
    assert seen.given is not None
    send = SendForm(request.POST, request.FILES)
    if not send.is_valid():
        return _check(request, present, form, send, status=422)
    try:
        address = taking.take(
            request,
            present,
            lambda making: [form.step(making)],
            files=taking.judged(send.cleaned_data["berkas"] or ()),
            seen=form.cleaned_data["version"],
        )
    except taking.Changed:
        return _changed(request, present, Seen(present.case, present.file), form)
    except BadInput as problem:
        send.add_error("berkas", say(problem.words))
        return _check(request, present, form, send, status=422)
    except process.Refused as refused:
        for reason in refused.reasons:
            send.add_error(None, say(reason))
        return _check(request, present, form, send, status=409)
    return HttpResponseRedirect(address)


def _ask(
    request: HttpRequest, present: Visitor, seen: Seen, form: AnswerForm, *, status: int = 200
) -> HttpResponseBase:
    return shown(request, present, "answer", {"form": form, "seen": seen, "claims": claims().values()}, status=status)


def _check(
    request: HttpRequest, present: Visitor, form: AnswerForm, send: SendForm, *, status: int = 200
) -> HttpResponseBase:
    context = {"answer": form, "said": form.said(), "general": form.cleaned_data["umum"], "form": send}
    return shown(request, present, "answer_check", context, status=status)


def _changed(request: HttpRequest, present: Visitor, seen: Seen, form: AnswerForm) -> HttpResponseBase:
    """Show the form again with what was typed, for the particulars as they now are."""
    assert seen.given is not None
    typed = form.data.copy() if isinstance(form.data, MultiValueDict) else dict(form.data)
    typed["version"] = str(seen.given.n)
    again = AnswerForm(typed, acts=seen.acts)
    again.is_valid()
    again.add_error(None, say(taking.Changed.words))
    return _ask(request, present, seen, again, status=409)


@respondents_only
def receipt(request: HttpRequest, present: Visitor, number: int) -> HttpResponseBase:
    """Show what was taken in, when, and the hash of it; printable."""
    held = taking.receipts(present.case, present.file).get(number)
    if held is None:
        raise Http404
    return shown(request, present, "receipt", {"receipt": held, **_told(held, present.file)})


def _told(held: taking.Receipt, file: process.File) -> Mapping[str, object]:
    files = [one for one in held.steps if isinstance(one, process.EvidenceAdded)]
    answered = next((one for one in held.steps if isinstance(one, process.Answered)), None)
    noted = next((one.text for one in held.steps if isinstance(one, process.Noted)), "")
    waived = any(isinstance(one, process.HearingWaived) for one in held.steps)
    sought = next((_SOUGHT[one.remedy] for one in held.steps if isinstance(one, process.Remedy)), None)
    labels = [claims()[one].label for one in answered.claims] if answered else []
    del file
    return {"files": files, "answered": answered, "labels": labels, "noted": noted, "waived": waived, "sought": sought}
