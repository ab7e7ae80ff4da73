"""The respondent's own file: the page of it, and what may be downloaded; each download is written down."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from telusur import law, process
from telusur.domain.errors import BadInput
from telusur.domain.text import Text
from telusur.office import custody, exhibits, letters, requests
from telusur.office.portal import calendar
from telusur.office.portal.access import Visitor, respondents_only, shown
from telusur.office.portal.rights import rights
from telusur.office.portal.seen import Seen, served_words
from telusur.office.portal.taking import receipts
from telusur.office.words import language


@respondents_only
def page(request: HttpRequest, present: Visitor) -> HttpResponseBase:
    """Show where the case stands, what is alleged and what is not, the evidence, the terms, and what happened."""
    seen = Seen(present.case, present.file)
    today = timezone.localdate()
    answered = present.file.answers
    context = {
        "seen": seen,
        "procedure": present.file.flow,
        "rights": rights(present.file.flow.body),
        "terms": seen.terms,
        "requests": requests.of_acts([one.act for one in seen.acts], present.file),
        "meaning": requests.MEANING,
        "today": today,
        "until": present.file.reply_until if not present.file.final else None,
        "answered": bool(answered and seen.given and answered[-1].n > seen.given.n),
        "decision": seen.decision,
        "sanction": sanction_words(seen.decision.sanction) if seen.decision and seen.decision.sanction else None,
    }
    return shown(request, present, "page", context)


def sanction_words(held: process.Sanction) -> tuple[Text, Text]:
    """Give level and kind of a sanction in words."""
    kind = Text(held.kind, held.kind)
    try:
        kinds = {one.id: one.title for each in law.sanctions(held.level).sets for one in each.kinds}
        return law.label("sanction_level", held.level), kinds.get(held.kind, kind)
    except BadInput:
        return Text(held.level, held.level), kind


@respondents_only
def evidence(request: HttpRequest, present: Visitor, exhibit_id: UUID) -> HttpResponseBase:
    """Hand out a file that the particulars name, or that the respondent handed in."""
    del request
    exhibit = Seen(present.case, present.file).downloadable().get(str(exhibit_id))
    if exhibit is None:
        raise Http404
    try:
        return exhibits.handed_out(exhibit, present.person_id)
    except FileNotFoundError:
        raise Http404 from None


@respondents_only
def letter(request: HttpRequest, present: Visitor, letter_id: UUID) -> HttpResponseBase:
    """Hand out a letter that was served."""
    del request
    served = {one.pk: one for _, _, one in Seen(present.case, present.file).letters}
    held = served.get(letter_id)
    if held is None:
        raise Http404
    try:
        made = letters.kept(held)
    except FileNotFoundError:
        raise Http404 from None
    _read(present, f"letter:{held.pk}", held.sha256)
    return _download(made, "application/pdf", f"{held.kind}-{_number(present)}-{held.sha256[:8]}.pdf")


@respondents_only
def term(request: HttpRequest, present: Visitor, term_id: str) -> HttpResponseBase:
    """Give a term as a calendar file."""
    del request
    found = {one.id: one for one in Seen(present.case, present.file).terms if one.due}
    held = found.get(term_id)
    if held is None:
        raise Http404
    made = calendar.ics(held, present.case.number, language())
    return _download(made, "text/calendar; charset=utf-8", f"{held.id}-{_number(present)}.ics")


@respondents_only
def whole(request: HttpRequest, present: Visitor) -> HttpResponseBase:
    """Give everything that concerns the respondent as JSON, with the hashes of what was served and handed in."""
    del request
    made = json.dumps(own_file(present), ensure_ascii=False, indent=2, sort_keys=False).encode("utf-8", "surrogatepass")
    _read(present, "own-file")
    return _download(made, "application/json; charset=utf-8", f"berkas-saya-{_number(present)}.json")


def own_file(present: Visitor) -> dict[str, Any]:
    """Give the respondent's own file: nothing of the reporter, no note, no draft, nobody's id."""
    seen, file = Seen(present.case, present.file), present.file
    decision = seen.decision
    return {
        "schema": "telusur.own-file/1",
        "case": present.case.number,
        "procedure": {"id": file.flow.id, "title": file.flow.title.as_json()},
        "standing": seen.standing.as_json(),
        "particulars": [
            {
                "act": one.act.act,
                "kind": one.act.facts.value("act.kind"),
                "at": one.act.when.written if one.act.when else None,
                "platform": one.act.platform,
                "handle": one.act.handle,
                "url": one.act.url,
                "facts": one.act.facts.as_json(),
                "rule": {"id": one.rule.id, "title": one.rule.title.as_json(), "citation": one.rule.citation.as_json()}
                if one.rule
                else one.act.rule,
                "catalogue": one.act.catalogue,
                "evidence": [_evidence(held) for held in one.evidence],
            }
            for one in seen.acts
        ],
        "handed_in": [_evidence(one) for one in seen.own],
        "served": [
            {
                "what": served_words(one.step.what).as_json(),
                "on": one.step.day.isoformat(),
                "how": one.step.how,
                "reply_until": one.step.reply_until.isoformat() if one.step.reply_until else None,
            }
            for one in file.served
        ],
        "letters": [
            {"what": what.as_json(), "served_on": on.isoformat(), "sha256": held.sha256}
            for what, on, held in seen.letters
        ],
        "sent_by_you": [
            {"at": one.at.isoformat(), "receipt_sha256": one.sha256, "receipt_of": one.held}
            for one in receipts(present.case, file).values()
        ],
        "terms": [
            {
                "id": one.id,
                "title": one.title.as_json(),
                "due": one.due.isoformat() if one.due else None,
                "how": one.how.as_json(),
            }
            for one in seen.terms
        ],
        "decision": {
            "served_on": decision.day.isoformat(),
            "findings": [{"act": act, "result": found.as_json()} for act, found in decision.findings],
            "grounds": decision.grounds,
            "remedy_until": decision.remedy_until.isoformat() if decision.remedy_until else None,
        }
        if decision
        else None,
        "history": [
            {"at": one.at.isoformat(), "what": one.what.as_json(), "more": one.more} for one in reversed(seen.history)
        ],
        "left_out": ["reporter", "notes", "drafts"],
    }


def _evidence(held: Any) -> dict[str, Any]:
    return {"name": held.name.id, "sha256": held.sha256, "grade": held.grade.as_json()}


def _number(present: Visitor) -> str:
    return present.case.number.replace("/", "-")


def _read(present: Visitor, what: str, sha256: str | None = None) -> None:
    custody.reading(what, present.person_id, case=present.case, sha256=sha256)


def _download(made: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
