"""What is alleged: the respondent's status, the acts with their facts, the rule of each, and the particulars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from telusur import law, process
from telusur.domain.account import PLATFORMS
from telusur.domain.errors import BadInput
from telusur.domain.facts import Facts, Value
from telusur.domain.moment import Moment
from telusur.domain.text import Text
from telusur.domain.vocabulary import ACCOUNT_ACTS, FIELDS, Field
from telusur.office.actions.asking import UNKNOWN, act_words, evidence_field, grounds_field
from telusur.office.actions.base import Action, register
from telusur.office.forms import Choice, DateField, MomentField, choice_field, line_field
from telusur.office.words import late

#: Established or decided by steps of their own, never stated as a fact of an act.
ELSEWHERE: Final = ("date", "actor.status", "attribution.account_control", "attribution.authenticity")
#: How an exception that is unknown is told from one that nobody stated.
_OPEN: Final = "unknown"
_MANY: Final = 4

_PLATFORM_WORDS: Final = {"x": "X (Twitter)", "whatsapp": "WhatsApp", "tiktok": "TikTok", "youtube": "YouTube"}


@register
class EstablishStatus(Action):
    """Establish what the respondent is, at the date of the acts."""

    name = "status"
    title = Text("Tetapkan status terlapor", "Establish the respondent's status")
    group = "acts"
    explains = Text(
        "Aturan mana yang berlaku, dan siapa yang berwenang, bergantung pada status dan jenjang pada hari perbuatan.",
        "Which rules apply, and who has the power, depends on status and rank on the day of the act.",
    )

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return process.refusals(self.file, process.StatusEstablished(**self.stamp(), status="pns", grounds="-"))

    def initial(self) -> Mapping[str, object]:
        """Begin with what stands."""
        held = self.file.status
        if held is None:
            return {"status": self.case.respondent.status}
        return {"status": held.step.status, "rank": held.step.rank or ""}

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for status, rank and grounds."""
        powers = law.catalogue().powers
        ranks = [Choice(one.id, one.title) for one in powers.ranks.values()] if powers else []
        return {
            "status": choice_field(
                ("Status pada hari perbuatan", "Status on the day of the act"), _values(FIELDS["actor.status"])
            ),
            "rank": choice_field(("Jenjang jabatan", "Rank"), [*ranks, UNKNOWN], required=False),
            "grounds": grounds_field(),
        }

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        told = {"status": cleaned["status"], "rank": cleaned["rank"] or None, "grounds": cleaned["grounds"]}
        return [process.StatusEstablished(**self.stamp(), **told)]


class _OfAct(Action):
    """Of one act, which the address names."""

    @property
    def act(self) -> process.ActOnFile | None:
        """The act that the page is about; ``None`` for a new one."""
        return self.file.acts.get(self.about)


@register
class StateAct(_OfAct):
    """State an act, or correct it."""

    name = "perbuatan"
    title = Text("Nyatakan atau koreksi perbuatan", "State or correct an act")
    group = "acts"
    explains = Text(
        "Yang tidak diketahui dibiarkan “belum diketahui”: itu tidak pernah dibaca sebagai “tidak”. Siapa yang "
        "menguasai akun dan apakah buktinya asli diputuskan tersendiri, bukan di sini.",
        "Leave “not known yet” what is not known: it is never read as “no”. Who controlled the account and whether "
        "the evidence is genuine is decided by acts of their own, not here.",
    )

    def initial(self) -> Mapping[str, object]:
        """Begin with the act as it stands."""
        act = self.act
        if act is None:
            return {}
        told = act.stated
        found: dict[str, object] = {
            "when": told.when.at if told.when else None,
            "date": told.facts.value("date"),
            "platform": told.platform or "",
            "handle": told.handle or "",
            "url": told.url or "",
            "evidence": list(told.evidence),
        }
        for name, value in told.facts.stated.items():
            if name not in ELSEWHERE:
                found[_key(name)] = _shown(FIELDS[name], value)
        return found

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask for when, where, the evidence and the facts of the contract."""
        found: dict[str, forms.Field] = {
            "when": MomentField(
                label=late("Waktu perbuatan", "When it was done"),
                help_text=late("Tanggal, jam, dan zona waktunya.", "Day, time and its zone."),
                required=False,
                past=True,
            ),
            "date": DateField(
                label=late("Tanggal, bila jamnya tidak diketahui", "The day, if the time is not known"),
                required=False,
                past=True,
            ),
            "platform": choice_field(
                ("Platform", "Platform"),
                [
                    *(Choice(one, _platform(one)) for one in PLATFORMS),
                    Choice("", Text("bukan perbuatan dengan akun, atau belum diketahui", "no account, or not known")),
                ],
                required=False,
            ),
            "handle": line_field(("Nama akun", "Account name"), required=False),
            "url": line_field(("Alamat (tautan)", "Address (link)"), required=False, max_length=2000),
            "evidence": evidence_field(
                self.file,
                ("Bukti perbuatan ini", "Evidence of this act"),
                (
                    "Hanya yang menunjukkan perbuatan ini. Yang diserahkan terlapor tidak mendasari perbuatan baru.",
                    "Only what shows this act. What the respondent handed in supports no new act.",
                ),
            ),
        }
        return {**found, **{_key(name): _fact(field) for name, field in FIELDS.items() if name not in ELSEWHERE}}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the statement; rule and catalogue stay as they were chosen."""
        act = self.act
        stated: dict[str, Value] = {}
        for name, field in FIELDS.items():
            if name not in ELSEWHERE and (told := cleaned.get(_key(name))):
                stated[name] = _read(field, told)
        when = cleaned["when"]
        if when is None and cleaned["date"]:
            stated["date"] = cleaned["date"]
        kind, platform = stated.get("act.kind"), cleaned["platform"] or None
        return [
            process.ActStated(
                **self.stamp(),
                act=act.id if act else _next_id(self.file),
                facts=Facts.read(stated),
                on_account=platform is not None or kind is None or kind in ACCOUNT_ACTS,
                when=Moment.parse(when.isoformat(timespec="minutes")) if when else None,
                platform=platform,
                handle=cleaned["handle"].strip().lstrip("@") or None,
                url=cleaned["url"].strip() or None,
                evidence=tuple(cleaned["evidence"]),
                rule=act.stated.rule if act else None,
                catalogue=act.stated.catalogue if act else None,
            )
        ]


@register
class ChooseRule(_OfAct):
    """Choose the rule under which an act is examined, among those that bear on its facts."""

    name = "aturan"
    title = Text("Pilih aturan yang diperiksa", "Choose the rule it is examined under")
    group = "acts"
    listed = False

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        if self.act is None:
            return (Text("Pilih perbuatannya pada halaman berkas.", "Choose the act on the case's page."),)
        return () if self._rules() else (_NO_RULE,)

    def _rules(self) -> list[law.RuleResult]:
        if self.act is None:
            return []
        try:
            return list(law.determine(self.file.facts(self.act.id)).rule_results)
        except BadInput:
            return []

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give the act, and what the rules say of its facts."""
        if self.act is None:
            return ()
        try:
            sentence = law.determine(self.file.facts(self.act.id)).sentence
        except BadInput as problem:
            sentence = problem.words
        said = Text("Menurut fakta yang dinyatakan", "On the facts as stated")
        return [(Text("Perbuatan", "Act"), act_words(self.act)), (said, sentence)]

    def initial(self) -> Mapping[str, object]:
        """Begin with the rule that stands."""
        return {"rule": self.act.stated.rule} if self.act and self.act.stated.rule else {}

    def fields(self) -> Mapping[str, forms.Field]:
        """Ask which rule."""
        return {"rule": choice_field(("Aturan", "Rule"), [_rule_choice(one) for one in self._rules()])}

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """State the act again, with the rule and the version of the catalogue."""
        if self.act is None:
            raise process.Refused(self.check())
        told = self.act.stated
        return [
            process.ActStated(
                **self.stamp(),
                act=told.act,
                facts=told.facts,
                on_account=told.on_account,
                when=told.when,
                platform=told.platform,
                handle=told.handle,
                url=told.url,
                evidence=told.evidence,
                rule=cleaned["rule"],
                catalogue=law.catalogue().hash,
            )
        ]


@register
class GiveParticulars(Action):
    """Draw up the particulars of all acts for the respondent."""

    name = "rincian"
    title = Text("Susun rincian untuk terlapor", "Draw up the particulars for the respondent")
    group = "respondent"
    explains = Text(
        "Rincian memuat semua perbuatan sebagaimana kini dinyatakan. Bila suatu perbuatan dikoreksi sesudahnya, "
        "rincian disusun dan disampaikan lagi.",
        "The particulars hold all acts as now stated. If an act is corrected later, they are drawn up and served "
        "again.",
    )

    def _step(self) -> process.ParticularsGiven:
        return process.ParticularsGiven(**self.stamp(), acts=tuple(self.file.acts))

    def check(self) -> tuple[Text, ...]:
        """Say why not now."""
        return process.refusals(self.file, self._step())

    def shown(self) -> Sequence[tuple[Text, Text]]:
        """Give the acts."""
        return [(Text("Perbuatan", "Act"), act_words(one)) for one in self.file.acts.values()]

    def steps(self, cleaned: Mapping[str, Any]) -> Sequence[process.Step]:
        """Make the step."""
        del cleaned
        return [self._step()]


def _key(name: str) -> str:
    return name.replace(".", "__")


def _platform(name: str) -> Text:
    words = _PLATFORM_WORDS.get(name, name.title())
    return Text("lainnya", "other") if name == "other" else Text(words, words)


def _values(field: Field) -> list[Choice]:
    return [Choice(value, law.label(field.name, value)) for value in field.values]


def _fact(field: Field) -> forms.Field:
    label = law.label(field.name)
    pair = (_begun(label.id), _begun(label.en))
    if field.kind == "words":
        return line_field(pair, required=False)
    choices = _values(field)
    if field.kind == "flag":
        choices = [Choice(value, law.label(field.name, value == "true")) for value in ("true", "false")]
    if field.exception:
        nobody = Text("tidak dinyatakan siapa pun (dianggap tidak)", "stated by nobody (presumed not)")
        choices += [Choice(_OPEN, UNKNOWN.words), Choice("", nobody)]
    else:
        choices.append(UNKNOWN)
    if len(choices) > _MANY:
        return forms.ChoiceField(
            choices=[one.pair() for one in (choices[-1], *choices[:-1])], label=late(*pair), required=False
        )
    made = choice_field(pair, choices, required=False)
    made.widget.attrs["class"] = "choices--row"
    return made


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _read(field: Field, told: str) -> Value:
    if told == _OPEN:
        return None
    return told == "true" if field.kind == "flag" else told


def _shown(field: Field, value: Value) -> str:
    if value is None:
        return _OPEN if field.exception else ""
    return str(value).lower() if field.kind == "flag" else str(value)


def _next_id(file: process.File) -> str:
    number = len(file.acts) + 1
    while f"P{number}" in file.acts:
        number += 1
    return f"P{number}"


def _rule_choice(result: law.RuleResult) -> Choice:
    rule = result.rule
    status, cited = law.label("rule_status", result.status), law.label("citation_status", rule.citation.status)
    level = law.label("sanction_level", rule.level)
    return Choice(
        rule.id,
        Text(f"{rule.id}: {rule.title.id}", f"{rule.id}: {rule.title.en}"),
        Text(f"{status.id} · {level.id} · {cited.id}", f"{status.en} · {level.en} · {cited.en}"),
    )


_NO_RULE: Final = Text(
    "Tidak ada aturan dalam katalog tentang perbuatan ini menurut fakta yang dinyatakan; lengkapi faktanya, atau "
    "hentikan perkaranya.",
    "No rule of the catalogue is on this act by the facts as stated; add facts, or end the case.",
)
