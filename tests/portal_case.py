"""A case whose particulars were served on its respondent, and the respondent's browser, without scripts."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from telusur import law, process
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.office import codes, exhibits, store
from telusur.office.models import Case, Exhibit, Respondent
from telusur.office.portal.codes import new_code

PASSPHRASE = "tiga kata rahasia"
RULE = "SKB-2022/D6"
REPORTER = "p-pelapor-7c1"
NOTE = "Catatan intern: mintai keterangan tetangga kantor."
DRAFTED = "Alasan konsep yang belum disetujui siapa pun."
FACTS = {
    "contest": {"kind": "president"},
    "actor": {"status": "pns"},
    "act": {"kind": "post", "public": True, "leaning": "supports"},
    "target": {"kind": "contestant"},
}


@dataclass
class Told:
    """A case in the making, step by step, each a second after the last."""

    case: Case
    at: datetime
    exhibits: dict[str, Exhibit] = field(default_factory=dict)

    @property
    def respondent(self):
        return self.case.respondent.person_id

    @property
    def file(self):
        self.case.refresh_from_db()
        return store.file_of(self.case)

    def on(self):
        """Give the time of the next step: a second later, and never before what the respondent did meanwhile."""
        last = self.file.steps[-1].at
        self.at = max(self.at + timedelta(seconds=1), last + timedelta(microseconds=1))

    def take(self, kind, by="u1", **told):
        self.on()
        store.record(self.case.pk, kind(at=self.at, by=by, **told), version=self.case.version)
        return self

    def add(self, name, content=None, *, by="authority", grade=Grade.B, who="u1"):
        """Add a file with an invented content, as a party would hand it in."""
        self.on()
        upload = SimpleUploadedFile(name, content or name.encode())
        with exhibits.Tray() as tray, transaction.atomic():
            taken = tray.take_in(upload, kind=None, grade=grade)
            row, step = exhibits.add(self.case, taken, supplied_by=by, at=self.at, by=who)
            store.record(self.case.pk, step, version=self.case.version)
            row.save(force_insert=True)
            exhibits.keep(self.case, [taken])
        self.exhibits[name] = row
        return row.evidence_id

    def act(self, name="P1", *, evidence, when="2024-01-20T21:08+08:00", **more):
        told = {
            "facts": Facts.read(FACTS),
            "on_account": True,
            "platform": "x",
            "handle": "akun_contoh",
            "url": "https://x.example/akun_contoh/status/1",
            **more,
        }
        return self.take(
            process.ActStated,
            act=name,
            when=Moment.parse(when),
            evidence=tuple(evidence),
            rule=RULE,
            catalogue=law.catalogue().hash,
            **told,
        )

    def served(self, *whats, reply_until=None, proof):
        for what in whats:
            self.take(process.Served, what=what, how="diserahkan langsung", proof=proof, reply_until=reply_until)
        return self


def begun(number=1, procedure="discipline-pp94"):
    """Give a case with one act, known to nobody outside yet: a reporter's picture, an officer's capture, a note."""
    respondent = Respondent.objects.create(name=f"Pegawai Contoh {number}", nip="193901011959031002", status="pns")
    at = timezone.now().replace(microsecond=0) - timedelta(days=3)
    case = Case(procedure=procedure, subject="unggahan di X, Januari", respondent=respondent, received_on=at.date())
    first = process.Opened(
        at=at,
        by="u1",
        procedure=procedure,
        how="report",
        respondent=respondent.person_id,
        reporter=REPORTER,
        received_on=at.date(),
    )
    store.open_case(case, [first])
    told = Told(case, at)
    told.take(process.StatusEstablished, status="pns", grounds="SK pengangkatan", rank="pelaksana")
    told.take(process.Noted, text=NOTE)
    return told


def with_particulars(number=1, procedure="discipline-pp94"):
    """Give a case whose particulars were drawn up and served with a summons."""
    told = begun(number, procedure)
    capture = told.add("tangkapan-web.wacz", f"rekaman {number}".encode())
    picture = told.add("dari-pelapor-budi.png", f"gambar {number}".encode(), by="reporter", grade=Grade.E)
    told.act(evidence=[capture, picture])
    told.take(process.PreservationAsked, to="Platform X, bagian hukum", what="riwayat masuk", expires=date(2030, 1, 1))
    told.take(process.ParticularsGiven, acts=("P1",))
    proof = told.add("tanda-terima.pdf", f"tanda terima {number}".encode(), grade=Grade.D)
    if procedure == "discipline-pp94":
        told.take(process.Moved, move="summon", role="direct_superior", expected_version=told.file.version)
    until = timezone.localdate() + timedelta(days=10)
    return told.served("particulars", "summons", reply_until=until, proof=proof)


def hidden(response):
    """Give the fields that a page's last form carries."""
    return {one: response.context["form"][one].value() for one in ("token", "version")}


@dataclass
class Person:
    """The respondent's browser."""

    client: Client
    told: Told
    language: str = "id"

    def get(self, name, *args):
        answer = self.client.get(reverse(f"portal:{name}", args=args))
        answer.taken = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        return answer

    def post(self, name, data, *args):
        return self.client.post(reverse(f"portal:{name}", args=args), data)

    def text(self, name, *args):
        answer = self.get(name, *args)
        assert answer.status_code == 200, answer
        return html.unescape(answer.taken.decode())


def enter(told, language="id", client=None, passphrase=PASSPHRASE):
    """Enter with a code of the letter, and choose a passphrase."""
    client = client or Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    code = new_code(told.case)
    answer = client.post(reverse("portal:enter"), {"code": codes.shown(code)})
    assert answer.status_code == 302, answer.content.decode()
    answer = client.post(answer["Location"], {"rahasia": passphrase, "ulang": passphrase})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == reverse("portal:page")
    return Person(client, told, language)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
