"""What takes longer than a page may: the tracing of an act, in a worker beside the web server.

The worker weighs what is on file and decides nothing. What it found is kept with the run; the file gets one step with
the hash of the report. Whatever goes wrong is told on the page of the case, and can be asked for again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any, Final

import yaml
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from telusur import dossier, process, tracing
from telusur.domain.errors import BadInput, TelusurError
from telusur.domain.text import Text
from telusur.office import custody, store
from telusur.office.home import Home
from telusur.office.models import Case, Exhibit, TracingRun

_log = logging.getLogger(__name__)
_SCHEMA: Final = "telusur.tracing/1"
_ENDING: Final = re.compile(r"\.[a-z0-9]{1,8}")


class _Stopped(Exception):
    """The run cannot be brought to its end; the words say why."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def ask_for_tracing(run: TracingRun) -> None:
    """Hand a run to the worker; it waits where none is running."""
    trace.enqueue(run.pk)


@task()
def trace(run_id: int) -> None:
    """Weigh who did an act, keep the report, and record its hash in the file; done once, however often begun."""
    run = TracingRun.objects.select_related("case").get(pk=run_id)
    if run.state in ("done", "failed"):
        return
    _stand(run, "running", 5)
    try:
        _trace(run)
    except TelusurError as problem:
        _fail(run, _words(problem))
    except _Stopped as stopped:
        _fail(run, stopped.words)
    except Exception:  # noqa: BLE001 - a run never stands without an end
        # What nobody foresaw is told too; its details go to the log without anybody's data.
        _fail(run, _UNFORESEEN)
        _log.exception("a tracing failed")


def _trace(run: TracingRun) -> None:
    file = store.file_of(run.case)
    act = file.acts.get(run.act)
    if act is None:
        raise _Stopped(Text(f"Tidak ada perbuatan {run.act}.", f"There is no act {run.act}."))
    TracingRun.objects.filter(pk=run.pk).update(file_version=file.version)
    with _folder(run, file, act) as folder:
        _stand(run, "running", 20)
        case = dossier.read_case(folder)
        _stand(run, "running", 30)
        records = dossier.read_records(case)
        _stand(run, "running", 60)
        found = dossier.trace(case, case.acts[0], records)
    if found is None:
        raise _Stopped(_NO_ACCOUNT)
    _stand(run, "running", 90)
    report = {"schema": _SCHEMA, "made_by": dossier.made_by(), "act": run.act, **found.as_json("id")}
    _record(run, act, found, report)


def report_hash(report: Mapping[str, object]) -> str:
    """Give the SHA-256 of a report: of its JSON in UTF-8, keys sorted, without blanks."""
    written = json.dumps(report, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _record(run: TracingRun, act: process.ActOnFile, found: tracing.Tracing, report: dict[str, object]) -> None:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=run.case_id)
        now = store.file_of(case).acts.get(run.act)
        if now is None or now.stated != act.stated:
            raise _Stopped(_CHANGED)
        step = process.Traced(
            at=timezone.now(),
            by=process.SYSTEM,
            act=run.act,
            report=report_hash(report),
            excludes_owner=found.combined.excludes_owner,
            leading=found.combined.leading,
        )
        store.record(case.pk, step, version=case.version)
        # Beside the report, whose form and hash are the contract's: what pages show and letters do not.
        shown = {
            "sensitivity": found.sensitivity(),
            "next_evidence": found.as_json("en")["next_evidence"],
            "features": [[one.as_json() for one in item.features] for item in found.items],
        }
        asked = {**run.asked, "shown": shown}
        TracingRun.objects.filter(pk=run.pk).update(state="done", progress=100, result=report, asked=asked, note="")


def _stand(run: TracingRun, state: str, progress: int) -> None:
    TracingRun.objects.filter(pk=run.pk).update(state=state, progress=progress)


def _fail(run: TracingRun, words: Text) -> None:
    asked = {**run.asked, "problem": words.as_json()}
    TracingRun.objects.filter(pk=run.pk).update(state="failed", asked=asked, note=words.id[:300])


def _words(problem: TelusurError) -> Text:
    if isinstance(problem, process.Refused):
        reasons = problem.reasons
        return Text(" ".join(one.id for one in reasons), " ".join(one.en for one in reasons))
    if isinstance(problem, BadInput):
        return problem.words
    return Text(f"Tidak dapat dipakai ({problem})", str(problem))


@contextmanager
def _folder(run: TracingRun, file: process.File, act: process.ActOnFile) -> Iterator[Path]:
    """Make a case folder as `telusur assess` reads it, closed to others, and remove it afterwards."""
    home = Home.here()
    home.make()
    folder = Path(tempfile.mkdtemp(prefix="tracing-", dir=home.incoming))
    try:
        (folder / "evidence").mkdir()
        (folder / "known").mkdir()
        wanted = run.asked.get("evidence")
        held = [one for one in run.case.exhibits.all() if wanted is None or one.evidence_id in wanted]
        for one in held:
            custody.reading(f"tracing:{one.pk}", process.SYSTEM, case=run.case, sha256=one.sha256)
        paths = {one.evidence_id: _put(folder, number, one) for number, one in enumerate(held, 1)}
        document = _document(run, file, act, held, paths)
        (folder / "case.yaml").write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(folder: Path, number: int, exhibit: Exhibit) -> str:
    ending = PurePath(exhibit.name).suffix.lower()
    place = "known" if exhibit.kind == "known_writing" else "evidence"
    path = f"{place}/{number:03d}{ending if _ENDING.fullmatch(ending) else ''}"
    # A copy: what is kept is never handed to a reader of foreign files.
    custody.exported(exhibit.case, exhibit.sha256, folder / path)
    return path


def _document(
    run: TracingRun, file: process.File, act: process.ActOnFile, held: list[Exhibit], paths: Mapping[str, str]
) -> dict[str, Any]:
    told = act.stated
    answers = [one for one in file.answers if one.step.by == file.respondent or one.step.evidence]
    signed = [one for one in file.statements if one.step.act == act.id]
    account = {"platform": told.platform or "other", "handle": told.handle, "account_id": run.asked.get("account_id")}
    return {
        "schema": "telusur.case/1",
        "id": run.case.number,
        "reported_on": run.case.received_on,
        "respondent": {"status": file.status.step.status if file.status else run.case.respondent.status or "pns"},
        "account": {name: value for name, value in account.items() if value},
        "acts": [_act(run, file, act, paths)],
        "statement": {
            "claims": sorted({claim for one in answers[-1:] for claim in one.step.claims}),
            "text": answers[-1].step.text if answers else None,
            "signed_after_particulars": True if signed else None,
        },
        "sources": [_source(one, paths[one.evidence_id]) for one in held],
    }


def _act(run: TracingRun, file: process.File, act: process.ActOnFile, paths: Mapping[str, str]) -> dict[str, Any]:
    told = act.stated
    facts = {name: value for name, value in told.facts.as_json().items() if name != "attribution"}
    if told.when:
        facts.pop("date", None)
    if file.status:
        actor = facts.get("actor")
        facts["actor"] = {**(actor if isinstance(actor, dict) else {}), "status": file.status.step.status}
    url = told.url if told.url and told.url.lower().startswith(("http://", "https://")) else None
    return {
        "id": act.id,
        **facts,
        "at": told.when.written if told.when else None,
        "text": run.asked.get("text") or None,
        "url": url,
        "evidence": [paths[one] for one in told.evidence if one in paths],
    }


def _source(exhibit: Exhibit, path: str) -> dict[str, Any]:
    """Say what a file is; where its grade is lower than its kind would have, it counts as a copy."""
    kind: Any = exhibit.kind
    before = exhibit.grade == "B"
    graded = dossier.Source(path, kind, exhibit.supplied_by, before).grade  # type: ignore[arg-type] # as it was taken in
    if graded.value < exhibit.grade and kind not in ("platform_export", "known_writing"):
        kind = "screenshot"
    return {"path": path, "kind": kind, "supplied_by": exhibit.supplied_by, "taken_before_officer": before}


_NO_ACCOUNT: Final = Text(
    "Menurut fakta yang dinyatakan, perbuatan ini tidak dilakukan dengan akun, atau jenisnya belum diketahui; nyatakan "
    "jenis perbuatannya, lalu minta lagi.",
    "By the facts as stated this act was not done with an account, or its kind is not known; state the kind of act, "
    "then ask again.",
)
_CHANGED: Final = Text(
    "Perbuatan ini dikoreksi selagi ditelusuri; hasilnya tidak dipakai. Minta penelusuran lagi.",
    "This act was corrected while it was being traced; the result is not used. Ask for the tracing again.",
)
_UNFORESEEN: Final = Text(
    "Penelusuran gagal karena sebab yang tidak terduga; tidak ada yang hilang. Minta lagi, dan bila gagal lagi, minta "
    "administrator melihat catatannya.",
    "The tracing failed for a reason that nobody foresaw; nothing is lost. Ask again, and if it fails again, ask the "
    "administrator to look at the log.",
)
