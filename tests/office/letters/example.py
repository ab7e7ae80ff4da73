"""Case files to write letters from: invented people, told as roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from telusur import law, process
from telusur.domain.evidence import Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.office.letters import Person, Sender, common, letter, text

WIB = timezone(timedelta(hours=7))
DAY = date(2024, 2, 12)
RULE = "SKB-2022/D6"
CATALOGUE = law.catalogue().hash
RESPONDENT, REPORTER = "r-1", "p-1"
PEOPLE = {"o-1": "Petugas Satu", "o-2": "Pejabat Dua", "o-3": "Pejabat Tiga"}
PERSON = Person(
    name="Pegawai Contoh",
    nip="193901011959031002",
    position="Analis Contoh",
    unit="Dinas Contoh Kabupaten Misal",
    address="Jalan Contoh Nomor 1\nKabupaten Misal",
    rank="Penata Muda",
)
OFFICE = Sender(name="Inspektorat Kabupaten Misal", agency="Pemerintah Kabupaten Misal", place="Misal", zone="WIB")
FACTS = Facts.read(
    {
        "contest": {"kind": "president"},
        "actor": {"status": "pns"},
        "act": {"kind": "post", "public": True, "leaning": "supports"},
        "target": {"kind": "contestant"},
    }
)
TRACING = {
    "schema": "telusur.tracing/1",
    "propositions": ["owner", "other_with_access", "taken_over", "impersonation", "fabricated", "linked_app"],
    "items": [
        {
            "code": "session.new_device",
            "group": "session",
            "what": "Perangkat yang belum pernah dipakai masuk 12 menit sebelum unggahan",
            "grade": "C",
            "explain": "Perangkat baru lebih sering terlihat setelah pengambilalihan daripada pada pemilik.",
            "log10_lr": {"taken_over": 1.1, "other_with_access": 0.4},
            "interval": {"taken_over": [0.6, 1.6], "other_with_access": [0.1, 0.7]},
            "cap": {"taken_over": [-1.0, 2.0], "other_with_access": [-1.0, 1.0]},
            "basis": "elicited",
            "data": "Penilaian tiga pemeriksa, tanpa data uji",
        },
        {
            "code": "style.questioned",
            "group": "style",
            "what": "Gaya unggahan berbeda dari 220 unggahan sebelumnya",
            "grade": "C",
            "explain": "Ejaan dan singkatan lain daripada yang biasa dipakai di akun ini.",
            "log10_lr": {"taken_over": 0.5, "other_with_access": 0.5},
            "interval": {"taken_over": [0.1, 0.9], "other_with_access": [0.1, 0.9]},
            "cap": {"taken_over": [-1.5, 1.5], "other_with_access": [-1.5, 1.5]},
            "basis": "calibrated",
            "data": "Akun uji yang tidak dipakai melatih",
        },
    ],
    "combined": {
        "log10_lr": {
            "owner": 0.0,
            "other_with_access": 0.9,
            "taken_over": 1.6,
            "impersonation": 0.0,
            "fabricated": 0.0,
            "linked_app": 0.0,
        },
        "interval": {
            "owner": [0.0, 0.0],
            "other_with_access": [0.4, 1.4],
            "taken_over": [0.9, 2.3],
            "impersonation": [0.0, 0.0],
            "fabricated": [0.0, 0.0],
            "linked_app": [0.0, 0.0],
        },
        "leading": "taken_over",
        "verbal": {
            "id": "Bukti memberi dukungan terbatas bagi penjelasan “akun diambil alih” (0,7 ban).",
            "en": "The evidence gives limited support to “the account was taken over” (0.7 ban).",
        },
    },
    "takeover": {
        "change_at": "2024-01-19T22:10:00Z",
        "interval": ["2024-01-19T20:00:00Z", "2024-01-19T23:30:00Z"],
        "log10_bf": 1.4,
    },
    "abstained": [{"group": "behaviour", "reason": "Tidak ada catatan jam pemakaian sebelum hari itu."}],
    "next_evidence": [
        {
            "ask_for": "Riwayat masuk dengan alamat IP",
            "from": "platform",
            "how": "permintaan resmi",
            "why": "menunjukkan jaringan yang dipakai saat unggahan",
            "until": "2024-04-18",
            "expected_gain_bans": 0.62,
        }
    ],
}
TRACINGS = {"A1": TRACING}


class Steps:
    """Takes steps one by one, each a minute after the last."""

    def __init__(self):
        self.file = process.File.empty()
        self.at = datetime(2024, 1, 22, 9, 0, tzinfo=WIB)

    def take(self, kind, by="o-1", **told):
        self.at += timedelta(minutes=1)
        self.file = process.take(self.file, kind(at=self.at, by=by, **told))
        return self

    def on(self, *day):
        self.at = datetime(*day, 9, 0, tzinfo=WIB)
        return self


def stated(procedure="discipline-pp94", how="report", **more):
    """Give a file with one act on an account and its particulars."""
    steps = Steps().take(
        process.Opened,
        procedure=procedure,
        how=how,
        respondent=RESPONDENT,
        reporter=REPORTER,
        received_on=date(2024, 1, 22),
        **more,
    )
    steps.take(process.StatusEstablished, status="pns", grounds="SK pengangkatan", rank="pelaksana")
    evidence(steps, "E1", "tangkapan-web.wacz", "1", Grade.B)
    steps.take(
        process.ActStated,
        act="A1",
        facts=FACTS,
        on_account=True,
        when=Moment.parse("2024-01-20T06:08+07:00"),
        platform="x",
        handle="akun_contoh",
        url="https://x.example/akun_contoh/status/1000200030004000500",
        evidence=("E1",),
        rule=RULE,
        catalogue=CATALOGUE,
    )
    steps.take(
        process.PreservationAsked,
        to="Platform X, bagian hukum",
        what="Riwayat masuk akun",
        expires=date(2024, 4, 18),
    )
    return steps.take(process.ParticularsGiven, acts=("A1",))


def evidence(steps, name, file_name, digit, grade, supplied_by="authority", by="o-1"):
    steps.take(
        process.EvidenceAdded,
        by=by,
        evidence=name,
        sha256=digit * 64,
        name=file_name,
        grade=grade,
        supplied_by=supplied_by,
        sealed=True,
    )


def served(procedure="discipline-pp94", **more):
    """Give a file whose particulars and first summons were served, with proof."""
    steps = stated(procedure, **more)
    evidence(steps, "E2", "tanda-terima.pdf", "2", Grade.D)
    for what in ("particulars", "summons"):
        steps.take(process.Served, what=what, how="diserahkan langsung", proof="E2", reply_until=date(2024, 1, 31))
    return steps


def answered(procedure="discipline-pp94", **more):
    """Give a file in which the respondent answered."""
    steps = served(procedure, **more).on(2024, 1, 29)
    evidence(steps, "E3", "ekspor-akun.zip", "3", Grade.C, "respondent", RESPONDENT)
    return steps.take(
        process.Answered,
        by=RESPONDENT,
        text="Bukan saya yang mengunggah. Sejak malam itu saya tidak dapat masuk ke akun.",
        claims=("not_mine", "lost_access"),
        evidence=("E3",),
    )


def traced(value="owner", procedure="discipline-pp94", **more):
    """Give a file in which who acted was weighed, and decided by a named person."""
    steps = answered(procedure, **more).on(2024, 2, 5)
    steps.take(process.TieDeclared, who=REPORTER, what="Ditanya; tidak ada hubungan dengan peserta pemilihan.")
    leading = "taken_over" if value == "other_after_takeover" else "owner"
    steps.take(process.Traced, act="A1", report="4" * 64, excludes_owner=value != "owner", leading=leading)
    steps.take(
        process.ControlDecided, by="o-2", act="A1", value=value, grounds="Riwayat masuk dan keterangan operator."
    )
    return steps.take(
        process.AuthenticityDecided, by="o-2", act="A1", value="established", grounds="Tangkapan web oleh petugas."
    )


def drafted(result="proven", value="owner", *, sanction=True):
    """Give a file with a draft that a second person approved."""
    steps = traced(value)
    held = process.Sanction("medium", "allowance-25-6", RULE, "ppk_regency_or_city")
    steps.take(
        process.Drafted,
        by="o-2",
        draft="K1",
        findings=(process.Finding("A1", result),),
        grounds="Unggahan itu dibuat dari perangkat yang dikuasai yang bersangkutan; jawabannya telah dipertimbangkan.",
        sanction=held if sanction else None,
        mitigation="Unggahan dihapus dalam satu jam.",
        like_cases=("2023/0011",),
    )
    return steps.take(process.Approved, by="o-3", draft="K1", role="ppk")


def cleared(result="cleared"):
    """Give a file that clears the respondent, after another body had been told."""
    values = {"cleared": "other_after_takeover", "not_proven": "shared_unknown", "stopped": "shared_unknown"}
    steps = drafted(result, values[result], sanction=False)
    return steps.take(process.Told, whom="Badan Kepegawaian Daerah", what="Perkara diterima")


TYPED = {
    "number": "800/017/ITKAB/2024",
    "signer": "Pejabat Dua",
    "signer_position": "Inspektur Kabupaten Misal",
    "attachments": "1 (satu) berkas",
    "more_copies": "",
    "to": "Pejabat Penerima\nLembaga Contoh\nJalan Lain Nomor 2",
    "hearing_at": "2024-02-20T09:00+07:00",
    "hearing_place": "Ruang pemeriksaan, lantai 2",
    "hearing_with": "Atasan langsung",
    "reply_until": "2024-02-19",
    "held_at": "2024-02-20T09:00+07:00",
    "held_place": "Ruang pemeriksaan, lantai 2",
    "present": "Petugas Satu, pemeriksa\nPegawai Contoh",
    "questions": "T: Siapa yang memakai akun itu malam itu?\nJ: Saya tidak tahu; saya tidak dapat masuk.",
    "handed_in": "Salinan data akun",
    "corrections": "",
    "signed": "refuses",
    "examiners": "superior",
    "second": "Petugas Satu",
    "second_position": "Pemeriksa",
    "records_asked": "Riwayat masuk dengan alamat IP dan waktu; perangkat; perubahan kata sandi.",
    "since": "2024-01-01",
    "until": "2024-01-31",
    "answer_by": "2024-02-26",
    "kept_until": "2024-08-12",
    "measure": "",
    "about": "Penjatuhan hukuman disiplin",
    "effect": "pada hari ke-15 sejak diterima bila tidak ada upaya administratif",
    "remedy": "keberatan",
    "remedy_to": "Pejabat Pembina Kepegawaian",
    "bundle": "5" * 64,
    "asked_of_receiver": "Menindaklanjuti menurut kewenangan, dan menjawab diterima atau tidaknya berkas ini.",
    "reasons": "Catatan masuk menunjukkan perangkat lain di kota lain; yang bersangkutan saat itu sedang bertugas.",
    "block": "asked",
    "blocked_since": "2024-01-25",
    "erased_on": "2025-02-12",
}


def file_for(text_id):
    """Give a file from which a letter can be made."""
    return _FILES[text_id]().file


_FILES = {
    "preserve-request": stated,
    "preserve-keep": stated,
    "summons": stated,
    "second-summons": served,
    "second-request": lambda: served("bkn-sbt"),
    "notice": lambda: stated("bkn-sbt"),
    "minutes-hearing": lambda: answered("bawaslu-general"),
    "minutes-examination": answered,
    "tracing-report": lambda: traced("other_after_takeover"),
    "decision": drafted,
    "forwarding": lambda: answered("bawaslu-general"),
    "clearing-cleared": cleared,
    "clearing-not-proven": lambda: cleared("not_proven"),
    "clearing-stopped": lambda: cleared("stopped"),
    "clearing-bodies": cleared,
    "clearing-unblock": cleared,
}


def made(text_id, language="id", *, file=None, typed=None, person=PERSON, tracings=TRACINGS, draft=False, day=DAY):
    """Make a letter of the example; `typed` changes single answers."""
    asked = {one.id for one in (*text(text_id).asks, *common())}
    answers = {name: value for name, value in {**TYPED, **(typed or {})}.items() if name in asked}
    return letter(
        text_id,
        file or file_for(text_id),
        person,
        OFFICE,
        day,
        language,
        case="2024/0007",
        typed_in=answers,
        people=PEOPLE,
        tracings=tracings,
        draft=draft,
    )
