"""The self-report on paper, and as a document for programs."""

from __future__ import annotations

from importlib import resources

from telusur import __version__
from telusur.domain.moment import Moment
from telusur.domain.text import Language
from telusur.dossier.render.setting import set_pdf
from telusur.dossier.render.speech import Speech
from telusur.dossier.selfreport.reading import SCHEMA
from telusur.dossier.selfreport.report import SelfReport


def self_report_pdf(report: SelfReport, language: Language = "id") -> bytes:
    """Set the report on paper.

    Parameters
    ----------
    report
        What is said.
    language
        In which language; what the owner wrote stays as it was written.

    Returns
    -------
    bytes
        PDF/A-2a and PDF/UA-1; the same bytes for the same report.
    """
    template = resources.files(__package__).joinpath("selfreport.typ").read_bytes()
    return set_pdf(template, data(report, language), report.day)


def data(report: SelfReport, language: Language = "id") -> dict[str, object]:
    """Give every word of the paper, in its order."""
    say = Speech(language, __package__)
    day = say.day(report.day)
    platform = say.name("platform", report.platform)
    return {
        "language": language,
        "title": say("title"),
        "subtitle": say("subtitle", platform=platform, day=day),
        "running": say("running", day=day),
        "day": [report.day.year, report.day.month, report.day.day],
        "is": say("is"),
        "account": {
            "heading": say("account.heading"),
            "rows": [
                [say("account.name"), report.name or say("account.by_hand")],
                [say("account.platform"), platform],
                [say("account.handle"), report.handle],
                [say("account.noticed"), _time(report.noticed, say)],
                [
                    say("account.last_access"),
                    _time(report.last_access, say) if report.last_access else say("account.not_known"),
                ],
                [say("account.access"), say.name("access", report.access)],
            ],
        },
        "happened": {"heading": say("happened.heading"), "words": report.happened.strip()},
        "done": {"heading": say("done.heading"), "words": report.done.strip(), "none": say("done.none")},
        "files": {
            "heading": say("files.heading"),
            "lead": say("files.lead" if report.attached else "files.none"),
            "how": say("files.how"),
            "columns": [say("files.number"), say("files.name"), say("files.size"), "SHA-256"],
            "rows": [
                [str(number), one.name, say("files.bytes", n=say.number(one.size)), _grouped(one.sha256)]
                for number, one in enumerate(report.attached, 1)
            ],
        },
        "check": {"heading": say("check.heading"), "lines": [say(f"check.{name}") for name in ("keep", "time")]},
        "next": {"heading": say("next.heading"), "lines": [say(f"next.{name}") for name in ("lodge", "ask", "police")]},
        "sign": {"words": say("sign.words"), "lines": [say("sign.place"), say("sign.line")]},
        "receipt": {
            "heading": say("receipt.heading"),
            "lines": [say(f"receipt.{one}") for one in ("who", "when", "hand")],
        },
        "foot": say("foot", version=__version__),
    }


def as_json(report: SelfReport) -> dict[str, object]:
    """Give the report as a document."""
    return {
        "schema": SCHEMA,
        "made_by": {"telusur": __version__, "catalogue": None, "models": None},
        "day": report.day.isoformat(),
        "name": report.name or None,
        "platform": report.platform,
        "handle": report.handle,
        "noticed": report.noticed.written,
        "last_access": report.last_access.written if report.last_access else None,
        "access": report.access,
        "happened": report.happened,
        "done": report.done,
        "files": [one.as_json() for one in report.attached],
    }


def _time(moment: Moment, say: Speech) -> str:
    return say.moment(moment.at)


def _grouped(sha256: str) -> str:
    """Write a hash in groups of eight, so that it can be read aloud and breaks where it may."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))
