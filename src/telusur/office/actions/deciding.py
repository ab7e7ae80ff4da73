"""A decision is drafted by one person and approved by another; a gate is let pass by two, and told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, cast

from django import forms

from telusur import law, process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.law import LEVELS, Rule
from telusur.office.actions.asking import act_words, grounds_field, people_choices, role_of
from telusur.office.actions.base import Action, register
from telusur.office.actions.second import confirmed_by
from telusur.office.forms import Choice, choice_field, line_field, words_field

RESULTS: Final = {
    "proven": Text("terbukti", "proven"),
    "cleared": Text("bukan perbuatan terlapor", "cleared: not the respondent's act"),
    "not_proven": Text("tidak terbukti", "not proven"),
    "stopped": Text("dihentikan karena kurang bukti", "stopped for lack of evidence"),
    "referred": Text("unsurnya diteruskan", "its elements are referred"),
}
_NONE: Final = "none"


@register
class DraftDecision(Action):
    """Draft a decision: a finding for each act, and a sanction within the range of a confirmed rule."""

    name = "konsep"
    title = Text("Susun konsep keputusan", "Draft the decision")
    group = "decision"
    explains = Text(
        "Orang lain yang menyetujuinya. Sanksi hanya dapat dipilih di atas aturan yang telah dicocokkan dengan naskah "
        "resminya, dan tidak lebih berat daripada aturan itu.",
        "Another person approves it. A sanction can be chosen only on a rule that was checked against the official "
        "text, and none heavier than that rule sets.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not even a draft that lets go of every act is possible now."""
        findings = tuple(process.Finding(act, "stopped") for act in self.file.acts)
        probe = process.Drafted(**self.stamp(), draft=self._id(), findings=findings, grounds="-")
        return process.refusals(self.file, probe)

    def _id(self) -> str:
        number = len(self.file.drafts) + 1
        return f"K{number}"

    def _rules(self) -> list[Rule]:
        """Give the rules of the acts, and the heaviest that their facts meet."""
        catalogue = law.catalogue().rules
        names = [one.stated.rule for one in self.file.acts.values() if one.stated.rule in catalogue]
        with suppress(BadInput):
            names += [one.result.rule.id for one in process.together(self.file).heaviest]
        return [catalogue[name] for name in dict.fromkeys(names) if name]

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give what the rules say together, and on which no sanction may rest."""
        found = []
        try:
            together = process.together(self.file)
            heaviest = ", ".join(one.result.rule.id for one in together.heaviest)
            words = Text(heaviest or "tidak ada aturan yang terpenuhi", heaviest or "no rule is met")
            found.append((Text("Satu sanksi, dari aturan terberat", "One sanction, of the heaviest rule"), words))
        except BadInput as problem:
            found.append((Text("Aturan", "Rules"), problem.words))
        for rule in self._rules():
            if not rule.allows_sanction:
                words = Text(
                    "baru dilaporkan, belum dicocokkan dengan naskah resminya; di atasnya tidak boleh dijatuhkan "
                    "sanksi. Minta ahli hukum mengukuhkannya.",
                    "only reported, not checked against the official text; no sanction may rest on it. Have a lawyer "
                    "confirm it.",
                )
                found.append((Text(rule.id, rule.id), words))
        if self.file.ordered:
            words = Text("Terlapor bertindak atas perintah.", "The respondent acted under an order.")
            found.append((Text("Meringankan", "Mitigates"), words))
        return found

    def _sanctions(self) -> Iterator[Choice]:
        yield Choice(_NONE, Text("tanpa sanksi", "no sanction"))
        for rule in self._rules():
            if not rule.allows_sanction or rule.level == "unsettled" or rule.track == "criminal_referral":
                continue
            for level in LEVELS[1 : LEVELS.index(rule.level) + 1]:
                said = law.label("sanction_level", level)
                for kind in [kind for one in law.sanctions(level).sets for kind in one.kinds]:
                    hint = Text(f"{rule.id} · {said.id}", f"{rule.id} · {said.en}")
                    yield Choice(f"{rule.id}|{level}|{kind.id}", kind.title, hint)

    def _officials(self) -> list[Choice]:
        rank = self.file.status.step.rank if self.file.status else None
        found: dict[str, Choice] = {}
        powers = law.catalogue().powers
        # A rank by a name that the rules no longer know opens no power; the status is established anew first.
        for level in law.PUNISHED if powers and rank in powers.ranks else ():
            for one in law.who_may_punish(str(rank), level):
                said = law.label("sanction_level", level)
                before = found.get(one.official.id)
                hint = Text(
                    f"{before.hint.id}, {said.id}" if before and before.hint else said.id,
                    f"{before.hint.en}, {said.en}" if before and before.hint else said.en,
                )
                found[one.official.id] = Choice(one.official.id, one.official.title, hint)
        return list(found.values())

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for a finding of each act, the sanction, like cases, mitigation and grounds."""
        results = [Choice(one, words) for one, words in RESULTS.items()]
        found: dict[str, forms.Field] = {}
        for number, act in enumerate(self.file.acts.values(), 1):
            words = act_words(act)
            found[f"finding_{number}"] = choice_field((f"Temuan: {words.id}", f"Finding: {words.en}"), results)
        officials = [*self._officials(), Choice("", Text("tidak ada sanksi", "no sanction"))]
        return {
            **found,
            "sanction": choice_field(("Sanksi", "Sanction"), list(self._sanctions())),
            "official": choice_field(
                ("Pejabat yang berwenang menghukum", "Official with the power to punish"), officials, required=False
            ),
            "mitigation": words_field(
                ("Yang meringankan", "What mitigates"),
                ("Wajib bila ada perintah, atau bila sanksinya lebih ringan.", "Needed under an order, or if lighter."),
                required=False,
            ),
            "likeness": choice_field(
                ("Perkara serupa", "Like cases"),
                [
                    Choice("found", Text("dilihat, dan ada yang serupa", "looked at, and some are alike")),
                    Choice("nothing", Text("dilihat, tidak ada yang serupa", "looked at, none is alike")),
                    Choice("unseen", Text("belum dilihat", "not looked at yet")),
                ],
            ),
            "like_cases": words_field(
                ("Perkara serupa yang dibandingkan", "Like cases that were compared"),
                ("Satu nomor berkas dan sanksinya tiap baris.", "One number and its sanction a line."),
                required=False,
            ),
            "grounds": grounds_field(),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the draft."""
        findings = tuple(
            process.Finding(act, cleaned[f"finding_{number}"]) for number, act in enumerate(self.file.acts, 1)
        )
        sanction = None
        if cleaned["sanction"] != _NONE:
            rule, level, kind = cleaned["sanction"].split("|")
            sanction = process.Sanction(level, kind, rule, cleaned["official"] or None)
        like = tuple(line.strip() for line in cleaned["like_cases"].splitlines() if line.strip())
        return [
            process.Drafted(
                **self.stamp(),
                draft=self._id(),
                findings=findings,
                grounds=cleaned["grounds"],
                sanction=sanction,
                mitigation=cleaned["mitigation"].strip() or None,
                like_cases=None if cleaned["likeness"] == "unseen" else like,
            )
        ]


class _OfDraft(Action):
    """About the standing draft."""

    group = "decision"

    @property
    def draft(self) -> process.Draft | None:
        """The standing draft."""
        return self.file.draft

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give the draft."""
        if self.draft is None:
            return ()
        told = self.draft.step
        found = [(Text("Konsep", "Draft"), Text(told.draft, told.draft))]
        found += [(Text(one.act, one.act), RESULTS[one.result]) for one in told.findings]
        if told.sanction:
            level = law.label("sanction_level", told.sanction.level)
            said = Text(
                f"{level.id}: {told.sanction.kind} ({told.sanction.rule})",
                f"{level.en}: {told.sanction.kind} ({told.sanction.rule})",
            )
            found.append((Text("Sanksi", "Sanction"), said))
        found.append((Text("Alasan", "Grounds"), Text(told.grounds, told.grounds)))
        if told.mitigation:
            found.append((Text("Meringankan", "Mitigates"), Text(told.mitigation, told.mitigation)))
        if told.like_cases:
            listed = "; ".join(told.like_cases)
            found.append((Text("Perkara serupa", "Like cases"), Text(listed, listed)))
        return found


@register
class ApproveDraft(_OfDraft):
    """Approve a draft that another person wrote."""

    name = "setujui"
    title = Text("Setujui konsep keputusan", "Approve the draft")
    explains = Text(
        "Penyusun tidak menyetujui konsepnya sendiri. Baca seluruhnya sebelum menyetujui.",
        "Whoever drafted it does not approve it. Read all of it before you approve.",
    )

    def _role(self) -> str | None:
        return role_of(self.person, [one.id for one in self.file.flow.roles.values() if one.may_approve])

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self.draft is None:
            return (Text("Belum ada konsep keputusan.", "There is no draft."),)
        step = process.Approved(**self.stamp(), draft=self.draft.step.draft, role=self._role() or "")
        return process.refusals(self.file, step)

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Approve, in a role that the person holds."""
        del cleaned
        if self.draft is None:
            raise process.Refused(self.check())
        return [process.Approved(**self.stamp(), draft=self.draft.step.draft, role=self._role() or "")]


@register
class ReturnDraft(_OfDraft):
    """Send a draft back, with the reason."""

    name = "kembalikan"
    title = Text("Kembalikan konsep keputusan", "Send the draft back")

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self.draft is None:
            return (Text("Belum ada konsep keputusan.", "There is no draft."),)
        return process.refusals(self.file, process.Returned(**self.stamp(), draft=self.draft.step.draft, why="-"))

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask why."""
        return {"why": words_field(("Mengapa dikembalikan?", "Why is it sent back?"))}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Send it back."""
        if self.draft is None:
            raise process.Refused(self.check())
        return [process.Returned(**self.stamp(), draft=self.draft.step.draft, why=cleaned["why"])]


@register
class OverrideGate(Action):
    """Let a closed gate pass in this stage: two persons, both present, with written grounds."""

    name = "lewati"
    title = Text("Lewati syarat yang tertutup (dua orang)", "Override a closed gate (two persons)")
    group = "decision"
    explains = Text(
        "Berlaku pada tahap ini saja, diberitahukan kepada terlapor, dan dihitung terbuka. Melewati penelusuran, "
        "didengar, atau kemandirian tidak pernah mengantar ke sanksi.",
        "It holds in this stage alone, the respondent is told, and it is counted in public. To override tracing, "
        "heard or independence never leads to a sanction.",
    )

    def _closed(self) -> list[process.Gate]:
        from django.utils import timezone  # noqa: PLC0415 - only here

        return [one for one in process.gates(self.file, timezone.localdate()) if not one.open and not one.override]

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return () if self._closed() else (Text("Semua syarat terpenuhi.", "All gates are open."),)

    def initial(self) -> Mapping[str, object]:
        """Begin with the gate the page is about."""
        return {"gate": self.about} if self.about else {}

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which gate, the second person, that person's own code, and the grounds."""
        closed = [Choice(one.name, one.title, one.reasons[0]) for one in self._closed()]
        return {
            "gate": choice_field(("Syarat", "Gate"), closed),
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
            "grounds": grounds_field(),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the override, if the second person confirmed it."""
        confirmed_by(cleaned["second"], cleaned["code"])
        gate = cast("Any", cleaned["gate"])
        return [process.Overridden(**self.stamp(), gate=gate, second=cleaned["second"], grounds=cleaned["grounds"])]
