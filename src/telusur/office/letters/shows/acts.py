"""What is alleged: each act with its time, place, evidence and rule; and the records that have to be kept."""

from __future__ import annotations

from collections.abc import Iterator

from telusur import law, process
from telusur.domain.text import Text
from telusur.law import Citation
from telusur.office.letters.making import Making
from telusur.office.letters.model import Block

_SHORT = 16


def particulars(made: Making) -> Iterator[Block]:
    """Give one list of rows an act; whatever is missing of an act is told."""
    say = made.words
    if not made.file.acts:
        made.lacks("Belum ada perbuatan yang dinyatakan; nyatakan dahulu.", "No act is stated; state it first.")
    for act in made.file.acts.values():
        told = act.stated
        kind = made.file.facts(act.id).value("act.kind")
        what = made.of(law.label("act.kind", str(kind))) if kind else _lack(made, act, "jenisnya", "its kind")
        rows = [
            (say("act.what"), what),
            (say("act.when"), made.at(told.when) if told.when else _lack(made, act, "waktunya", "its time")),
        ]
        if told.on_account:
            platform = made.common.name("platform", told.platform) if told.platform else ""
            rows.append((say("act.platform"), platform or _lack(made, act, "platformnya", "its platform")))
            place = "\n".join(one for one in (told.handle and f"@{told.handle.lstrip('@')}", told.url) if one)
            rows.append((say("act.where"), place or _lack(made, act, "alamat atau nama akun", "its address or handle")))
        else:
            rows.append((say("act.where"), told.url or say("act.no_account")))
        rows += [(say("act.evidence"), _evidence(made, act)), (say("act.rule"), _rule(made, act))]
        yield Block("rows", say("act.title", id=act.id), rows=tuple(rows))
    yield Block("say", say("act.reported"))


def accounts(made: Making) -> Iterator[Block]:
    """Give the accounts and times that a record is asked of: nothing of what is alleged, nor of whom."""
    say = made.words
    rows = [
        (
            made.common.name("platform", told.platform),
            "\n".join(one for one in (told.handle and f"@{told.handle.lstrip('@')}", told.url) if one),
            made.at(told.when) if told.when else _lack(made, act, "waktunya", "its time"),
        )
        for act in made.file.acts.values()
        if (told := act.stated).on_account
    ]
    if not rows:
        made.lacks("Tidak ada perbuatan dengan akun dalam berkas ini.", "There is no act on an account in this file.")
    heads = (say("act.platform"), say("act.where"), say("act.when"))
    yield Block("table", say("accounts"), heads=heads, rows=tuple(dict.fromkeys(rows)), wide=(1, 2.4, 1.6))


def records(made: Making) -> Iterator[Block]:
    """Give the records that were asked to be kept, and when each would be gone."""
    say = made.words
    rows = [
        (one.step.what, one.step.to, made.on(one.step.expires) if one.step.expires else say("records.unknown"))
        for one in made.file.preserved
    ]
    if rows:
        heads = (say("records.what"), say("records.who"), say("records.until"))
        yield Block("table", say("records.title"), heads=heads, rows=tuple(rows), wide=(2, 1.4, 1.2))


def file_name(made: Making, added: process.EvidenceAdded) -> str:
    """Give what a file is called; the name that a reporter gave it may name the reporter, so that it is left out."""
    return made.words("evidence.of_reporter") if added.supplied_by == "reporter" else added.name


def evidence(made: Making) -> Iterator[Block]:
    """Give everything that is on file, by its hash."""
    say = made.words
    rows = [
        (
            file_name(made, one.step),
            one.step.grade.value,
            say(f"supplier.{one.step.supplied_by}"),
            one.step.sha256,
        )
        for one in made.file.evidence.values()
    ]
    if rows:
        heads = (say("evidence.name"), say("evidence.grade"), say("evidence.from"), "SHA-256")
        yield Block("table", say("evidence.title"), heads=heads, rows=tuple(rows), wide=(1.6, 0.6, 1, 2.4))
        yield Block("say", say("evidence.means"))


def _evidence(made: Making, act: process.ActOnFile) -> str:
    lines = []
    for name in act.stated.evidence:
        held = made.file.evidence.get(name)
        if held is not None:
            lines.append(made.words("act.one_evidence", name=file_name(made, held.step), grade=held.step.grade.value))
            lines.append(f"SHA-256 {held.step.sha256}")
    return "\n".join(lines) or _lack(made, act, "bukti yang disegel", "sealed evidence")


def _rule(made: Making, act: process.ActOnFile) -> str:
    told = act.stated
    if told.rule is None or not told.catalogue:
        return _lack(made, act, "aturan dan versi katalognya", "its rule and the catalogue's version")
    rule = law.catalogue().rules.get(told.rule)
    if rule is None:
        return _lack(made, act, f"aturan yang ada dalam katalog (bukan {told.rule})", "a rule of the catalogue")
    lines = [f"{rule.id}: {made.of(rule.title)}", cited(made, rule.citation)]
    lines.append(made.words("act.catalogue", hash=told.catalogue[:_SHORT]))
    if told.catalogue != law.catalogue().hash:
        lines.append(made.words("act.catalogue_moved", hash=law.catalogue().hash[:_SHORT]))
    return "\n".join(lines)


def cited(made: Making, citation: Citation) -> str:
    """Say where something stands in the law, and how sure that is."""
    parts = [made.of(citation.instrument.title)]
    if citation.part:
        parts.append(made.common("law.part", part=made.common.name("law_part", citation.part)))
    if citation.row:
        parts.append(made.common("law.row", row=citation.row))
    if citation.article:
        parts.append(made.common("law.article", article=citation.article))
    status = made.of(law.label("citation_status", citation.status))
    return f"{', '.join(parts)}; {made.words('status', status=status, code=citation.status)}"


def _lack(made: Making, act: process.ActOnFile, in_indonesian: str, in_english: str) -> str:
    reason = Text(f"Perbuatan {act.id}: lengkapi {in_indonesian}.", f"Act {act.id}: add {in_english}.")
    return made.lacks(reason.id, reason.en)
