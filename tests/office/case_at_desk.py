"""A case taken through the desk by people with a browser without a screen: invented, and told as roles."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from telusur import process
from telusur.office import store
from telusur.office.models import Case, Respondent, User

#: Act, rule and facts under which a rule is met as soon as control and authenticity are decided.
FACTS = {
    "act__kind": "post",
    "act__public": "true",
    "act__active_support": "true",
    "act__leaning": "supports",
    "act__appeal": "true",
    "contest__kind": "president",
    "target__kind": "contestant",
}
RULE = "SKB-2022/D6"
_tokens = itertools.count()


def paper(name: str = "tanda-terima.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"%PDF-1.7 {name} {next(_tokens)}".encode())


def open_case(by: User, procedure: str = "bawaslu-general", how: str = "report", **told: Any) -> Case:
    """Open a case as intake does."""

    respondent = Respondent.objects.create(name="Terlapor Contoh", nip="193901011959011001", status="pns")
    today = timezone.localdate()
    case = Case(
        procedure=procedure,
        subject="Unggahan di X",
        respondent=respondent,
        received_on=today,
        incident=told.get("incident") or "",
    )
    opened = process.Opened(
        at=timezone.now(),
        by=by.person_id,
        procedure=procedure,
        how=how,
        received_on=today,
        **{"respondent": respondent.person_id, **told},
    )
    store.open_case(case, [opened])
    return case


class Desk:
    """Somebody at a desk with one case."""

    def __init__(self, case: Case, user: User) -> None:
        self.case = case
        self.user = user
        self.client = Client()
        self.client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])

    @property
    def file(self) -> process.File:
        return store.file_of(Case.objects.get(pk=self.case.pk))

    def address(self, name: str, untuk: str = "") -> str:
        return f"/meja/berkas/{self.case.pk}/lakukan/{name}/" + (f"?untuk={untuk}" if untuk else "")

    def send(self, name: str, untuk: str = "", **typed: Any) -> Any:
        """Send a form as it is now."""
        told = {"version": self.file.version, "token": f"tanda-{next(_tokens):020d}", **typed}
        return self.client.post(self.address(name, untuk), told)

    def does(self, name: str, untuk: str = "", **typed: Any) -> process.File:
        """Do something that is allowed."""
        answer = self.send(name, untuk, **typed)
        assert answer.status_code in (200, 302), answer.content.decode()
        if answer.status_code == 200:
            assert "code-card" in answer.content.decode(), answer.content.decode()
        return self.file

    def refused(self, name: str, untuk: str = "", **typed: Any) -> str:
        """Try something that is refused; gives the page with the reasons."""
        before = self.file.version
        answer = self.send(name, untuk, **typed)
        assert answer.status_code in (409, 422), answer.status_code
        assert self.file.version == before
        return answer.content.decode()

    def page(self, **query: Any) -> str:
        answer = self.client.get(f"/meja/berkas/{self.case.pk}/", query)
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    def moves(self, move: str, **typed: Any) -> process.File:
        return self.does(f"langkah-{move}", **typed)

    # -- in the order in which people do it --

    def states_the_act(self) -> Desk:
        self.does("status", status="pns", rank="pelaksana", grounds="SK pengangkatan.")
        self.does("bukti", papers=paper("tangkapan.pdf"), kind="web_archive", supplied_by="authority")
        self.does(
            "perbuatan",
            when_tanggal="20 Januari 2024",
            when_jam="22.15",
            when_zona="WIB",
            platform="x",
            handle="@contoh_pegawai",
            url="https://x.com/contoh_pegawai/status/1748725849781301248",
            evidence=list(self.file.evidence),
            **FACTS,
        )
        self.does("aturan", "P1", rule=RULE)
        return self

    def informs(self) -> Desk:
        self.does("rincian")
        self.serves("particulars")
        return self

    def serves(self, what: str, **typed: Any) -> Desk:
        told = {"what": what, "how": "diserahkan langsung", "on": "hari ini", "proof": paper(), **typed}
        told["on"] = today()
        if what in ("particulars", "summons", "second_summons"):
            told.setdefault("reply_until", in_days(14))
        self.does("sampaikan", **told)
        return self

    def hears(self, *claims: str) -> Desk:
        self.does("jawaban", text="Bukan saya.", claims=list(claims or ("not_mine",)), minutes=paper("bap.pdf"))
        return self

    def traces(self) -> Desk:
        """Record a tracing as the worker does; the worker itself is tested where it is."""

        case = Case.objects.get(pk=self.case.pk)
        step = process.Traced(at=timezone.now(), by=process.SYSTEM, act="P1", report="7" * 64, excludes_owner=False)
        store.record(case.pk, step, version=case.version)
        return self

    def decides(self, value: str = "owner") -> Desk:
        self.does("penguasaan", "P1", act="P1", value=value, grounds="Log sesi dan perangkat.")
        self.does("keaslian", "P1", act="P1", value="established", grounds="Sama dengan tangkapan.")
        return self

    def asks_of_ties(self) -> Desk:
        self.does("hubungan", who=self.file.reporter, what="Ditanya saat menerima laporan.")
        return self


def today() -> str:

    return timezone.localdate().isoformat()


def in_days(days: int) -> str:

    return (timezone.localdate() + timedelta(days)).isoformat()


DRAFT = {
    "finding_1": "proven",
    "sanction": f"{RULE}|heavy|demotion",
    "official": "ppk_central_or_province",
    "likeness": "nothing",
    "grounds": "Log sesi, perangkat, dan jawabannya sendiri.",
}
LETTER = {
    "language": "id",
    "number": "800/017",
    "signer": "Pejabat Dua",
    "signer_position": "PPK",
    "about": "Hukuman disiplin",
    "effect": "hari ke-15",
    "remedy": "bpasn_banding",
    "remedy_to": "BPASN",
}


def before_deciding(agency):
    desk = agency["superior"]
    desk.states_the_act().asks_of_ties().informs()
    desk.moves("summon")
    desk.serves("summons")
    desk.moves("examine")
    desk.hears()
    desk.moves("sign_record")
    agency["ppk"].moves("form_team", grounds="Dapat berat.")
    agency["examiner"].moves("team_report")
    return desk


def confirm(agency):
    agency["legal"].does("kukuhkan", rule=RULE, gazette=paper("bn.pdf"), lawyer="Ahli Hukum A", on=today())


__all__ = [
    "DRAFT",
    "FACTS",
    "LETTER",
    "RULE",
    "Desk",
    "before_deciding",
    "confirm",
    "in_days",
    "open_case",
    "paper",
    "today",
]
