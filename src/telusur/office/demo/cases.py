"""The cases of a trial: invented, at different stages, in every procedure.

Most were done lately and name no contest, since the calendar of the next one is not known yet; one is about a post of
January 2024 with the platform's own archive, so that there is something to trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from telusur import process
from telusur.office.demo.telling import Tale, packed
from telusur.office.models import Case, User
from telusur.process import Ballot

_POST: Final[Mapping[str, object]] = {"act": {"kind": "post", "public": True, "leaning": "supports"}}
_COMMENT: Final[Mapping[str, object]] = {"act": {"kind": "comment", "public": True}}
_EVENT: Final[Mapping[str, object]] = {"act": {"kind": "attend_event", "leaning": "supports"}}
_RULE: Final = "SKB-2022/D6"
_EVENT_RULE: Final = "SKB-2022/D4"
_VOTE: Final = Ballot(in_favour=4, against=1, quorum=3, dissent=("Bukti layar saja belum cukup.",))


class Cases:
    """Tells all of them.

    Parameters
    ----------
    users
        By their user names.
    now
        When the trial is made.
    """

    def __init__(self, users: Mapping[str, User], now: datetime) -> None:
        self.users = users
        self.now = now.replace(microsecond=0)

    def tale(self, days_ago: float) -> Tale:
        """Begin one."""
        return Tale(self.users, self.now, days_ago)

    def day(self, days_ago: float) -> str:
        """Give a moment some days ago, as an act names it."""
        return (self.now - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M+07:00")

    def all(self) -> Case:
        """Tell all of them; give the one whose respondent is to answer."""
        self.reported()
        self.lead()
        self.finding()
        answering = self.invited()
        self.before_the_plenary()
        self.cleared()
        self.not_proven()
        self.forwarded()
        self.at_bkn()
        self.warned()
        self.traced()
        self.awaiting_approval()
        self.ordered()
        return answering

    # -- Bawaslu --

    def reported(self) -> None:
        """Tell of a report that came in today: the act is told in part."""
        tale = self.tale(0.2).opened(
            "penerima",
            "bawaslu-general",
            "report",
            "komentar pada siaran langsung",
            {"name": "Terlapor Contoh 01", "position": "Pengelola data"},
        )
        tale.paper("penerima", "cetakan-komentar.txt", "Cetakan komentar.", grade="E", supplied_by="reporter")
        tale.stated("penerima", _COMMENT, platform="youtube", handle="contoh.satu", evidence=(tale.last,))
        tale.keep()

    def lead(self) -> None:
        """Tell of initial information in a regional contest."""
        tale = self.tale(1.2).opened(
            "pemeriksa-b",
            "bawaslu-regional",
            "lead",
            "foto pada acara di balai warga",
            {"name": "Terlapor Contoh 02", "position": "Guru"},
        )
        tale.given_to("pemeriksa-b").take(
            process.Noted, "pemeriksa-b", text="Informasi lisan; foto aslinya sedang diminta."
        )
        tale.keep()

    def finding(self) -> None:
        """Tell of a finding, ready for an invitation."""
        tale = self.tale(2.2).opened(
            "pemeriksa-a",
            "bawaslu-regional",
            "finding",
            "unggahan status WhatsApp",
            {"name": "Terlapor Contoh 03", "position": "Staf kecamatan", "nip": "193901011959011001"},
        )
        tale.given_to("pemeriksa-a").established("pemeriksa-a")
        tale.paper("pemeriksa-a", "tangkapan-status.txt", "Tangkapan status oleh petugas.")
        tale.stated(
            "pemeriksa-a",
            _POST,
            when=self.day(3.1),
            platform="whatsapp",
            handle="nomor contoh",
            evidence=(tale.last,),
            rule=_RULE,
        )
        tale.take(process.PreservationAsked, "pemeriksa-a", to="operator", what="Catatan penggantian kartu SIM.")
        tale.keep()

    def invited(self) -> Case:
        """Tell of somebody invited; the respondent can come in with a code."""
        tale = self.tale(5.3).opened(
            "penerima",
            "bawaslu-general",
            "report",
            "unggahan di X, akun disebut diretas",
            {
                "name": "Terlapor Contoh 04",
                "position": "Penata layanan",
                "nip": "193905051959012002",
                "address": "Jalan Contoh 4\nKabupaten Rekaan",
            },
            reporter="p-uji-coba-1",
        )
        tale.given_to("pemeriksa-a").established("pemeriksa-a")
        tale.file_in("pemeriksa-a", "tangkapan-layar.png", packed("tangkapan-layar.png"), grade="E")
        tale.stated(
            "pemeriksa-a",
            _POST,
            when=self.day(6.1),
            platform="x",
            handle="contoh_pegawai",
            url="https://x.com/contoh_pegawai/status/1748725849781301248",
            evidence=(tale.last,),
            rule=_RULE,
        )
        tale.take(process.PreservationAsked, "pemeriksa-a", to="platform", what="Riwayat masuk akun itu.")
        tale.wait(1).moved("anggota", "register", "commissioner").informed("pemeriksa-a")
        until = self.now + timedelta(days=4)
        tale.letter(
            "anggota",
            "summons",
            number="012/UND/CONTOH",
            signer_position="Anggota Bawaslu Kabupaten Contoh",
            hearing_at=until.isoformat(timespec="minutes"),
            hearing_place="Kantor Bawaslu Kabupaten Contoh",
            hearing_with="Pemeriksa A",
            reply_until=until.date().isoformat(),
        )
        tale.served("pemeriksa-a", "particulars", 8).moved("pemeriksa-a", "invite", "reviewer")
        tale.served("pemeriksa-a", "summons", 8)
        return tale.keep()

    def _heard(self, days_ago: float, procedure: str, subject: str, name: str, answer: str, *claims: str) -> Tale:
        tale = self.tale(days_ago).opened(
            "penerima", procedure, "report", subject, {"name": name, "position": "Analis"}, reporter="p-uji-coba-2"
        )
        tale.given_to("pemeriksa-b").established("pemeriksa-b")
        tale.paper("pemeriksa-b", "tangkapan-web.txt", "Tangkapan web oleh petugas.")
        tale.stated(
            "pemeriksa-b",
            _POST,
            when=self.day(days_ago + 1),
            platform="facebook",
            handle="contoh.analis",
            url=f"https://facebook.com/contoh.analis/posts/{int(days_ago * 10)}",
            evidence=(tale.last,),
            rule=_RULE,
        )
        tale.moved("pemeriksa-b", "register", "reviewer").informed("pemeriksa-b").served(
            "pemeriksa-b", "particulars", 5
        )
        tale.moved("pemeriksa-b", "invite", "reviewer").served("pemeriksa-b", "summons", 5).wait(2)
        tale.moved("pemeriksa-b", "open_hearing", "reviewer").answered(answer, claims)
        tale.moved("pemeriksa-b", "close_hearing", "reviewer")
        tale.take(process.TieDeclared, "pemeriksa-b", who="p-uji-coba-2", what="Ditanya saat menerima laporan.")
        return tale.moved("pemeriksa-b", "to_plenary", "reviewer")

    def before_the_plenary(self) -> None:
        """Tell of a case before the plenary, its term nearly over, the account untraced."""
        self._heard(
            6.5,
            "bawaslu-regional",
            "kiriman berulang di Facebook",
            "Terlapor Contoh 05",
            "Itu bukan kiriman saya.",
            "not_mine",
        ).keep()

    def cleared(self) -> None:
        """Tell of one cleared by a vote, with its letter."""
        tale = self._heard(
            30.5,
            "bawaslu-general",
            "kiriman dari akun kantor bersama",
            "Terlapor Contoh 06",
            "Akun itu dipegang beberapa orang; saat itu saya sedang bertugas tanpa gawai.",
            "office_account",
            "not_mine",
        )
        tale.paper("pemeriksa-b", "daftar-pemegang-akun.txt", "Daftar pemegang akun kantor.", grade="D")
        tale.take(
            process.Traced, process.SYSTEM, act="P1", report=_hash(1), excludes_owner=True, leading="other_with_access"
        )
        tale.take(
            process.ControlDecided,
            "anggota",
            act="P1",
            value="other_proven",
            grounds="Akun kantor; catatan jaga menunjukkan orang lain yang memakainya.",
        )
        tale.wait(2).moved(
            "ketua", "clear", "chair", ballot=_VOTE, grounds="Yang memakai akun saat itu bukan terlapor."
        )
        tale.keep()

    def not_proven(self) -> None:
        """Tell of one that was not proven."""
        tale = self._heard(
            21.4,
            "bawaslu-regional",
            "unggahan yang sudah dihapus",
            "Terlapor Contoh 07",
            "Saya tidak pernah mengunggah itu; gambarnya disunting.",
            "fabricated",
        )
        tale.wait(1).moved(
            "ketua", "find_not_proven", "chair", ballot=_VOTE, grounds="Keaslian cetakan tidak dapat ditunjukkan."
        )
        tale.keep()

    # -- BKN --

    def _forwarded(self, days_ago: float, name: str) -> Tale:
        tale = self._heard(
            days_ago,
            "bawaslu-general",
            "kiriman menjelang apel",
            name,
            "Telepon saya dipakai anak saya.",
            "shared_device",
        )
        tale.moved("ketua", "forward", "chair", ballot=_VOTE)
        tale.take(process.HandedOver, "pemeriksa-b", to="BKN", bundle=_hash(int(days_ago)))
        return tale

    def at_bkn(self) -> None:
        """Tell of one handed over by another office with its tracing open: the closed gate came along."""
        sent = self._forwarded(12.6, "Terlapor Contoh 08")
        tale = self.tale(7.1)
        tale.opened(
            "satgas",
            "bkn-sbt",
            "handed_over",
            "dilimpahkan Bawaslu: kiriman menjelang apel",
            sent.case.respondent,
            carried=process.carried(sent.file),
            sender="Bawaslu Kabupaten Rekaan",
            bundle=_hash(12),
        )
        for row in sent.rows:
            row.case = tale.case
        tale.rows, tale.taken, tale.tray = sent.rows, sent.taken, sent.tray
        tale.given_to("satgas").keep()

    def forwarded(self) -> None:
        """Tell of one forwarded; the receiver has not answered yet."""
        self._forwarded(9.5, "Terlapor Contoh 15").keep()

    def warned(self) -> None:
        """Tell of an appointing authority that did not act and was warned."""
        tale = self.tale(40.2).opened(
            "satgas",
            "bkn-sbt",
            "report",
            "pengaduan melalui SBT: hadir pada acara",
            {"name": "Terlapor Contoh 09", "position": "Kepala seksi"},
        )
        tale.given_to("auditor-asn").established("satgas", "administrator")
        tale.paper("satgas", "foto-acara.txt", "Keterangan foto acara.", grade="D")
        tale.stated("satgas", _EVENT, on_account=False, when=self.day(42), evidence=(tale.last,), rule=_EVENT_RULE)
        tale.moved("satgas", "to_bawaslu", "verifier")
        tale.take(process.HandedOver, "satgas", to="Bawaslu", bundle=_hash(40)).wait(9)
        tale.take(process.ReceiverAnswered, "satgas", bundle=_hash(40), accepted=True, text="Hasil kajian terlampir.")
        tale.moved("satgas", "take_result", "verifier")
        tale.take(process.TieDeclared, "satgas", who="pelapor", what="Ditanya saat verifikasi.")
        tale.moved("pengendalian", "to_ppk", "official")
        tale.take(process.HandedOver, "pengendalian", to="PPK Kabupaten Contoh", bundle=_hash(41)).wait(14)
        tale.moved("pengendalian", "warn", "official", grounds="Belum ada jawaban PPK.")
        tale.keep()

    # -- Discipline --

    def traced(self) -> None:
        """Tell of an examination; the respondent handed in the platform's archive, which can be traced."""
        tale = self.tale(6.3).opened(
            "kepegawaian",
            "discipline-pp94",
            "report",
            "unggahan Januari 2024, akun disebut diambil alih",
            {
                "name": "Terlapor Contoh 10",
                "position": "Pranata komputer",
                "nip": "193903031959031003",
                "rank": "Penata Muda, III/a",
            },
        )
        tale.given_to("atasan").established("atasan")
        tale.file_in(
            "atasan",
            "tangkapan-layar.png",
            packed("tangkapan-layar.png"),
            grade="E",
            kind="screenshot",
            supplied_by="reporter",
        )
        tale.stated(
            "atasan",
            {
                "contest": {"kind": "president"},
                "date": "2024-01-20",
                "act": {
                    "kind": "post",
                    "public": True,
                    "active_support": True,
                    "leaning": "supports",
                    "appeal": True,
                    "attribute": "none",
                },
                "target": {"kind": "contestant"},
            },
            when="2024-01-20T22:15+07:00",
            platform="x",
            handle="contoh_pegawai",
            url="https://x.com/contoh_pegawai/status/1748725849781301248",
            evidence=(tale.last,),
            rule=_RULE,
        )
        tale.take(process.TieDeclared, "atasan", who="pelapor", what="Ditanya; tidak ada yang diketahui.")
        tale.informed("atasan").served("atasan", "particulars", 9)
        tale.moved("atasan", "summon", "direct_superior").served("atasan", "summons", 9).wait(2)
        tale.moved("atasan", "examine", "direct_superior")
        tale.answered(
            "Sejak 18 Januari malam saya tidak bisa masuk ke akun saya. Unggahan itu bukan tulisan saya.",
            ("taken_over", "lost_access"),
        )
        archive, paper = packed("arsip-x.zip"), packed("laporan-polisi.txt")
        who = tale.respondent
        tale.file_in(who, "arsip-x.zip", archive, grade="C", kind="platform_export", supplied_by="respondent")
        tale.file_in(who, "laporan-polisi.txt", paper, grade="C", kind="police_report", supplied_by="respondent")
        tale.keep()

    def awaiting_approval(self) -> None:
        """Tell of a draft; a second person has to approve it."""
        tale = self.tale(25.2).opened(
            "kepegawaian",
            "discipline-pp94",
            "report",
            "hadir pada acara relawan",
            {"name": "Terlapor Contoh 11", "position": "Penyuluh"},
        )
        tale.given_to("pejabat").established("atasan")
        tale.paper("atasan", "keterangan-saksi.txt", "Keterangan saksi.")
        tale.stated("atasan", _EVENT, on_account=False, when=self.day(27), evidence=(tale.last,), rule=_EVENT_RULE)
        tale.take(process.TieDeclared, "atasan", who="pelapor", what="Ditanya; tidak ada yang diketahui.")
        tale.informed("atasan").served("atasan", "particulars", 5).moved("atasan", "summon", "direct_superior")
        tale.served("atasan", "summons", 5).wait(3).moved("atasan", "examine", "direct_superior")
        tale.answered("Saya lewat di depan acara itu, tidak ikut.", ("not_mine",))
        tale.moved("atasan", "sign_record", "direct_superior").wait(2)
        tale.moved("atasan", "report_up", "direct_superior").wait(4)
        tale.take(
            process.Drafted,
            "pejabat",
            draft="K1",
            findings=(process.Finding("P1", "not_proven"),),
            grounds="Dua saksi berbeda pendapat, dan tidak ada yang lain.",
            like_cases=(),
        )
        tale.keep()

    def ordered(self) -> None:
        """Tell of one event: a superior who ordered, and two who were ordered."""
        about: dict[str, Any] = {"incident": "apel-contoh", "order": "perintah-apel"}
        superior = self.tale(9.2).opened(
            "kepegawaian",
            "discipline-pp94",
            "finding",
            "ajakan pada apel pagi",
            {"name": "Terlapor Contoh 12", "position": "Kepala bidang"},
            order_role="superior",
            **about,
        )
        superior.given_to("atasan-atasan").established("kepegawaian", "administrator")
        superior.take(process.Recused, "atasan", person=self.users["atasan"].person_id, why="Hadir pada apel itu.")
        superior.paper("kepegawaian", "notula-apel.txt", "Notula apel.", grade="D")
        superior.stated(
            "kepegawaian",
            {"act": {"kind": "mobilise", "leaning": "supports"}},
            on_account=False,
            when=self.day(10),
            evidence=(superior.last,),
            rule="SKB-2022/D8",
        )
        superior.informed("kepegawaian").served("kepegawaian", "particulars", 12)
        superior.moved("atasan-atasan", "summon", "next_superior").served("kepegawaian", "summons", 12)
        first = superior.keep()
        for number, name in ((13, "staf pertama"), (14, "staf kedua")):
            staff = self.tale(8.2 - number / 100).opened(
                "kepegawaian",
                "discipline-pp94",
                "finding",
                f"ikut ajakan pada apel pagi ({name})",
                {"name": f"Terlapor Contoh {number}", "position": "Staf"},
                order_role="ordered",
                **about,
            )
            staff.established("kepegawaian").paper("kepegawaian", "notula-apel.txt", f"Notula apel, {name}.", grade="D")
            staff.stated(
                "kepegawaian",
                {"act": {"kind": "attend_event"}, "actor": {"under_order": True}},
                on_account=False,
                when=self.day(10),
                evidence=(staff.last,),
                rule=_EVENT_RULE,
            )
            staff.take(process.SuperiorSide, "kepegawaian", case=str(first.pk))
            staff.keep()


def _hash(number: int) -> str:
    return f"{number:064x}"
