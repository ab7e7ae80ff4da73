"""Consistency: the sanction lies in the confirmed rule's range, and like cases were looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telusur import law
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.law import LEVELS, PUNISHED, Rule
from telusur.process.file import Draft, File
from telusur.process.gates.gate import Gate, gate, listed
from telusur.process.steps import Sanction


def consistency(file: File, today: date) -> Gate:
    """Say whether the drafted sanction is one that the rule, the rank and like cases allow."""
    del today
    return gate("consistency", _reasons(file))


def advises_only(sanction: Sanction) -> Text | None:
    """Say why no sanction may rest on a rule that nobody has checked against the gazette; ``None`` if it may."""
    rule = law.catalogue().rules.get(sanction.rule)
    if rule is None:
        return Text(f"Aturan {sanction.rule} tidak ada dalam katalog.", f"The catalogue has no rule {sanction.rule}.")
    if rule.allows_sanction:
        return None
    return Text(
        f"Aturan {rule.id} baru dilaporkan, belum dicocokkan dengan naskah resminya; di atasnya tidak boleh dijatuhkan "
        "sanksi. Minta ahli hukum memeriksa dan mengukuhkannya (telusur rules confirm).",
        f"The rule {rule.id} is only reported, not checked against the official text; no sanction may rest on it. "
        "Have a lawyer check and confirm it (telusur rules confirm).",
    )


def _reasons(file: File) -> Iterator[Text]:
    draft = file.draft
    if draft is None:
        yield Text(
            "Belum ada konsep keputusan; sanksi dan perkara serupa belum dapat dibandingkan.",
            "There is no draft decision; its sanction cannot be compared with the rule and like cases yet.",
        )
        return
    sanction = draft.step.sanction
    if sanction is None:
        return
    only = advises_only(sanction)
    if only:
        yield only
    rule = law.catalogue().rules.get(sanction.rule)
    if rule:
        yield from _in_range(draft, sanction, rule)
        yield from _of_this_case(file, draft, rule)
    yield from _by_whom(file, sanction)
    if file.ordered and not (draft.step.mitigation or "").strip():
        yield Text(
            "Terlapor bertindak atas perintah; itu meringankan dan perlu dipertimbangkan dalam konsep.",
            "The respondent acted under an order; that mitigates, and the draft has to weigh it.",
        )
    if draft.step.like_cases is None:
        yield Text(
            "Perkara serupa belum dilihat; cari, dan catat yang ditemukan, juga bila tidak ada.",
            "Like cases were not looked at; look for them, and record what was found, also if there are none.",
        )


def _in_range(draft: Draft, sanction: Sanction, rule: Rule) -> Iterator[Text]:
    if rule.level == "unsettled" or rule.track == "criminal_referral":
        yield Text(
            f"Aturan {rule.id} tidak menetapkan tingkat sanksi; di atasnya tidak dapat dijatuhkan sanksi.",
            f"The rule {rule.id} settles no level of sanction; none can rest on it.",
        )
        return
    if sanction.level not in LEVELS or LEVELS.index(sanction.level) > LEVELS.index(rule.level):
        yield Text(
            f"Tingkat {sanction.level} lebih berat daripada yang ditetapkan aturan {rule.id} ({rule.level}).",
            f"The level {sanction.level} is heavier than the rule {rule.id} sets ({rule.level}).",
        )
        return
    if sanction.level != rule.level and not (draft.step.mitigation or "").strip():
        yield Text(
            f"Tingkat {sanction.level} lebih ringan daripada yang ditetapkan aturan {rule.id} ({rule.level}); tulis "
            "apa yang meringankan.",
            f"The level {sanction.level} is lighter than the rule {rule.id} sets ({rule.level}); write what mitigates.",
        )
    kinds = [kind.id for one in law.sanctions(sanction.level).sets for kind in one.kinds]
    if sanction.kind not in kinds:
        yield Text(
            f"{sanction.kind} bukan jenis sanksi tingkat {sanction.level}; yang ada: {listed(kinds)}.",
            f"{sanction.kind} is no kind of sanction of the level {sanction.level}; known are {listed(kinds)}.",
        )


def _of_this_case(file: File, draft: Draft, rule: Rule) -> Iterator[Text]:
    proven = sorted(draft.proven)
    if not any(file.acts[act].stated.rule == rule.id for act in proven):
        yield Text(
            f"Tidak ada perbuatan yang terbukti menurut aturan {rule.id}; sebut aturan dari perbuatan yang terbukti.",
            f"No act is found proven under the rule {rule.id}; name the rule of an act that is.",
        )
    if file.status and file.status.step.status not in rule.applies_to:
        status = file.status.step.status
        yield Text(
            f"Aturan {rule.id} tidak berlaku bagi status terlapor ({status}).",
            f"The rule {rule.id} does not apply to the respondent's status ({status}).",
        )
    try:
        together = law.concurrence([law.determine(file.facts(act)) for act in proven])
    except BadInput as problem:
        yield problem.words
        return
    met = [one.result.rule.id for one in (*together.heaviest, *together.unsettled)]
    met += [one.counted.result.rule.id for one in together.absorbed if one.counted.result.rule.level == rule.level]
    if rule.id not in met:
        yield Text(
            f"Menurut fakta yang ditetapkan, sanksi tidak dapat bersandar pada aturan {rule.id} "
            f"(yang terberat: {listed(one.result.rule.id for one in together.heaviest) or 'tidak ada'}); satu sanksi, "
            "dari aturan terberat yang terpenuhi.",
            f"On the facts as established the sanction cannot rest on the rule {rule.id} "
            f"(the heaviest: {listed(one.result.rule.id for one in together.heaviest) or 'none'}); one sanction, from "
            "the heaviest rule that is met.",
        )


def _by_whom(file: File, sanction: Sanction) -> Iterator[Text]:
    if sanction.level not in PUNISHED:
        return
    rank = file.status.step.rank if file.status else None
    if rank is None:
        yield Text(
            "Jenjang jabatan terlapor belum ditetapkan; siapa yang berwenang menghukum bergantung padanya.",
            "The respondent's rank is not established; who may punish depends on it.",
        )
        return
    try:
        those = law.who_may_punish(rank, sanction.level)
    except BadInput as problem:
        yield problem.words
        return
    may = [one.official.id for one in those if sanction.kind in [kind.id for kind in one.kinds]]
    # Kinds of an older instrument are stated in no table of powers; then the whole level is what counts.
    may = may or [one.official.id for one in those if one.whole]
    if sanction.official not in may:
        yield Text(
            f"Yang berwenang menjatuhkannya terhadap jenjang {rank}: {listed(may) or 'tidak ada yang diketahui'}; "
            f"konsep menyebut {sanction.official or 'tidak seorang pun'}.",
            f"Who may impose it on the rank {rank}: {listed(may) or 'nobody that is known'}; the draft names "
            f"{sanction.official or 'nobody'}.",
        )
