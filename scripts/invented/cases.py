"""The three example cases: what happened in each, told as a life of an account."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from textwrap import dedent

from invented import screenshot
from invented.dice import Dice
from invented.writers import Writer
from invented.xarchive import Account, Device, Post, snowflake

_WIB = timezone(timedelta(hours=7))

#: X keeps logins for about this long.
_RETENTION = timedelta(days=60)


def wib(words: str) -> datetime:
    """Give a time in western Indonesian time."""
    return datetime.fromisoformat(words).replace(tzinfo=_WIB)


@dataclass
class Life:
    """Somebody using an account: when, with which devices, from where."""

    account: Account
    writer: Writer
    dice: Dice
    devices: Sequence[Device]
    networks: Sequence[str]

    def go_on(self, start: datetime, end: datetime, number: int) -> None:
        """Post a number of times between two moments, signing in now and then."""
        days = (end - start).days
        times: list[datetime] = []
        while len(times) < number:
            day = start + timedelta(days=self.dice.below(days + 1))
            at = day.replace(hour=self.writer.hour, minute=self.dice.below(60), second=self.dice.below(60))
            at = at.replace(microsecond=self.dice.below(1000) * 1000)
            if start <= at <= end and at not in times:
                times.append(at)
        for at, text in zip(sorted(times), self.writer.posts(number), strict=True):
            device = self.dice.pick([device for device in self.devices if device.created_at <= at])
            self.post(at, text, device)
            if self.dice.chance(0.5):
                self.sign_in(at - timedelta(minutes=self.dice.between(1, 50)), device)

    def post(self, at: datetime, text: str, device: Device) -> Post:
        """Post once."""
        post = Post(snowflake(at, self.dice), at, text, device.client)
        self.account.posts.append(post)
        device.last_seen_at = max(device.last_seen_at, at)
        return post

    def sign_in(self, at: datetime, device: Device) -> None:
        """Sign in once; what is older than the platform keeps leaves no row."""
        device.last_seen_at = max(device.last_seen_at, at)
        if at > self.account.generated_at - _RETENTION:
            self.account.use(device, at, f"{self.dice.pick(self.networks)}{self.dice.below(12) + 20}")


def _device(client: str, agent: str, since: datetime) -> Device:
    return Device(client, agent, since, since)


def _case(folder: Path, text: str) -> None:
    (folder / "evidence").mkdir(parents=True)
    (folder / "case.yaml").write_text(dedent(text).lstrip(), "utf-8")


def taken_over(folder: Path) -> None:
    """Make a case of an account that somebody else entered two days before the act and wrote with from then on."""
    dice = Dice("diambil-alih")
    created, generated = wib("2019-08-14T19:20:11"), wib("2024-02-06T09:12:40")
    account = Account(
        handle="contoh_pegawai",
        name="Terlapor Contoh",
        id=snowflake(created, dice),
        email="contoh.pegawai@surat.example.org",
        created_at=created,
        created_from="192.0.2.21",
        generated_at=generated,
    )
    phone = _device("Twitter for Android", "TwitterAndroid/10.20.1 (Rekaan R2/12)", wib("2022-08-03T18:02:00"))
    desk = _device("Twitter Web App", "Mozilla/5.0 (X11; Linux x86_64) Rekaan/118.0", wib("2022-11-20T07:45:00"))
    account.devices += [phone, desk]
    owner = Life(account, Writer("rapi", dice), dice, [phone, phone, desk], ["192.0.2."])
    owner.go_on(wib("2023-10-02T00:00:00"), wib("2024-01-17T23:00:00"), 165)

    strange = _device("Twitter for iPhone", "Twitter-iPhone/10.21 (rekaan 13,2; iOS 17.1)", wib("2024-01-18T22:41:09"))
    account.devices.append(strange)
    intruder = Life(account, Writer("santai", dice), dice, [strange], ["203.0.113."])
    intruder.sign_in(wib("2024-01-18T22:41:09"), strange)
    account.emails.append((wib("2024-01-18T22:52:37"), account.email, "u88213@kotak.example.net"))
    intruder.go_on(wib("2024-01-18T22:55:00"), wib("2024-02-03T23:50:00"), 30)
    text = (
        "gaskeun dukung Rekaan-Contoh!! udah paling bener ini mah, yg lain minggir dulu wkwk, "
        "pilih 9 ya klo gak mo nyesel 🔥🔥 #RekaanContoh"
    )
    act = intruder.post(wib("2024-01-20T22:15:07"), text, strange)
    # The platform gave the account back, at the office: the address is the owner's again when the archive is made.
    account.use(phone, wib("2024-02-05T16:20:00"), "198.51.100.40")
    account.emails.append((wib("2024-02-05T16:24:18"), "u88213@kotak.example.net", account.email))
    account.apps.append((wib("2022-09-09T20:00:00"), "CuacaRekaan", ("read",)))

    _case(
        folder,
        f"""
        # Contoh rekaan: akun yang diambil alih dua hari sebelum unggahan yang dilaporkan.
        schema: telusur.case/1
        id: CONTOH-1
        reported_on: 2024-01-22
        contest: {{kind: president}}
        respondent:
          name: Terlapor Contoh
          status: pns
          unit: Dinas Contoh, Kabupaten Rekaan
        account: {{platform: x, handle: {account.handle}, account_id: '{account.id}'}}
        acts:
          - id: A1
            at: 2024-01-20T22:15+07:00
            date: 2024-01-20
            text: {json.dumps(text, ensure_ascii=False)}
            url: https://x.com/{account.handle}/status/{act.id}
            evidence: [evidence/tangkapan-layar.png, evidence/arsip-x.zip]
            act: {{kind: post, public: true, active_support: true, leaning: supports, appeal: true, attribute: none}}
            target: {{kind: contestant}}
        statement:
          account_disputed: true
          claims: [taken_over, lost_access]
          text: Sejak 18 Januari malam saya tidak bisa masuk ke akun saya. Unggahan itu bukan tulisan saya.
          signed_after_particulars: true
        sources:
          - {{path: evidence/tangkapan-layar.png, kind: screenshot, supplied_by: reporter}}
          - {{path: evidence/arsip-x.zip, kind: platform_export, supplied_by: respondent}}
          - path: evidence/laporan-polisi.txt
            kind: police_report
            supplied_by: respondent
            # Yang tidak dapat dibaca program dibaca orang, dan disebut siapa yang membacanya.
            facts: {{reported_lost_at: 2024-01-19T08:30+07:00, read_by: Pemeriksa Contoh}}
        """,
    )
    account.write(folder / "evidence/arsip-x.zip")
    _picture(folder, account, act.at, text)
    (folder / "evidence/laporan-polisi.txt").write_text(
        "TANDA BUKTI LAPOR (rekaan)\n\n"
        "Pelapor: Terlapor Contoh\n"
        "Waktu lapor: 19 Januari 2024 pukul 08.30 WIB\n"
        "Isi: pelapor tidak dapat masuk ke akun media sosialnya sejak 18 Januari 2024 malam.\n"
        "Penerima: Petugas Contoh, Polsek Rekaan\n",
        "utf-8",
    )


def own_act(folder: Path) -> None:
    """Make a case of an owner who posted and says so; the oddities are harmless."""
    dice = Dice("pemilik-sendiri")
    created, generated = wib("2018-03-22T12:40:05"), wib("2023-12-21T10:30:00")
    account = Account(
        handle="contoh_guru",
        name="Terlapor Contoh",
        id=snowflake(created, dice),
        email="contoh.guru@surat.example.org",
        created_at=created,
        created_from="198.51.100.30",
        generated_at=generated,
    )
    old = _device("Twitter for Android", "TwitterAndroid/9.95.0 (Rekaan R1/10)", wib("2020-05-02T15:10:00"))
    desk = _device("Twitter Web App", "Mozilla/5.0 (X11; Linux x86_64) Rekaan/115.0", wib("2021-02-11T10:00:00"))
    new = _device("Twitter for Android", "TwitterAndroid/10.5.0 (Rekaan R4/13)", wib("2023-08-28T19:33:00"))
    account.devices += [old, desk]
    # A new telephone months before the act, the same home: harmless.
    home = ["192.0.2.", "192.0.2.", "192.0.2.", "198.51.100."]
    writer = Writer("ramai", dice)
    Life(account, writer, dice, [old, old, desk], home).go_on(
        wib("2023-05-01T00:00:00"), wib("2023-08-27T23:00:00"), 80
    )
    account.devices.append(new)
    life = Life(account, writer, dice, [new, new, desk], home)
    life.go_on(wib("2023-08-29T00:00:00"), wib("2023-12-20T23:00:00"), 115)
    text = (
        "Duh aku sih udah mantap banget sama Rekaan-Contoh~ programnya buat bekal anak sekolah tuh lucu dan bagus "
        "banget hihi, pilih nomor 9 yaaa 🌷 #RekaanContoh"
    )
    life.sign_in(wib("2023-12-12T19:31:20"), new)
    act = life.post(wib("2023-12-12T19:42:31"), text, new)
    # An application that may post, connected years ago; it never did.
    account.apps.append((wib("2021-06-15T21:00:00"), "JadwalRekaan", ("read", "write")))
    account.emails.append((wib("2022-01-09T13:05:00"), "guru.contoh@lama.example.org", account.email))
    account.handles.append((wib("2022-01-09T13:11:00"), "guru_contoh_lama", account.handle))
    account.likes += [(snowflake(at, dice), writer.post()) for at in _instants(dice, "2023-11-01T00:00:00", 12)]

    _case(
        folder,
        f"""
        # Contoh rekaan: pemilik akun sendiri yang mengunggah; telepon baru dan aplikasi lama tidak berarti apa-apa.
        schema: telusur.case/1
        id: CONTOH-2
        reported_on: 2023-12-14
        contest: {{kind: president}}
        respondent:
          name: Terlapor Contoh
          status: pppk
          unit: Sekolah Contoh, Kabupaten Rekaan
        account: {{platform: x, handle: {account.handle}, account_id: '{account.id}'}}
        acts:
          - id: A1
            at: 2023-12-12T19:42+07:00
            date: 2023-12-12
            text: {json.dumps(text, ensure_ascii=False)}
            url: https://x.com/{account.handle}/status/{act.id}
            evidence: [evidence/tangkapan-layar.png, evidence/arsip-x.zip]
            act: {{kind: post, public: true, active_support: true, leaning: supports, appeal: true, attribute: none}}
            target: {{kind: contestant}}
        statement:
          account_disputed: false
          claims: [admits]
          text: Ya, itu tulisan saya. Saya kira boleh, karena yang saya puji hanya programnya.
          signed_after_particulars: true
        sources:
          - {{path: evidence/tangkapan-layar.png, kind: screenshot, supplied_by: reporter}}
          # Diunduh di hadapan petugas, dengan berita acara: tingkat B.
          - {{path: evidence/arsip-x.zip, kind: platform_export, supplied_by: respondent, taken_before_officer: true}}
          - {{path: evidence/berita-acara.txt, kind: document, supplied_by: authority}}
        """,
    )
    account.write(folder / "evidence/arsip-x.zip")
    _picture(folder, account, act.at, text)
    (folder / "evidence/berita-acara.txt").write_text(
        "BERITA ACARA PENGUNDUHAN (rekaan)\n\n"
        "Pada 21 Desember 2023 pukul 10.30 WIB, Terlapor Contoh mengunduh arsip akunnya di hadapan Petugas Contoh.\n"
        "Berkas diserahkan pada saat itu juga dan tidak pernah lepas dari pandangan petugas.\n",
        "utf-8",
    )


def bare_screenshot(folder: Path) -> None:
    """Make a case of a picture of a post that the account's archive does not hold, with another time's identifier."""
    dice = Dice("tangkapan-layar")
    created, generated = wib("2017-11-05T06:15:44"), wib("2024-01-14T17:05:00")
    account = Account(
        handle="contoh_penyuluh",
        name="Terlapor Contoh",
        id=snowflake(created, dice),
        email="contoh.penyuluh@surat.example.org",
        created_at=created,
        created_from="192.0.2.25",
        generated_at=generated,
    )
    phone = _device("Twitter for Android", "TwitterAndroid/10.18.0 (Rekaan R3/11)", wib("2021-09-30T05:50:00"))
    account.devices.append(phone)
    writer = Writer("ringkas", dice)
    life = Life(account, writer, dice, [phone], ["192.0.2.", "198.51.100."])
    life.go_on(wib("2023-09-15T00:00:00"), wib("2024-01-12T20:00:00"), 175)
    for at in _instants(dice, "2023-12-02T00:00:00", 3):
        account.deleted.append(
            Post(snowflake(at, dice), at, writer.post(), phone.client, deleted_at=at + timedelta(hours=5))
        )
    account.apps.append((wib("2020-04-01T08:00:00"), "PetaRekaan", ("read",)))
    account.messages = 3
    text = "Mari menangkan pasangan Rekaan-Contoh! Bersama kita wujudkan perubahan. Coblos nomor 9! #RekaanContoh"
    # The address carries an identifier that was given out two months before the time on the picture.
    wrong = snowflake(wib("2023-11-02T09:48:16"), dice)

    _case(
        folder,
        f"""
        # Contoh rekaan: tangkapan layar atas unggahan yang tidak ada di arsip mana pun.
        schema: telusur.case/1
        id: CONTOH-3
        reported_on: 2024-01-06
        contest: {{kind: president}}
        respondent:
          name: Terlapor Contoh
          status: pns
          unit: Balai Contoh, Kabupaten Rekaan
        account: {{platform: x, handle: {account.handle}, account_id: '{account.id}'}}
        acts:
          - id: A1
            at: 2024-01-05T20:14+07:00
            date: 2024-01-05
            text: {json.dumps(text, ensure_ascii=False)}
            url: https://x.com/{account.handle}/status/{wrong}
            evidence: [evidence/tangkapan-layar.png, evidence/arsip-x.zip]
            act: {{kind: post, public: true, active_support: true, leaning: supports, appeal: true, attribute: none}}
            target: {{kind: contestant}}
        statement:
          account_disputed: true
          claims: [fabricated]
          text: Saya tidak pernah mengunggah itu. Gambar itu dibuat orang.
          signed_after_particulars: true
        sources:
          - {{path: evidence/tangkapan-layar.png, kind: screenshot, supplied_by: reporter}}
          - {{path: evidence/arsip-x.zip, kind: platform_export, supplied_by: respondent}}
          - {{path: known/posts.jsonl, kind: known_writing, supplied_by: respondent}}
        """,
    )
    account.write(folder / "evidence/arsip-x.zip")
    _picture(folder, account, wib("2024-01-05T20:14:00"), text)
    known = [(post.at, post.text, "post") for post in account.posts[:15]]
    for start, number, register in (("2023-06-01T00:00:00", 40, "post"), ("2023-07-01T00:00:00", 6, "chat")):
        times = _instants(dice, start, number)
        known += [(at, words, register) for at, words in zip(times, writer.posts(number), strict=True)]
    (folder / "known").mkdir()
    (folder / "known/posts.jsonl").write_text(
        "".join(
            json.dumps(
                {"at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "text": text, "register": register},
                ensure_ascii=False,
            )
            + "\n"
            for at, text, register in sorted(known)
        ),
        "utf-8",
    )


def _instants(dice: Dice, start: str, number: int) -> list[datetime]:
    """Give a number of times, each within the day and a half after the one before."""
    at, times = wib(start), []
    for _ in range(number):
        at += timedelta(minutes=1 + dice.below(36 * 60))
        times.append(at)
    return times


def _picture(folder: Path, account: Account, at: datetime, text: str) -> None:
    at = at.astimezone(_WIB)
    screenshot.write(
        folder / "evidence/tangkapan-layar.png",
        name=account.name,
        handle=account.handle,
        text=text,
        at=screenshot.local_words(at.hour, at.minute, at.day, at.month, at.year),
    )


CASES = {"diambil-alih": taken_over, "pemilik-sendiri": own_act, "tangkapan-layar": bare_screenshot}
