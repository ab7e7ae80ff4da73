"""An assessment made up for the tests of the rendering: an account, its records, and everything a dossier can show."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from telusur import process
from telusur.domain.account import Account
from telusur.domain.act import Act
from telusur.domain.document import Document, Fact
from telusur.domain.event import Event, SourceRef
from telusur.domain.evidence import EvidenceItem, Grade
from telusur.domain.facts import Facts
from telusur.domain.moment import Moment
from telusur.domain.proposition import Proposition
from telusur.domain.record import AccountRecord, Log, Problem
from telusur.domain.text import Text
from telusur.domain.weight import Weight
from telusur.dossier import proceeding
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.case import Case, Decision, ReadFact, Respondent, Source, Statement
from telusur.law import Determination, Finding, RuleResult
from telusur.law.calendars import Phase
from telusur.law.conditions import AllOf
from telusur.law.model import Basis, Citation, Instrument, Issue, Reading, Rule, RuleException, Span
from telusur.law.model import Source as LawSource
from telusur.tracing.combined import combine
from telusur.tracing.item import Abstained, Item
from telusur.tracing.result import NextEvidence, Takeover, Tracing

ACT_AT = Moment.parse("2023-12-08T06:08+07:00")
REF = SourceRef("data/tweets.js", 0, "0" * 64)
ACCOUNT = Account("x", "akun_contoh", "1000200030", "akun-1")


def event(action, at, offset=0, **more):
    return Event(action, at, "", "exact", SourceRef(f"data/{action}.js", offset, "0" * 64), **more)


def record(posts=180, *, grade=Grade.C, seed=7):
    """A record with a new device, a new network and a new e-mail address two days before the act."""
    chance = random.Random(seed)
    act = ACT_AT.utc
    start = act - timedelta(days=150)
    events = []
    for i in range(posts):
        at = start + timedelta(seconds=chance.random() * 160 * 86400)
        late = at > act - timedelta(days=2)
        client = "Twitter Web App" if late else chance.choice(["Twitter for Android"] * 9 + ["JadwalKicau"])
        events.append(event("post", at, i, text="…", client=client, object_id=str(i)))
    events += [event("deleted_post", act - timedelta(days=d), d, client="Twitter for Android") for d in (9, 10, 70)]
    for i in range(48):
        at = act - timedelta(days=44) + timedelta(days=i, hours=chance.random() * 20)
        late = at > act - timedelta(days=2)
        ip = f"203.0.113.{i + 1}" if late else chance.choice([f"192.0.2.{i + 1}", f"198.51.100.{i + 1}"])
        tells = {"device": "web-1"} if late else {"model": "Sagara S3"}
        events.append(event("login", at, i, ip=ip, **tells))
    events += [
        event("account_created", act - timedelta(days=2400)),
        event(
            "device_added",
            act - timedelta(days=137),
            1,
            client="Twitter for Android",
            model="Sagara S3",
            until=act + timedelta(days=9),
        ),
        event(
            "device_added",
            act - timedelta(days=2, hours=3),
            2,
            client="Twitter Web App",
            device="web-1",
            until=act + timedelta(days=1),
        ),
        event("email_changed", act - timedelta(days=195), old="lama@pos.example.org", new="nama@surel.example.org"),
        event(
            "email_changed",
            act - timedelta(days=2, hours=2),
            2,
            old="nama@surel.example.org",
            new="u990401@kotak.example.net",
            device="web-1",
        ),
        event("password_changed", act - timedelta(days=2, hours=1)),
        event("handle_changed", act - timedelta(days=217), old="akun_lama", new="akun_contoh"),
        event("app_connected", act - timedelta(days=275), new="UndianKilat", permissions=("read", "write")),
    ]
    events.sort(key=lambda e: e.at)
    span = (events[0].at, events[-1].at)
    return AccountRecord(
        "evidence/x-archive.zip",
        ACCOUNT,
        tuple(events),
        (
            Log("posts", "data/tweets.js", posts, posts, start, act + timedelta(days=9)),
            Log("deleted_posts", "data/deleted-tweets.js", 3, 4, *span),
            Log("logins", "data/ip-audit.js", 48, 48, act - timedelta(days=44), act + timedelta(days=3)),
            Log("credentials", "data/email-address-change.js", 2, None, *span),
            Log("handles", None, 0),
        ),
        (
            Problem(
                "data/deleted-tweets.js",
                Text("catatan tanpa waktu tidak diikutkan", "a record without a time was left out"),
                512,
            ),
        ),
        ("data/direct-messages.js", "data/contact.js"),
        act + timedelta(days=12),
        partial=False,
        grade=grade,
    )


def documents():
    """An operator's letter, a forged e-mail, one that is what it says, and minutes."""
    act = ACT_AT.utc
    day = timedelta(days=1)
    return (
        Document(
            "evidence/surat.txt",
            "operator_letter",
            Grade.D,
            act + 6 * day,
            facts=(
                Fact(
                    "sim_replaced_at",
                    act - 3 * day,
                    "kartu diganti 5 Desember 2023",
                    precision=day,
                    identified=False,
                    line=7,
                ),
                Fact(
                    "device_of",
                    None,
                    "Sagara S3: terlapor",
                    device="Sagara S3",
                    holder="terlapor",
                    read_by="pemeriksa 1",
                ),
            ),
        ),
        Document(
            "evidence/masuk.eml",
            "security_email",
            Grade.D,
            act - 2 * day,
            "shown",
            (Text("tanda tangan DKIM pengirim cocok", "the sender's DKIM signature verifies"),),
            (Fact("login_new_device_at", act - 2 * day, "new login", ip="203.0.113.4", line=21),),
            platform="x",
        ),
        Document(
            "evidence/palsu.eml",
            "security_email",
            Grade.D,
            act - 8 * day,
            "contradicted",
            (Text("server penerima mencatat DMARC gagal", "the receiving server noted that DMARC failed"),),
            (Fact("password_changed_at", act - 8 * day, "your password was changed", line=18),),
            platform="x",
        ),
        Document(
            "evidence/platform.eml",
            "security_email",
            Grade.D,
            act - 9 * day,
            facts=(
                Fact(
                    "no_credential_change_since", act - 40 * day, "no change in 30 days", until=act - 10 * day, line=4
                ),
            ),
            problems=(Problem("evidence/platform.eml", Text("satu lampiran gambar", "one attached picture")),),
            platform="x",
        ),
    )


def weight(value, spread=0.7, cap=2.0, basis="calibrated"):
    return Weight.capped(value, value - spread, value + spread, (-cap, cap), basis)


def items():
    p = Proposition
    return (
        Item(
            "session.new_device",
            "session",
            Text(
                "Perangkat baru “Twitter Web App”, 2 hari sebelum perbuatan",
                "New device “Twitter Web App”, 2 days before the act",
            ),
            Grade.C,
            Text("Perangkat yang dikenal sejak 137 hari tetap dipakai.", "A device known for 137 days stayed in use."),
            {p.OTHER_WITH_ACCESS: weight(0.2, 0.4, 1, "elicited"), p.TAKEN_OVER: weight(1.3, 0.6, 2, "elicited")},
            Text("penilaian tim penelusuran, tabel bukti 1", "judgement of the tracing team, table of evidence 1"),
        ),
        Item(
            "style.window",
            "style",
            Text(
                "Gaya 14 unggahan di sekitar perbuatan dibanding 120 unggahan sebelumnya",
                "Writing of 14 posts around the act against 120 earlier ones",
            ),
            Grade.C,
            Text("Skor dikalibrasi pada pasangan akun lain.", "The score was calibrated on pairs of other accounts."),
            {p.OTHER_WITH_ACCESS: weight(1.6, 0.9, 2.5), p.TAKEN_OVER: weight(1.6, 0.9, 2.5)},
            Text("set pengujian gaya, 1.240 pasangan", "validation set of style, 1,240 pairs"),
        ),
        Item(
            "integrity.in_archive",
            "integrity",
            Text(
                "Unggahan ada di arsip, dengan waktu yang cocok sampai menit",
                "The post is in the archive, its time agrees to the minute",
            ),
            Grade.C,
            Text("Nomor unggahan memuat waktu pembuatannya.", "The number of the post holds the time it was made."),
            {p.FABRICATED: weight(-2.4, 0.5, 3, "elicited"), p.IMPERSONATION: weight(-2.0, 0.5, 3, "elicited")},
            Text("penilaian tim penelusuran, tabel bukti 4", "judgement of the tracing team, table of evidence 4"),
        ),
    )


def next_evidence():
    return (
        NextEvidence(
            Text("Log masuk dengan alamat jaringan", "Logins with network addresses"),
            Text("X (Twitter), lewat pemilik akun", "X (Twitter), through the owner of the account"),
            Text(
                "Setelan → Akun Anda → Unduh arsip data Anda",
                "Settings → Your account → Download an archive of your data",
            ),
            Text("Menunjukkan dari jaringan mana unggahan itu dikirim.", "Shows from which network the post was sent."),
            date(2024, 2, 6),
            0.81,
        ),
        NextEvidence(
            Text("Surat operator tentang penggantian kartu SIM", "Operator's letter on a change of SIM card"),
            Text("operator telepon", "telephone operator"),
            Text("Surat permintaan resmi", "Official letter of request"),
            Text(
                "Kartu SIM baru membuka pemulihan akun bagi orang lain.",
                "A new SIM card opens the recovery of the account to others.",
            ),
        ),
    )


def tracing(found=None):
    found = items() if found is None else found
    act = ACT_AT.utc
    return Tracing(
        found,
        combine(found),
        Takeover(act - timedelta(days=1, hours=20), (act - timedelta(days=2, hours=2), act - timedelta(hours=6)), 2.31),
        (
            Abstained(
                "behaviour",
                Text(
                    "Jam unggahan terlalu sedikit setelah perbuatan.", "Too few posts after the act to compare hours."
                ),
            ),
            Abstained(
                "document",
                Text(
                    "Tidak ada surat operator atau surel keamanan.", "There is no operator's letter or security e-mail."
                ),
            ),
        ),
        next_evidence(),
    )


def determination(facts):
    source = LawSource("S05", "https://contoh.example/aturan", "contoh")
    instrument = Instrument(
        "SKB-CONTOH",
        Text("Keputusan bersama contoh", "Example joint decree"),
        Span(date(2022, 9, 22)),
        "secondary",
        (source,),
    )
    citation = Citation(instrument, "discipline", "6", None, "reported", "secondary", (source,))

    def rule(number, title, level="medium", issues=()):
        return Rule(
            f"SKB-CONTOH/{number}",
            title,
            citation,
            Span(date(2022, 9, 22)),
            date(2023, 11, 6),
            ("pns",),
            "from_determination",
            frozenset({"post"}),
            AllOf(()),
            (),
            (),
            issues,
            "discipline",
            level,
            (Basis(instrument, "8"),),
            (),
        )

    issue = Issue(
        "follow",
        Text("Apakah mengikuti akun sudah termasuk", "Whether following an account is included"),
        "outcome",
        AllOf(()),
        (
            Reading(
                Text("termasuk, walau tanpa suka", "included, even without a like"),
                "lembaga A",
                date(2023, 11, 1),
                source,
            ),
            Reading(
                Text("boleh untuk mempelajari program", "allowed in order to learn the programme"),
                "lembaga B",
                None,
                source,
            ),
        ),
    )
    exception = RuleException(
        "official-duty",
        Text("Dalam tugas kedinasan", "In the course of official duty"),
        citation,
        Span(),
        AllOf(()),
        None,
    )
    met = (
        Finding("actor.status", ("pns", "cpns", "pppk"), "pns"),
        Finding("phase", ("campaign", "quiet"), "campaign"),
        Finding("act.leaning", ("supports",), "supports"),
    )
    results = (
        RuleResult(
            rule(
                "D6",
                Text("Mengunggah dukungan bagi peserta pemilihan", "Posting support for a contestant"),
                issues=(issue,),
            ),
            "undecided",
            met,
            (),
            ("attribution.account_control", "attribution.authenticity"),
            readings=(issue,),
            contested=True,
        ),
        RuleResult(
            rule("D4", Text("Berpihak dalam tugas", "Taking sides in office"), "light"),
            "defeated",
            met[:1],
            defeated_by=exception,
        ),
        RuleResult(
            rule("D9", Text("Memasang alat peraga", "Putting up props")),
            "not_met",
            met[:1],
            (Finding("act.kind", ("install_prop",), "post"),),
        ),
    )
    results = tuple(one._replace(basis=one.rule.basis_on(date(2023, 12, 8))) for one in results)
    return Determination(
        facts=facts,
        catalogue_hash="c" * 64,
        outcome="insufficient_facts",
        contested=True,
        phase=Phase(
            "campaign",
            date(2023, 11, 13),
            Text(
                "Masa kampanye 28 November 2023 sampai 10 Februari 2024.",
                "Campaign from 28 November 2023 to 10 February 2024.",
            ),
        ),
        rule_results=results,
        missing=("attribution.account_control", "attribution.authenticity"),
        presumed=("act.official_duty",),
        next_question="attribution.account_control",
        scope_note=None,
        sentence=Text(
            "Fakta belum cukup: siapa yang menguasai akun dan apakah bukti itu asli belum diketahui.",
            "The facts do not suffice: who controlled the account and whether the evidence is authentic is unknown.",
        ),
    )


FACTS = Facts.read(
    {
        "date": "2023-12-08",
        "contest": {"kind": "president"},
        "actor": {"status": "pns"},
        "act": {"kind": "post", "public": True, "leaning": "supports"},
        "target": {"kind": "contestant"},
    }
)


def assessment(*, text="Dukung penuh, menang satu putaran! 🙏 #contoh", posts=180, name="Terlapor Contoh", **more):
    """The whole made-up dossier; `more` replaces parts of the case."""
    act = Act("A1", FACTS, ACCOUNT, ACT_AT, text, "https://x.example/akun_contoh/status/1", ("evidence/x-archive.zip",))
    parts = {
        "folder": Path("perkara"),
        "id": "C-001",
        "reported_on": date(2023, 12, 10),
        "respondent": Respondent("pns", name, "Dinas contoh", "Kabupaten contoh"),
        "accounts": (ACCOUNT,),
        "acts": (act,),
        "statement": Statement(True, ("not_mine", "taken_over"), "Saya tidak menulis kalimat itu.", True),
        "sources": (
            Source("evidence/screenshot.png", "screenshot", "reporter"),
            Source(
                "evidence/surat.txt",
                "operator_letter",
                "authority",
                facts=(ReadFact("sim_replaced_at", Moment.parse("2023-12-06T03:10+07:00"), "pemeriksa 1"),),
            ),
            Source("evidence/x-archive.zip", "platform_export", "respondent"),
        ),
        "incident": "peristiwa-1",
        "notes": (
            Text(
                "evidence/catatan.txt: tidak terdaftar sebagai sumber; tidak diperiksa",
                "evidence/catatan.txt: no source lists it; it was not looked at",
            ),
        ),
    }
    case = Case(**{**parts, **more})
    items = (
        EvidenceItem(
            "evidence/screenshot.png",
            "a" * 64,
            24123,
            "screenshot",
            "image/png",
            Grade.E,
            (Text("gambar ini tidak memuat metadata", "the picture holds no metadata"),),
        ),
        EvidenceItem("evidence/surat.txt", "d" * 64, 812, "operator_letter", "text/plain", Grade.D),
        EvidenceItem("evidence/masuk.eml", "f" * 64, 4012, "security_email", "message/rfc822", Grade.D),
        EvidenceItem("evidence/palsu.eml", "9" * 64, 3012, "security_email", "message/rfc822", Grade.D),
        EvidenceItem("evidence/platform.eml", "8" * 64, 2012, "security_email", "message/rfc822", Grade.D),
        EvidenceItem("evidence/x-archive.zip", "b" * 64, 1_234_567, "platform_export", "application/zip", Grade.C),
        EvidenceItem("evidence/catatan.txt", "e" * 64, 1, None, "text/plain", Grade.E),
    )
    acts = (
        ActAssessment(
            act,
            determination(FACTS),
            tracing(),
            (record(posts),),
            (Decision("A1", "authenticity", "established", "pemeriksa 2", date(2024, 1, 5), "Unggahan ada di arsip."),),
        ),
    )
    file = proceeding.file_of(case, items, acts)
    return Assessment(
        case,
        items,
        acts,
        (Text("Pesan dan kontak tidak dibaca sama sekali.", "Messages and contacts were not read at all."),),
        Text(
            "Berkas dibuka di proses terpisah dengan batas memori dan waktu.",
            "Files were opened in a separate process with limits of memory and time.",
        ),
        {"telusur": "0.0", "catalogue": "c" * 64, "models": {"style": "f" * 64}},
        proceeding.gates_of(file, proceeding.day_of(case, acts)),
        process.terms(file, case.reported_on),
        documents(),
    )


def empty(**more):
    """A case that holds as little as a case can."""
    parts = {
        "folder": Path("perkara"),
        "id": "C-002",
        "reported_on": date(2024, 1, 2),
        "respondent": Respondent("pns"),
        "accounts": (),
        "acts": (),
    }
    return Assessment(Case(**{**parts, **more}), (), (), (), Text("—", "—"), {"telusur": "0.0"})


def without_account():
    """An act done without an account, and one with an account of which nothing is known."""
    bare = Act("A1", Facts.read({"act": {"kind": "attend_event"}}))
    silent = Act("A2", FACTS, Account("facebook"), ACT_AT)
    nothing = Tracing((), combine(()), None, (), ())
    found = Determination(
        facts=FACTS,
        catalogue_hash="c" * 64,
        outcome="out_of_scope",
        contested=False,
        phase=None,
        rule_results=(),
        missing=(),
        presumed=(),
        next_question=None,
        scope_note=Text("Katalog tidak berbicara tentang status ini.", "The catalogue does not speak of this status."),
        sentence=Text("Di luar lingkup.", "Out of scope."),
    )
    acts = (ActAssessment(bare, found, None), ActAssessment(silent, found, nothing))
    return Assessment(empty(acts=(bare, silent)).case, (), acts, (), Text("—", "—"), {"telusur": "0.0"})


def words(found):
    """All that some blocks say."""

    def runs(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for each in value:
                yield from runs(each)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from runs(getattr(value, name))

    return " ".join(runs(tuple(found)))
