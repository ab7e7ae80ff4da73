"""Every address of the office in a browser, with data behind it, in both languages: axe finds nothing, and all fits.

An address that is new is missing here until somebody says how it is come to; one that does not open fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from office.browsing import IN_A_BROWSER, faults
from telusur import process
from telusur.domain.evidence import Grade
from telusur.office import codes, exhibits, letters
from telusur.office.actions import actions
from telusur.office.demo.making import make
from telusur.office.models import Case, PublicReport, ReportFile, User
from telusur.office.portal.codes import PURPOSE
from telusur.office.public.takeover import guide
from telusur.office.setup import gate

pytestmark = IN_A_BROWSER

NOBODY, RESPONDENT, SETTER = "nobody", "respondent", "setter"
#: What is handed out as a file, or leads on at once; it is opened without a screen.
FILES = {
    "desk:queue_csv",
    "desk:bundle",
    "desk:original",
    "desk:evidence_bundle",
    "intake:report_file",
    "intake:report_original",
    "public:checkpoint",
    "public:published",
    "audit:report",
    "audit:document",
    "letters:show",
    "portal:whole",
    "portal:evidence",
    "portal:letter",
    "portal:term",
    "setup:sheet",
    "mfa_download_recovery_codes",
    "health",
    "ready",
}
#: Addresses that lead elsewhere in this office, which has neither e-mail nor sign-up, or that only take a form.
ELSEWHERE = {
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reset_password_done",
    "account_set_password",
    "language",
    "letters:preview",
    "setup:onward",
    "setup:enter",
    "desk:runs",
    "audit:progress",
    "portal:leave",
}


@dataclass(frozen=True)
class Place:
    """A page, and who opens it; ``status`` where it is not 200."""

    view: str
    who: str
    address: str
    status: int = 200

    @property
    def name(self) -> str:
        return f"{self.view} {self.address}"


def views(resolver: URLResolver | None = None, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Give every address by its full name."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from views(one, (*names, *((one.namespace,) if one.namespace else ())))
        else:
            yield ":".join((*names, one.name or "")), one


def at(view: str, who: str, *parts: object, query: str = "", status: int = 200) -> Place:
    return Place(view, who, reverse(view, args=parts) + query, status)


def public_places() -> Iterator[Place]:
    told = "home verify selfcheck selfcheck-person selfcheck-agency deadline rules rules-background takeover selfreport"
    for view in (*told.split(), "transparency"):
        yield at(f"public:{view}", NOBODY)
    yield at("public:rule", NOBODY, "SKB-2022/D6")
    yield Place("public:rule", NOBODY, "/aturan/tidak-ada/", 404)
    for platform in guide().platforms:
        yield at("public:takeover-platform", NOBODY, platform)
    for view in ("intake:report", "intake:follow", "portal:enter", "portal:login"):
        yield at(view, NOBODY)
    for view in ("portal:page", "portal:answer"):
        yield at(view, NOBODY)  # without a session: where it leads
    yield at("portal:choose", NOBODY, status=409)  # without a code
    for view in ("account_login", "account_signup", "account_inactive", "account_reset_password"):
        yield at(view, NOBODY)
    yield Place("", NOBODY, "/tidak-ada/", 404)


def places_of_respondents() -> Iterator[Place]:
    for view in ("page", "answer", "records", "extension", "remedy", "waiver"):
        yield at(f"portal:{view}", RESPONDENT)


def places_of_people(administrator: str, user: User) -> Iterator[Place]:
    for view in ("office", "people", "new"):
        yield at(f"setup:{view}", administrator)
    for view in ("person", "passphrase", "factor", "close"):
        yield at(f"setup:{view}", administrator, user.pk)
    yield at("setup:changes", "pengawas")
    yield at("audit:page", "auditor-imbang")
    for act in ("rencana", "jalankan", "terbitkan"):
        yield at("audit:act", "auditor-imbang", act)
    yield at("setup:people", "pengawas", status=403)
    yield at("account_logout", administrator)
    for view in ("account_change_password", "account_reauthenticate"):
        yield at(view, administrator)
    for view in ("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp"):
        yield at(view, administrator)


def places_at_the_desk(case: Case, who: str) -> Iterator[Place]:
    """Give the pages of one case; its acts are walked apart."""
    for view in ("desk:case", "desk:incident", "desk:ledger", "desk:nip", "letters:list", "intake:preserve"):
        yield at(view, who, case.pk)
    for exhibit in case.exhibits.all()[:1]:
        yield at("desk:exhibit", who, case.pk, exhibit.pk)


def places_of_reports(who: str, reports: list[PublicReport]) -> Iterator[Place]:
    yield at("intake:reports", who)
    yield at("intake:reports", who, query="?semua=1")
    for report in reports:
        yield at("intake:received", who, report.pk)
    yield at("intake:open", who)
    yield at("intake:open_report", who, reports[0].pk)


def places_of_queues(who: str) -> Iterator[Place]:
    for query in ("", "?cari=tidak-ada", "?siapa=selesai"):
        yield at("desk:queue", who, query=query)


#: Who of the trial acts in the cases of each procedure.
ACTS_IN = {
    "bawaslu-general": "ketua",
    "bawaslu-regional": "ketua",
    "bkn-sbt": "satgas",
    "discipline-pp94": "atasan",
}


@dataclass
class Trial:
    """The trial's office, and how to come in as anybody."""

    codes: dict[str, str]
    clients: dict[str, Client]

    def client(self, who: str) -> Client | None:
        if who == NOBODY:
            return None
        if who not in self.clients:
            client = Client()
            if who == RESPONDENT:
                self._enter(client)
            elif who == SETTER:
                client.get(gate.address("/"))
            else:
                client.force_login(User.objects.get(username=who), backend=BACKEND)
            self.clients[who] = client
        return self.clients[who]

    def _enter(self, client: Client) -> None:
        answer = client.post(reverse("portal:enter"), {"code": codes.shown(self.codes[PURPOSE])})
        words = "tiga kata rahasia"
        answer = client.post(answer["Location"], {"rahasia": words, "ulang": words})
        assert answer["Location"] == reverse("portal:page")


BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def trial(office, monkeypatch) -> Trial:
    monkeypatch.setenv("TELUSUR_DEMO", "1")  # people of the trial come in without a second factor
    return Trial(make(), {})


def cases() -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in Case.objects.order_by("number"):
        found.setdefault(case.procedure, []).append(case)
    return found


def the_fullest(several: list[Case]) -> Case:
    return max(several, key=lambda one: (one.letters.count(), one.tracing_runs.count(), one.version))


def short_round() -> list[Place]:
    """Give every page once, those of cases and acts for the fullest case of each kind."""
    held = cases()
    assert set(held) == set(process.procedures())
    reports = list(PublicReport.objects.all())
    user = User.objects.get(username="pemeriksa-a")
    places = [*public_places(), *places_of_respondents(), *places_of_people("administrator", user)]
    places += [*places_of_reports("penerima", reports[:1]), *places_of_queues("ketua"), *places_of_queues("presiden")]
    for procedure, several in held.items():
        places += places_at_the_desk(the_fullest(several), ACTS_IN[procedure])
    case = the_fullest(held["discipline-pp94"])
    places += [
        at("desk:act", _doer(name, "atasan"), case.pk, name, query="?untuk=P1") for name in actions() if _kind(name)
    ]
    return places


def _doer(name: str, who: str) -> str:
    """Give who opens an act: what the audit needs is entered by whoever takes cases in."""
    return "penerima" if actions()[name].permission == "balance.enter" else who


def _kind(name: str) -> bool:
    """Leave out of the short round what looks alike: of all moves and letters a few."""
    apart = ("langkah-examine", "langkah-decide_heavy", "langkah-pass_up", "surat-summons", "surat-decision")
    return name in apart or not name.startswith(("langkah-", "surat-", "kukuhkan"))


def long_round() -> list[Place]:
    """Give every page of every case, every act of it, and every rule of the book."""
    places = [*public_places(), *places_of_respondents()]
    places += places_of_reports("penerima", list(PublicReport.objects.all()))
    for procedure, several in cases().items():
        who = ACTS_IN[procedure]
        for case in several:
            places += places_at_the_desk(case, who)
            moves = {f"langkah-{one}" for one in process.procedures()[procedure].moves}
            for name in actions():
                if name != "kukuhkan" and (not name.startswith("langkah-") or name in moves):
                    places.append(at("desk:act", _doer(name, who), case.pk, name, query="?untuk=P1"))
    return places


def walked(opened: Callable[..., Any], trial: Trial, places: list[Place], language: str, width: int) -> list[str]:
    """Open every place as whoever may, and give all that is wrong with them."""
    wrong: list[str] = []
    pages: dict[str, Any] = {}
    for place in dict.fromkeys(places):
        if place.who not in pages:
            pages[place.who] = opened("/health", who=trial.client(place.who), language=language, width=width)
        page = pages[place.who]
        root = "/".join(page.url.split("/")[:3])
        answer = page.goto(root + place.address)
        if answer.status != place.status:
            wrong.append(f"{place.name}: {answer.status}")
        if page.locator("main h1").count() != 1:
            wrong.append(f"{place.name}: {page.locator('h1').count()} headings of the first rank")
        wrong += faults(page, place.name if len(place.name) < 80 else place.view)
    return wrong


EVERY = [("id", 320), ("en", 1280)]


@pytest.mark.parametrize(("language", "width"), [EVERY[0], pytest.param(*EVERY[1], marks=pytest.mark.long)])
def test_nothing_is_wrong_with_any_page(opened, trial, language: str, width: int):
    wrong = walked(opened, trial, short_round(), language, width)
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize(("language", "width"), [("en", 360), ("id", 1280)])
def test_nothing_is_wrong_with_any_page_of_any_case(opened, trial, language: str, width: int):
    wrong = walked(opened, trial, long_round(), language, width)
    assert not wrong, "\n".join(wrong)


def test_no_page_is_left_out(trial):
    set_up = {"setup:begin", "setup:administrator", "setup:first_office", "setup:keys", "setup:finish"}
    known = {place.view for place in short_round()} | FILES | ELSEWHERE | set_up
    # Seen by tests of their own, which come to them through a form: a receipt, what a second factor brings along.
    known |= {"portal:receipt", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"}
    assert {view for view, _ in views()} - known == set()


def test_every_file_opens(trial):
    bawaslu, answering = Case.objects.get(letters__kind="summons"), trial.client(RESPONDENT)
    office = trial.client("ketua")
    exhibit, letter = bawaslu.exhibits.first(), bawaslu.letters.first()
    report = PublicReport.objects.first()
    with exhibits.Tray() as tray:
        taken = tray.take_in(SimpleUploadedFile("x.txt", b"berkas"), kind=None, grade=Grade.E)
        exhibits.keep(report, [taken])
    file = ReportFile.objects.create(report=report, sha256=taken.item.sha256, name="x.txt", bytes=6, media_type="x/y")
    served = [
        (office, reverse("desk:queue_csv")),
        (office, reverse("desk:exhibit", args=[bawaslu.pk, exhibit.pk])),
        (office, reverse("letters:show", args=[bawaslu.pk, letter.pk])),
        (trial.client("penerima"), reverse("intake:report_file", args=[report.pk, file.pk])),
        (trial.client("penjaga-bukti"), reverse("intake:report_original", args=[report.pk, file.pk])),
        (trial.client("penjaga-bukti"), reverse("desk:original", args=[bawaslu.pk, exhibit.pk])),
        (trial.client("penjaga-bukti"), reverse("desk:evidence_bundle", args=[bawaslu.pk])),
        (Client(), reverse("public:checkpoint")),
        (answering, reverse("portal:whole")),
        (answering, reverse("portal:letter", args=[letter.pk])),
        (answering, reverse("portal:evidence", args=[exhibit.pk])),
        (Client(), reverse("health")),
    ]
    for client, address in served:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
    assert letters.texts()
