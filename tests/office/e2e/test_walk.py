"""A whole case through its screens: from a report without an account to a decision, and to a clearing."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from office.browsing import IN_A_BROWSER, faults, press, send
from office.case_at_desk import FACTS, RULE
from office.e2e.screens import (
    EXAMPLES,
    Upload,
    enter_as_respondent,
    fill,
    in_days,
    paper,
    today,
    work,
)
from telusur.office import store
from telusur.office.models import Case

pytestmark = IN_A_BROWSER

CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


@pytest.fixture
def told():
    """Give what the two examples are about."""
    return {
        "pemilik-sendiri": {
            "handle": "contoh_guru",
            "number": "976694984176664576",
            "when": ("12 Desember 2023", "19.42", "WIB"),
            "url": "https://x.com/contoh_guru/status/1734554319975428096",
            "text": "Duh aku sih udah mantap banget sama Rekaan-Contoh~ programnya buat bekal anak sekolah tuh lucu "
            "dan bagus banget hihi, pilih nomor 9 yaaa 🌷 #RekaanContoh",
        },
        "diambil-alih": {
            "handle": "contoh_pegawai",
            "number": "1161613484094468096",
            "when": ("20 Januari 2024", "22.15", "WIB"),
            "url": "https://x.com/contoh_pegawai/status/1748725849781301248",
            "text": "gaskeun dukung Rekaan-Contoh!! udah paling bener ini mah, yg lain minggir dulu wkwk, pilih 9 ya "
            "klo gak mo nyesel 🔥🔥 #RekaanContoh",
        },
    }


def reported(opened, people, about, example, *, width=1280):
    """Report without an account, open the case, preserve what can vanish; gives the case's id and the code."""
    reporter = opened(reverse("intake:report"), width=width)
    fill(
        reporter,
        "main form",
        {
            "what": "Akun seorang pegawai mengunggah ajakan memilih seorang calon.",
            "kind": "post",
            "platform": "x",
            "url": about["url"],
            "handle": f"@{about['handle']}",
            "papers": Upload.of(EXAMPLES / example / "evidence/tangkapan-layar.png", "image/png"),
        },
    )
    send(reporter)
    code = reporter.locator(".code").inner_text()

    officer = people("office/receiver", width=width)
    press(officer.page, f"nav a[href='{reverse('intake:reports')}']")
    press(officer.page, "main table a")
    press(officer.page, "main a[href^='/terima/buka/']")
    officer.look("open a case")
    day, hour, zone = about["when"]
    officer.sends(
        {
            "procedure": "discipline-pp94",
            "subject": "unggahan di X, akun pribadi",
            "name": "Terlapor Contoh",
            "nip": "193903031959031003",
            "status": "pns",
            "position": "Penata layanan",
            "contest": "president",
            "when_tanggal": day,
            "when_jam": hour,
            "when_zona": zone,
        }
    )
    case = Case.objects.get()
    officer.case_id = case.pk
    expect(officer.page.locator("h1")).to_contain_text("Amankan sekarang")
    officer.look("preserve")
    fill(officer.page, "form:has([value=tangkap])", {"tangkap-papers": paper("tangkapan.pdf"), "tangkap-grade": "B"})
    press(officer.page, "form:has([value=tangkap]) .button")
    expect(officer.page.locator("main")).to_contain_text("tangkapan.pdf")
    fill(officer.page, "form:has([value=minta])", {"minta-to": "platform", "minta-what": "Riwayat masuk akun itu."})
    press(officer.page, "form:has([value=minta]) .button")
    expect(officer.page.locator("main")).to_contain_text("Riwayat masuk akun itu.")
    assert officer.wrong == []
    return case.pk, code


def particulars(superior, about):
    """Establish the status, state the act with its rule, ask of ties, and draw up the particulars."""
    superior.does("status", status="pns", rank="pelaksana", grounds="Surat keputusan pengangkatan.")
    day, hour, zone = about["when"]
    superior.does(
        "perbuatan",
        "P1",
        when_tanggal=day,
        when_jam=hour,
        when_zona=zone,
        evidence=[name for name, one in superior.file.evidence.items() if one.step.supplied_by != "respondent"],
        **FACTS,
    )
    superior.does("aturan", "P1", rule=RULE)
    superior.does("hubungan", who=superior.file.reporter, what="Ditanya; tidak ada yang diketahui.")
    superior.does("rincian")


def summoned(superior):
    """Summon by a letter, and serve it with the particulars; gives the respondent's code."""
    superior.takes("summon")
    words = superior.makes(
        "summons",
        hearing_at_tanggal=in_days(8),
        hearing_at_jam="09.00",
        hearing_at_zona="WIB",
        hearing_place="Kantor Instansi Contoh",
        hearing_with="Atasan langsung",
        reply_until=in_days(8),
    )
    assert "Terlapor Contoh" in words
    served = {"how": "diserahkan langsung", "on": today(), "reply_until": in_days(8)}
    superior.does("sampaikan", what="particulars", proof=paper("tanda-terima-rincian.pdf"), **served)
    superior.opens("sampaikan")
    superior.sends({"what": "summons", "proof": paper("tanda-terima.pdf"), "new_code": True, **served})
    superior.look("the respondent's code")
    code = superior.page.locator(".code").inner_text()
    assert CODE.fullmatch(code)
    return code


def answered(opened, code, example, claims, words, *papers, width=1280):
    """Enter as the respondent, answer act by act and hand in the export; gives the respondent's page."""
    page = opened(reverse("portal:enter"), width=width)
    enter_as_respondent(page, code)
    wrong = faults(page, "respondent: file")
    press(page, f"main a[href='{reverse('portal:answer')}']")
    wrong += faults(page, "respondent: answer")
    for claim in claims:
        page.locator(f"main [name^=klaim][value={claim}]").check()
    page.locator("#id_kata_0").fill(words)
    send(page)
    wrong += faults(page, "respondent: check")
    folder = EXAMPLES / example / "evidence"
    page.locator("main input[type=file]").set_input_files([folder / name for name in papers])
    page.locator("#id_benar").check()
    send(page)
    expect(page.locator(".panel")).to_be_visible()
    wrong += faults(page, "respondent: receipt")
    assert wrong == []
    return page


def traced(superior, about):
    """Ask for the tracing, let the worker do it, and see its weights on the page of the case."""
    asked = [name for name, one in superior.file.evidence.items() if one.step.name != "berita-acara.txt"]
    superior.does("penelusuran", "P1", act="P1", text=about["text"], account_id=about["number"], evidence=asked)
    expect(superior.page.locator("#runs progress")).to_be_visible()
    superior.look("tracing: waiting")
    case = superior.page.url
    superior.page.goto("about:blank")  # the test's own connection is shared between its threads
    work()
    superior.page.goto(case)
    expect(superior.page.locator("#runs .notice")).to_have_count(0)


def begin(opened, people, about, example):
    case, code = reported(opened, people, about, example)
    superior = people("direct_superior", case)
    superior.page.reload()
    press(superior.page, f"main table a[href='{reverse('desk:case', args=[case])}']")
    superior.look("case: new")
    particulars(superior, about)
    return case, code, superior


def test_a_case_goes_from_a_report_to_a_decision_that_is_delivered(opened, people, told):
    example = "pemilik-sendiri"
    about = told[example]
    case, code, superior = begin(opened, people, about, example)
    entry = summoned(superior)
    respondent = answered(opened, entry, example, ["admits"], "Ya, itu tulisan saya. Saya kira boleh.", "arsip-x.zip")
    superior.takes("examine")
    traced(superior, about)
    superior.at_case()
    expect(superior.page.locator("section[aria-labelledby=perbuatan-P1] table").first).to_be_visible()
    superior.look("case: traced")
    superior.does("penguasaan", "P1", act="P1", value="owner", grounds="Perangkat, jam, dan gaya tulisannya sendiri.")
    superior.does("keaslian", act="P1", value="established", grounds="Sama dengan tangkapan petugas.")
    superior.takes("sign_record")
    superior.takes("report_up")

    people("office/legal", case).does(
        "kukuhkan", rule=RULE, gazette=paper("berita-negara.pdf"), lawyer="Ahli hukum contoh", on=today()
    )
    official = people("deciding_official", case)
    official.opens("konsep")
    sanction = official.page.locator(f"main [name=sanction][value^='{RULE}|medium|']").first.get_attribute("value")
    official.does(
        "konsep",
        finding_1="proven",
        sanction=sanction,
        official="ppk_regency_or_city",
        mitigation="Belum pernah dihukum; mengakui sejak awal.",
        likeness="nothing",
        grounds="Log sesi, perangkat, dan jawabannya sendiri.",
    )
    ppk = people("ppk", case)
    ppk.does("setujui")
    words = ppk.makes(
        "decision",
        about="Hukuman disiplin",
        effect="hari ke-15",
        remedy="keberatan",
        remedy_to="Pejabat Pembina Kepegawaian",
    )
    for said in ("MEMUTUSKAN", "Terlapor Contoh", "Ya, itu tulisan saya", "Log sesi, perangkat", RULE):
        assert said in words
    ppk.takes("decide")
    personnel = people("personnel", case)
    personnel.does(
        "sampaikan",
        what="decision",
        how="diserahkan langsung",
        on=today(),
        proof=paper("tanda-terima-keputusan.pdf"),
    )
    file = personnel.takes("deliver")
    assert file.stage == "delivered"
    personnel.look("case: delivered")
    assert personnel.page.locator("ul.gates .gate--open").count() == 8

    respondent.goto(respondent.url.split("/tanggapan/")[0] + reverse("portal:page"))
    expect(respondent.locator("main")).to_contain_text("Log sesi, perangkat, dan jawabannya sendiri.")
    wrong = faults(respondent, "respondent: decision")
    reporter = opened(reverse("intake:follow"))
    reporter.locator("#id_code").fill(code)
    send(reporter)
    expect(reporter.locator("main .lead")).to_contain_text("Keputusan telah disampaikan")
    assert [*wrong, *superior.wrong, *official.wrong, *ppk.wrong, *personnel.wrong] == []


def test_an_account_that_was_taken_over_ends_in_a_clearing_with_its_letter(opened, people, told):
    example = "diambil-alih"
    about = told[example]
    case, code, superior = begin(opened, people, about, example)
    entry = summoned(superior)
    respondent = answered(
        opened,
        entry,
        example,
        ["taken_over", "lost_access"],
        "Sejak 18 Januari malam saya tidak bisa masuk. Unggahan itu bukan tulisan saya.",
        "arsip-x.zip",
        "laporan-polisi.txt",
        width=360,
    )
    traced(superior, about)
    superior.at_case()
    assert superior.file.tracings
    superior.does(
        "penguasaan",
        "P1",
        act="P1",
        value="other_after_takeover",
        grounds="Masuk dari perangkat lain sejak 18 Januari.",
    )
    superior.does("beritahu", whom="other", other="BKN", what="Perkara dibuka.", override="")
    official = people("deciding_official", case)
    official.does(
        "konsep",
        finding_1="cleared",
        sanction="none",
        likeness="nothing",
        grounds="Akun dikuasai orang lain pada saat itu.",
    )
    ppk = people("ppk", case)
    ppk.does("setujui")
    file = ppk.takes("clear", grounds="Bukan perbuatan terlapor.")
    assert file.end == "cleared"
    words = ppk.makes("clearing-cleared", reasons="Akun diambil alih.", block="asked", erased_on=in_days(180))
    assert "bukan perbuatan Saudara" in words
    assert "dipulihkan" in words
    superior.at_case()
    superior.look("case: cleared")
    superior.does("pulihkan", bodies=["BKN"], block=True, block_to="SIASN", erased_on=in_days(180))
    assert [one.step.whom for one in superior.file.told[-2:]] == ["BKN", "SIASN"]

    respondent.goto(respondent.url.split("/tanggapan/")[0] + reverse("portal:page"))
    expect(respondent.locator("main .lead")).to_contain_text("nama Anda dipulihkan")
    wrong = faults(respondent, "respondent: cleared")
    reporter = opened(reverse("intake:follow"))
    reporter.locator("#id_code").fill(code)
    send(reporter)
    expect(reporter.locator("main .lead")).to_contain_text("bukan perbuatan orang yang dilaporkan")
    assert [*wrong, *superior.wrong, *official.wrong, *ppk.wrong] == []
    assert store.file_of(Case.objects.get()).end == "cleared"
