"""What reading a case folder promises: the case, or every fault of it in one go."""

import os
import random
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from case_folders import CASE, KNOWN, changed, make
from telusur.domain.account import Account
from telusur.domain.errors import BadInput, MissingZone, SeveralProblems
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.dossier.case import Case, ReadFact, Respondent, Statement
from telusur.dossier.reading import read_case

FIRST_ACT = "- id: A1\n"
SOUND_YAML = yaml.safe_load(CASE)


def told(folder):
    with pytest.raises(SeveralProblems) as caught:
        read_case(folder)
    return [(problem.line, problem.field, problem.message) for problem in caught.value.problems]


def only(folder):
    [fault] = told(folder)
    return fault


def line_of(text, words):
    return text[: text.index(words)].count("\n") + 1


# --- a sound case -----------------------------------------------------------------------------------------------


def test_a_sound_case_is_read_whole(tmp_path):
    case = read_case(make(tmp_path))
    account = Account("x", "contoh_akun", "1234", "contoh_akun")
    assert case.id == "K-001"
    assert case.reported_on == date(2024, 1, 22)
    assert (case.incident, case.order) == ("PERISTIWA-1", "undangan-1")
    assert case.respondent == Respondent("pns", "Terlapor Satu", None, None)
    assert case.accounts == (account,)
    assert case.statement == Statement(
        account_disputed=True, claims=("taken_over",), text="Bukan saya.", signed_after_particulars=True
    )
    assert [(source.path, source.grade) for source in case.sources] == [
        ("evidence/screenshot.png", Grade.E),
        ("evidence/letter.txt", Grade.D),
        ("known/posts.jsonl", Grade.D),
    ]
    replaced, device = case.sources[1].facts
    assert (replaced.name, replaced.value.written, replaced.read_by) == (
        "sim_replaced_at",
        "2024-01-19T16:05+07:00",
        "Pemeriksa 1",
    )
    assert device == ReadFact("device_of", "seorang rekan", "Pemeriksa 1")
    assert [(known.text, known.register) for known in case.known] == [
        (line["text"], line["register"]) for line in KNOWN
    ]
    assert case.known[0].at.utc == datetime(2024, 1, 2, 8, tzinfo=UTC)
    assert case.known[1].at is None
    assert case.notes == ()


def test_acts_take_what_the_case_states_for_all_and_win_over_it(tmp_path):
    one, two = read_case(make(tmp_path)).acts
    assert one.facts.as_json() == {
        "date": "2024-01-20",
        "contest": {"kind": "president"},
        "actor": {"status": "pns"},
        "act": {"kind": "post", "public": True},
        "target": {"kind": "contestant"},
    }
    assert two.facts.value("actor.status") == "acting_head"
    assert two.facts.value("date") == date(2024, 1, 21)


def test_only_acts_done_with_an_account_take_the_only_one(tmp_path):
    one, two = read_case(make(tmp_path)).acts
    assert one.account is not None
    assert two.account is None
    stated = changed(("  act.kind: attend_event\n", "  act.kind: attend_event\n  account: contoh_akun\n"))
    assert read_case(make(tmp_path, stated)).acts[1].account == one.account


def test_an_act_may_name_one_of_several_accounts(tmp_path):
    text = changed(
        ("account:\n  platform: x\n  handle: '@contoh_akun'\n  account_id: '1234'\n", ""),
        (
            "\nacts:\n",
            "\naccounts:\n- {id: kantor, platform: x}\n- {platform: facebook}\n- {platform: x, handle: '@h'}\nacts:\n",
        ),
        (FIRST_ACT, FIRST_ACT + "  account: kantor\n"),
    )
    case = read_case(make(tmp_path, text))
    assert [account.id for account in case.accounts] == ["kantor", "account-2", "h"]
    assert case.acts[0].account.id == "kantor"


def test_an_unknown_time_leaves_the_date_unknown(tmp_path):
    text = changed(("  at: 2024-01-20T09:35+07:00\n  date: '2024-01-20'\n", "  at:\n"))
    act = read_case(make(tmp_path, text)).acts[0]
    assert (act.at, act.facts.value("date")) == (None, None)


def test_people_may_set_control_and_authenticity_in_the_case(tmp_path):
    text = changed((FIRST_ACT, FIRST_ACT + "  attribution: {account_control: owner, authenticity: established}\n"))
    facts = read_case(make(tmp_path, text)).acts[0].facts
    assert facts.value("attribution.account_control") == "owner"


def test_a_case_needs_no_more_than_its_required_fields(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.yaml").write_text(
        "schema: telusur.case/1\nid: K\nreported_on: 2024-01-22\nrespondent: {status: pns}\nacts: [{id: A}]\n"
    )
    case = read_case(folder)
    assert (case.accounts, case.sources, case.known, case.statement) == ((), (), (), Statement())


def test_a_byte_order_mark_is_no_fault(tmp_path):
    assert read_case(make(tmp_path, b"\xef\xbb\xbf" + CASE.encode())).id == "K-001"


# --- faults of fields -------------------------------------------------------------------------------------------


FAULTS = [
    (("telusur.case/1", "telusur.facts/1"), "schema", "expected telusur.case/1, found 'telusur.facts/1'"),
    (("schema: telusur.case/1\n", ""), "schema", "is missing"),
    (("id: K-001", "id:"), "id", "fill this in"),
    (("id: K-001", "id: 7"), "id", "put it in quotes"),
    (("id: K-001", 'id: "a\\nb"'), "id", "one line"),
    (("id: K-001", 'id: "a\\u2028b"'), "id", "one line"),
    (("id: K-001", "id: [a]"), "id", "expected text, found ['a']"),
    (("reported_on: '2024-01-22'", "reported_on:"), "reported_on", "fill this in"),
    (("reported_on: '2024-01-22'", "reported_on: 22-01-2024"), "reported_on", "expected a date as 2024-01-20"),
    (("reported_on: '2024-01-22'", "reported_on: '2024-02-30'"), "reported_on", "expected a date"),
    (("reported_on: '2024-01-22'", "reported_on: '0204-01-22'"), "reported_on", "cannot be meant"),
    (("reported_on: '2024-01-22'", "reported_on: '2022-01-22'"), "reported_on", "more than a year before act A1"),
    (("contest:", "contst:"), "contst", "did you mean 'contest'?"),
    (("  kind: president", "  kind: presiden"), "contest.kind", "did you mean 'president'?"),
    (("contest:\n  kind: president", "contest: president"), "contest", "expected the fields kind, region, round"),
    (("  status: pns", "  status: pnss"), "respondent.status", "did you mean"),
    (("  status: pns\n", ""), "respondent.status", "fill this in: one of pns"),
    (("  status: pns\n  name: Terlapor Satu", "  - pns"), "respondent", "expected the fields"),
    (("  name: Terlapor", "  nama: Terlapor"), "respondent.nama", "did you mean 'name'?"),
    (("  platform: x\n", "  platform: twitter\n"), "account.platform", "'twitter' is no value of it"),
    (("  platform: x\n", ""), "account.platform", "fill this in"),
    (("account_id: '1234'", "account_id: 1234"), "account.account_id", "put it in quotes"),
    (("\nacts:\n", "\naccounts: [{platform: x, id: b}]\nacts:\n"), "account", "put it into that list"),
    ((FIRST_ACT, "- id: A2\n"), "acts[1].id", "the act 'A2' stands twice"),
    ((FIRST_ACT, "-\n"), "acts[0].id", "fill this in"),
    ((FIRST_ACT, "- just words\n" + FIRST_ACT), "acts[0]", "expected the fields"),
    ((FIRST_ACT, "-\n" + FIRST_ACT), "acts[0]", "fill this in: an act"),
    ((FIRST_ACT, FIRST_ACT + "  account: akun_lain\n"), "acts[0].account", "known are contoh_akun"),
    ((FIRST_ACT, FIRST_ACT + "  account: [a]\n"), "acts[0].account", "expected text"),
    (("T09:35+07:00", "T09:35"), "acts[0].at", "has no zone"),
    (("T09:35+07:00", ""), "acts[0].at", "no ISO 8601 time"),
    (("  at: 2024-01-20T09:35+07:00", "  at: 9:35"), "acts[0].at", "expected a time"),
    (("  date: '2024-01-20'", "  date: '2024-01-19'"), "acts[0].date", "is not the date of `at`"),
    (("  date: '2024-01-20'", "  date: yesterday"), "acts[0].date", "expected a date"),
    (("  at: 2024-01-20T09:35+07:00\n  date: '2024-01-20'", "  date: 0001-01-01"), "acts[0].date", "cannot be meant"),
    (("2024-01-21T23:30", "1024-01-21T23:30"), "acts[1].at", "cannot be meant"),
    (("  text: Dukung paslon contoh", "  text: 7"), "acts[0].text", "put it in quotes"),
    (("  text: Dukung paslon contoh", "  text: {a: b}"), "acts[0].text", "expected text"),
    (("https://x.com", "javascript://x.com"), "acts[0].url", "begins with https://"),
    (("  evidence:\n  - evidence/screenshot.png", "  evidence: evidence/screenshot.png"), "acts[0].evidence", "a list"),
    (("    kind: post", "    kind: posst"), "acts[0].act.kind", "did you mean 'post'?"),
    (("    kind: post", "    knd: post"), "acts[0].act.knd", "did you mean 'act.kind'?"),
    (("    public: true", "    public: yes please"), "acts[0].act.public", "expected true, false or null"),
    (("  act.kind: attend", "  kind: attend"), "acts[1].kind", "did you mean 'act.kind' or 'contest.kind'"),
    (("  act:\n    kind: post", "  act.kind: post\n  act:\n    kind: post"), "acts[0].act.kind", "stands twice"),
    (("  target:\n    kind: contestant", "  target: contestant"), "acts[0].target", "expected the fields kind; found"),
    (("  - taken_over", "  - taken"), "statement.claims[0]", "did you mean 'taken_over'?"),
    (("  - taken_over", "  - 7"), "statement.claims[0]", "7 is no value of it; known are"),
    (("  account_disputed: true", "  account_disputed: maybe"), "statement.account_disputed", "expected true"),
    (("  id: PERISTIWA-1\n", ""), "incident.id", "fill this in"),
    (("  order: undangan-1", "  ordre: undangan-1"), "incident.ordre", "did you mean 'order'?"),
    (("  kind: screenshot", "  kind: screnshot"), "sources[0].kind", "did you mean 'screenshot'?"),
    (("  kind: screenshot\n", ""), "sources[0].kind", "fill this in: one of platform_export"),
    (("supplied_by: reporter", "supplied_by: report"), "sources[0].supplied_by", "did you mean 'reporter'?"),
    (("  supplied_by: reporter", "  suplied_by: reporter"), "sources[0].suplied_by", "did you mean 'supplied_by'?"),
    (("- path: known/posts.jsonl", "- path: evidence/letter.txt"), "sources[2].path", "stands twice"),
    (("- path: known/posts.jsonl", "- path:"), "sources[2].path", "fill this in: a path"),
    (("- path: known/posts.jsonl", "- path: 7"), "sources[2].path", "expected text"),
    (("sources:\n", "sources:\n-\n"), "sources[0]", "fill this in: a source"),
    (("sim_replaced_at", "sim_replaced"), "sources[1].facts.sim_replaced", "did you mean 'sim_replaced_at'?"),
    (
        (", read_by: Pemeriksa 1}\n    device", "}\n    device"),
        "sources[1].facts.sim_replaced_at.read_by",
        "who read it",
    ),
    (
        ("{value: seorang rekan, read_by: Pemeriksa 1}", "seorang rekan"),
        "sources[1].facts.device_of.read_by",
        "who read it",
    ),
    (("T16:05+07:00", "T16:05"), "sources[1].facts.sim_replaced_at.value", "has no zone"),
    (("value: seorang rekan, ", ""), "sources[1].facts.device_of.value", "fill this in"),
    (("value: seorang", "valu: seorang"), "sources[1].facts.device_of.valu", "did you mean 'value'?"),
    (
        ("seorang rekan, read_by: Pemeriksa 1", "seorang rekan, read_by: ''"),
        "sources[1].facts.device_of.read_by",
        "one line",
    ),
]


@pytest.mark.parametrize(("change", "field", "words"), FAULTS)
def test_a_fault_is_told_with_its_line_and_field(tmp_path, change, field, words):
    text = changed(change)
    line, told_field, message = only(make(tmp_path, text))
    assert told_field == field
    assert words in message
    first = line_of(CASE, change[0])
    assert first - 1 <= line <= first + 6 or field in {"schema", "account", "acts[1].id"}


def test_the_line_told_is_the_line_of_the_field(tmp_path):
    text = changed(("  - taken_over", "  - taken"))
    assert only(make(tmp_path, text))[0] == line_of(text, "  - taken\n")
    assert str(BadInput("m", where="case.yaml", line=3, field="id")) == "case.yaml:3: id: m"


#: Faults that do not touch each other's lines.
APART = [
    (("schema:", "schma:"), "schma"),
    (("respondent:", "responden:"), "responden"),
    (("  id: PERISTIWA-1\n", ""), "incident.id"),
    (("id: K-001", "idd: K-001"), "idd"),
    (("reported_on: '2024-01-22'", "reported_on: soon"), "reported_on"),
    (("  platform: x\n", "  platform: twitter\n"), "account.platform"),
    (("account_id: '1234'", "account_id: 1234"), "account.account_id"),
    (("  date: '2024-01-20'", "  date: '2024-01-19'"), "acts[0].date"),
    (("    kind: post", "    kind: posst"), "acts[0].act.kind"),
    (("    public: true", "    publik: true"), "acts[0].act.publik"),
    (("T23:30+09:00", "T23:30"), "acts[1].at"),
    (("  - taken_over", "  - taken"), "statement.claims[0]"),
    (("  kind: screenshot", "  knd: screenshot"), "sources[0].knd"),
    (("supplied_by: authority", "supplied_by: police"), "sources[1].supplied_by"),
    (("{value: seorang", "{valu: seorang"), "sources[1].facts.device_of.valu"),
    (
        (", read_by: Pemeriksa 1}\n    device", ", red_by: Pemeriksa 1}\n    device"),
        "sources[1].facts.sim_replaced_at.red_by",
    ),
    (("path: known/posts.jsonl", "path: known/post.jsonl"), "sources[2].path"),
]


@given(st.sets(st.sampled_from(range(len(APART))), min_size=1))
def test_as_many_faults_as_were_planted_are_told(tmp_path_factory, which):
    folder = make(tmp_path_factory.mktemp("case"), changed(*(APART[i][0] for i in which)))
    faults = told(folder)
    assert {field for _, field, _ in faults} == {APART[i][1] for i in which}
    assert len(faults) == len(which)
    assert [line for line, *_ in faults] == sorted(line for line, *_ in faults)


def test_a_time_without_a_zone_is_that_kind_of_fault(tmp_path):
    with pytest.raises(SeveralProblems) as caught:
        read_case(make(tmp_path, changed(("T23:30+09:00", "T23:30"))))
    assert isinstance(caught.value.problems[0], MissingZone)


def test_a_statement_without_fields_is_a_fault(tmp_path):
    text = re.sub(r"(?s)statement:.*\nsources:", "statement: none\nsources:", CASE)
    assert only(make(tmp_path, text))[1] == "statement"


def test_an_account_act_without_an_account_is_a_fault(tmp_path):
    text = changed(("account:\n  platform: x\n  handle: '@contoh_akun'\n  account_id: '1234'\n", ""))
    assert only(make(tmp_path, text))[1:] == (
        "acts[0].account",
        "a post is done with an account; add `account:` with its platform",
    )
    named = text.replace(FIRST_ACT, FIRST_ACT + "  account: a\n")
    assert "lists no account 'a'; add it" in only(make(tmp_path, named))[2]


def test_several_accounts_leave_no_default(tmp_path):
    text = changed(
        ("account:\n  platform: x\n  handle: '@contoh_akun'\n  account_id: '1234'\n", ""),
        ("\nacts:\n", "\naccounts:\n- {id: b, platform: x}\n- {id: a, platform: x}\nacts:\n"),
    )
    assert "say which one: a, b" in only(make(tmp_path, text))[2]
    twice = text.replace("{id: a,", "{id: b,")
    assert "'b' stands twice" in only(make(tmp_path, twice))[2]


@pytest.mark.parametrize("accounts", ["accounts: x", "account: x", "accounts: [x]"])
def test_faulty_accounts_are_told_once(tmp_path, accounts):
    text = changed(
        ("account:\n  platform: x\n  handle: '@contoh_akun'\n  account_id: '1234'\n", accounts + "\n"),
        (FIRST_ACT, FIRST_ACT + "  account: a\n"),
    )
    assert only(make(tmp_path, text))[1].startswith("account")
    assert only(make(tmp_path, text.replace("  account: a\n", "")))[1].startswith("account")


@pytest.mark.parametrize("acts", ["acts:\n", "acts: []\n"])
def test_a_case_without_acts_is_none(tmp_path, acts):
    text = re.sub(r"(?s)acts:\n.*statement:", acts + "statement:", CASE)
    assert "at least one act" in only(make(tmp_path, text))[2]


@pytest.mark.parametrize("text", ["", "just words", "[]", "# nothing\n"])
def test_a_document_without_fields_is_one_fault(tmp_path, text):
    assert "holds no fields" in only(make(tmp_path, text))[2]


def test_a_reader_may_be_named_once_for_a_document(tmp_path):
    text = changed(
        ("{value: 2024-01-19T16:05+07:00, read_by: Pemeriksa 1}", "2024-01-19T16:05+07:00"),
        ("{value: seorang rekan, read_by: Pemeriksa 1}", "{value: seorang rekan, read_by: Pemeriksa 2}"),
        ("  facts:\n", "  facts:\n    read_by: Pemeriksa 1\n    recovered_at:\n"),
    )
    facts = read_case(make(tmp_path, text)).sources[1].facts
    assert [(fact.name, fact.read_by) for fact in facts] == [
        ("sim_replaced_at", "Pemeriksa 1"),
        ("device_of", "Pemeriksa 2"),
    ]
    assert "expected the fields" in only(make(tmp_path, re.sub(r"facts:\n.*\n.*\n", "facts: [a]\n", CASE)))[2]


# --- notes ------------------------------------------------------------------------------------------------------


def test_an_act_after_its_report_is_noted(tmp_path):
    case = read_case(make(tmp_path, changed(("reported_on: '2024-01-22'", "reported_on: 2024-01-20"))))
    assert case.notes == (
        Text(
            "perbuatan A2 bertanggal 21 Januari 2024, sesudah hari laporan (20 Januari 2024)",
            "act A2 is dated 21 January 2024, after the day of the report (20 January 2024)",
        ),
    )


def test_evidence_that_no_source_lists_counts_as_a_copy_and_is_noted(tmp_path):
    text = changed(
        (
            "  - evidence/screenshot.png",
            "  - evidence/screenshot.png\n  - ./evidence//extra.png\n  - evidence/extra.png",
        )
    )
    folder = make(tmp_path, text)
    (folder / "evidence" / "extra.png").touch()
    case = read_case(folder)
    added = case.source("evidence/extra.png")
    assert (added.kind, added.supplied_by, added.grade) == (None, None, Grade.E)
    assert case.acts[0].evidence == ("evidence/screenshot.png", "evidence/extra.png")
    [note] = case.notes
    assert note.en.startswith("evidence/extra.png: an act names it but no source lists it")


def test_files_that_nothing_lists_are_noted_and_not_taken(tmp_path):
    folder = make(tmp_path)
    for number in range(22):
        (folder / "evidence" / f"{number:02}.txt").touch()
    case = read_case(folder)
    assert len(case.sources) == 3
    assert case.notes[0].en == "evidence/00.txt: no source lists it; it was not looked at"
    assert len(case.notes) == 21
    assert case.notes[-1].en.startswith("2 more files")


def test_spaces_copied_with_a_handle_or_number_are_none_of_it(tmp_path):
    text = changed(("'@contoh_akun'", "' @contoh_akun '"), ("account_id: '1234'", "account_id: ' 1234\u00a0'"))
    [account] = read_case(make(tmp_path, text)).accounts
    assert (account.handle, account.account_id) == ("contoh_akun", "1234")


def test_what_can_be_no_account_of_x_is_a_fault_rather_than_another_account(tmp_path):
    text = changed(("'@contoh_akun'", "https://x.com/contoh_akun"), ("account_id: '1234'", "account_id: contoh_akun"))
    with pytest.raises(SeveralProblems) as caught:
        read_case(make(tmp_path, text))
    assert [problem.field for problem in caught.value.problems] == ["account.handle", "account.account_id"]


def test_a_file_keeps_the_narrow_space_that_its_maker_put_into_its_name(tmp_path):
    path = "evidence/Screenshot 9.35\u202fPM.png"
    folder = make(tmp_path, changed(("sources:\n", f"sources:\n- {{path: '{path}', kind: screenshot}}\n")))
    (folder / path).touch()
    assert read_case(folder).source(path) is not None


@pytest.mark.parametrize("path", [b"evidence/gambar\xff.png", b"known/tulisan\xff.jsonl"])
def test_a_name_that_is_no_text_is_told(tmp_path, path):
    folder = make(tmp_path)
    (folder / os.fsdecode(path)).touch()
    with pytest.raises(SeveralProblems, match=r"\\udcff.*: its name holds bytes that are not UTF-8"):
        read_case(folder)


def test_a_source_may_be_a_folder(tmp_path):
    text = changed(
        ("path: evidence/letter.txt", "path: export/"),
        ("  - evidence/screenshot.png", "  - evidence/screenshot.png\n  - export/data/tweets.js"),
    )
    folder = make(tmp_path, text)
    (folder / "evidence" / "letter.txt").unlink()
    (folder / "export" / "data").mkdir(parents=True)
    (folder / "export" / "data" / "tweets.js").touch()
    case = read_case(folder)
    assert case.notes == ()
    assert [source.path for source in case.sources][1] == "export"
    (folder / "export" / "more").symlink_to(tmp_path)
    assert "symbolic link" in only(folder)[2]


def test_a_source_that_does_not_say_who_supplied_it_is_noted(tmp_path):
    case = read_case(make(tmp_path, changed(("  supplied_by: reporter\n", ""))))
    assert [note.en for note in case.notes] == ["evidence/screenshot.png: the case does not say who supplied it"]


@pytest.mark.parametrize("name", ["Terlapor\u00a0Satu", "Terlapor \N{ARABIC LETTER ALEF}\u200c", "👩\u200d🏫"])
def test_names_may_hold_the_spaces_and_joiners_of_other_programs_and_scripts(tmp_path, name):
    assert read_case(make(tmp_path, changed(("Terlapor Satu", f'"{name}"')))).respondent.name == name


# --- paths ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/etc/passwd", "leads out of the case folder"),
        ("../case.yaml", "leads out of the case folder"),
        ("evidence/../../x", "leads out of the case folder"),
        ("", "names no file"),
        (".", "names no file"),
        ('"evidence/a\\0b"', "names no file"),
        ('"evidence/a\\u202eb"', "names no file"),
        ("evidence/screenshot.pgn", "did you mean 'evidence/screenshot.png'?"),
        ("evidence/screenshot.png/x", "there is no file"),
        ("evidence/" + "x" * 300, "cannot be looked at"),
        ("evidence/link.png", "'evidence/link.png' is a symbolic link"),
        ("linked/screenshot.png", "'linked' is a symbolic link"),
        ("evidence/pipe", "is a pipe or device"),
    ],
)
@pytest.mark.parametrize("where", ["act", "source"])
def test_a_path_stays_in_the_case_folder_and_names_a_file(tmp_path, path, words, where):
    folder = make(tmp_path / "case")
    if "link" in path:
        (folder / "linked").symlink_to(folder / "evidence")
        (folder / "evidence" / "link.png").symlink_to(folder / "evidence" / "screenshot.png")
        if path.startswith("linked"):
            (folder / "evidence" / "link.png").unlink()
    if "pipe" in path:
        os.mkfifo(folder / "evidence" / "pipe")
    written = path if path.startswith('"') else f"'{path}'"
    change = (
        ("  evidence:\n", f"  evidence:\n  - {written}\n")
        if where == "act"
        else ("sources:\n", f"sources:\n- path: {written}\n  kind: document\n  supplied_by: authority\n")
    )
    (folder / "case.yaml").write_text(changed(change))
    _, field, message = only(folder)
    assert field == ("acts[0].evidence[0]" if where == "act" else "sources[0].path")
    assert words in message


def test_a_long_folder_is_not_read_out_to_the_user(tmp_path):
    folder = make(tmp_path, changed(("  - evidence/screenshot.png", "  - evidence/lost.png")))
    for number in range(30):
        (folder / "evidence" / f"{number}.txt").touch()
    assert only(folder)[2] == "there is no file 'evidence/lost.png' in the case folder"


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "letter.txt")
    _, field, message = only(make(tmp_path))
    assert field == "sources[1].path"
    assert "may not be read" in message


@pytest.mark.parametrize(("kind", "words"), [("link", "symbolic link"), ("pipe", "pipe or device")])
def test_what_is_no_file_among_the_evidence_is_a_fault(tmp_path, kind, words):
    folder = make(tmp_path / "case")
    place = folder / "evidence" / "odd"
    place.symlink_to(tmp_path) if kind == "link" else os.mkfifo(place)
    with pytest.raises(SeveralProblems, match=words) as caught:
        read_case(folder)
    assert caught.value.problems[0].where == str(place)


def test_an_evidence_folder_that_is_a_link_is_a_fault(tmp_path):
    folder = make(tmp_path / "case")
    (folder / "known").rename(tmp_path / "elsewhere")
    (folder / "known").symlink_to(tmp_path / "elsewhere")
    faults = told(folder)
    assert all("symbolic link" in message for *_, message in faults)
    assert {field for _, field, _ in faults} == {"sources[2].path", None}


def test_a_folder_without_end_is_not_walked_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("telusur.dossier.case_folder._MOST_FILES", 3)
    folder = make(tmp_path)
    for number in range(9):
        (folder / "evidence" / f"{number}.txt").touch()
    assert len(read_case(folder).notes) == 3


# --- known writing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (b"{", None, "expected one line of JSON"),
        (b"[" * 100_000, None, "expected one line of JSON"),
        (b"null", None, "fill this in"),
        (b"[]", None, "expected the fields"),
        (b'"\xff"', None, "not UTF-8"),
        (b'{"text": "a", "register": "tweet"}', "register", "known are chat, letter, other, post"),
        (b'{"text": "a"}', "register", "fill this in"),
        (b'{"register": "post"}', "text", "fill this in"),
        (b'{"text": 7, "register": "post"}', "text", "expected text"),
        (b'{"text": "\\ud83d", "register": "post"}', "text", "half a character"),
        (b'{"at": "2024-01-20T09:35", "text": "a", "register": "post"}', "at", "has no zone"),
        (b'{"at": 7, "text": "a", "register": "post"}', "at", "expected a time"),
        (b'{"txt": "a", "text": "a", "register": "post"}', "txt", "did you mean 'text'?"),
    ],
)
def test_a_bad_line_of_known_writing_is_told_with_its_number(tmp_path, line, field, words):
    folder = make(tmp_path)
    path = folder / "known" / "posts.jsonl"
    path.write_bytes(path.read_bytes() + b"\n" + line + b"\n")
    number, told_field, message = only(folder)
    assert (number, told_field) == (4, field)
    assert words in message


def test_known_writing_without_end_of_faults_is_told_shortly(tmp_path):
    folder = make(tmp_path)
    (folder / "known" / "posts.jsonl").write_text("no\n" * 1000)
    faults = told(folder)
    assert len(faults) == 26
    assert "is this the right file?" in faults[-1][2]


def test_a_line_separator_within_a_text_ends_no_line(tmp_path):
    folder = make(tmp_path)
    (folder / "known" / "posts.jsonl").write_text('\ufeff{"text": "a\u2028b", "register": "chat"}\r\n', "utf-8")
    assert [known.text for known in read_case(folder).known] == ["a\u2028b"]


def test_known_writing_that_no_source_lists_is_taken_and_noted(tmp_path):
    text = CASE[: CASE.index("- path: known/posts.jsonl")]
    case = read_case(make(tmp_path, text))
    assert len(case.known) == 2
    assert case.sources[-1].kind == "known_writing"
    assert [note.en for note in case.notes] == [
        "known/posts.jsonl: taken as known writing, though no source says who supplied it"
    ]


def test_known_writing_may_be_a_folder_and_says_what_it_did_not_read(tmp_path):
    folder = make(tmp_path, changed(("path: known/posts.jsonl", "path: known")))
    (folder / "known" / "letter.pdf").touch()
    case = read_case(folder)
    assert len(case.known) == 2
    assert [note.en for note in case.notes] == [
        "known/letter.pdf: known writing is read from .jsonl files only; it was not compared"
    ]


def test_known_writing_that_is_too_large_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("telusur.dossier.known_writing.LARGEST", 10)
    assert "larger than 10 bytes" in only(make(tmp_path))[2]


# --- the file itself --------------------------------------------------------------------------------------------


def one_line(folder, words):
    with pytest.raises(BadInput, match=words) as caught:
        read_case(folder)
    assert not isinstance(caught.value, SeveralProblems)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_case_that_is_not_there_is_one_clear_line(tmp_path):
    assert one_line(tmp_path / "none", "no such folder").where == str(tmp_path / "none")
    (tmp_path / "file").touch()
    one_line(tmp_path / "file", "is no folder")
    one_line(tmp_path, "there is no such file; `telusur new`")
    one_line(Path("a\0b"), "no such folder|cannot be looked at")
    one_line(tmp_path / ("x" * 300), "no such folder|cannot be looked at")


def test_a_case_yaml_that_is_no_plain_file_is_one_clear_line(tmp_path):
    place = tmp_path / "case.yaml"
    place.mkdir()
    one_line(tmp_path, "is a folder")
    place.rmdir()
    os.mkfifo(place)
    one_line(tmp_path, "is a pipe or device")
    place.unlink()
    place.symlink_to(tmp_path / "nowhere")
    one_line(tmp_path, "is a symbolic link")


def test_a_case_yaml_that_may_not_be_read_is_one_clear_line(tmp_path, monkeypatch):
    folder = make(tmp_path)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    one_line(folder, r"cannot be opened \(Permission denied\)")


def test_bytes_that_are_no_text_are_one_clear_line(tmp_path):
    error = one_line(make(tmp_path, CASE.encode().replace(b"Terlapor", b"\xff\xfe")), "not UTF-8")
    assert error.line == line_of(CASE, "Terlapor")


def test_wrong_yaml_is_one_clear_line(tmp_path):
    assert (
        one_line(
            make(
                tmp_path,
                changed(("contest:", "contest: [")),
            ),
            "not YAML",
        ).line
        is not None
    )


def test_a_huge_case_yaml_is_refused(tmp_path):
    one_line(make(tmp_path, CASE + "#" * 1_000_000), "larger than 1,000,000 bytes")


# --- whatever comes ---------------------------------------------------------------------------------------------


def read_or_told(folder):
    try:
        case = read_case(folder)
    except BadInput:
        return
    assert isinstance(case, Case)


def spots(value, path=()):
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inside:
        yield from spots(child, (*path, key))


ODD = [
    None,
    True,
    7,
    -1.5,
    "",
    "x",
    "\0",
    "é" * 300,
    [],
    {},
    [None],
    {"x": 1},
    [[1]],
    "2024-01-20",
    "2024-01-20T09:35Z",
]


@given(
    st.sampled_from(list(spots(SOUND_YAML))[1:]),
    st.sampled_from(["drop", "rename", "retype", "double"]),
    st.sampled_from(ODD),
)
def test_any_corrupted_field_gives_a_case_or_its_faults(tmp_path_factory, spot, how, odd):
    text = yaml.safe_load(CASE)
    inside = text
    for step in spot[:-1]:
        inside = inside[step]
    key = spot[-1]
    if how == "drop":
        del inside[key]
    elif how == "retype":
        inside[key] = odd
    elif isinstance(inside, list):
        inside.append(inside[key])
    else:
        inside[f"{key}x"] = inside[key] if how == "double" else inside.pop(key)
    read_or_told(make(tmp_path_factory.mktemp("case"), yaml.safe_dump(text, allow_unicode=True)))


@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_any_corrupted_bytes_give_a_case_or_its_faults(tmp_path_factory, chance: random.Random, times):
    content = bytearray(CASE.encode())
    for _ in range(times):
        at = chance.randrange(len(content))
        if chance.random() < 0.5:
            content[at] = chance.choice(b"\x00\xff:-[]{}!&*'\"#\n\t ,|>%@`0a")
        else:
            del content[at : at + chance.randrange(1, 20)]
    read_or_told(make(tmp_path_factory.mktemp("case"), bytes(content)))


@given(st.binary(max_size=200))
def test_any_bytes_at_all_give_a_clear_error(tmp_path_factory, content):
    with pytest.raises(BadInput):
        read_case(make(tmp_path_factory.mktemp("case"), content))


@given(st.text(max_size=60))
def test_any_path_gives_a_case_or_a_fault(tmp_path_factory, path):
    text = yaml.safe_load(CASE)
    text["sources"][0]["path"] = path
    content = yaml.safe_dump(text, allow_unicode=True).encode("utf-8", "surrogatepass")
    read_or_told(make(tmp_path_factory.mktemp("case"), content))
