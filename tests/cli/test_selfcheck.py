"""What ``telusur selfcheck`` promises."""

import io
import json
import os
import pty
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from telusur import law
from telusur.cli import selfcheck as command
from telusur.cli.main import run

LIKE = ["act.kind=like", "contest.kind: president", "actor.status=pns", "target.kind=contestant"]
PROGRAM = "import sys; from telusur.cli.main import main; sys.argv[0] = 'telusur'; main()"


@pytest.fixture
def check(monkeypatch, capsys):
    def go(lines, *options, code=0, day="2024-01-15", lang="en"):
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n" if lines else ""))
        assert run(["selfcheck", "--date", day, "--lang", lang, *options]) == code
        return capsys.readouterr()

    return go


def test_answers_on_stdin_lines_lead_to_the_result(check):
    said = check([*LIKE, "1", "1"]).out
    assert said.startswith("Do not do it. What is described meets SKB-2022/D6")
    assert "as reported" in said
    assert "Safe if: it is neutral information" in said
    assert "What can be done instead" in said


def test_it_speaks_indonesian_first(check):
    said = check([*LIKE, "1", "1"], lang="id").out
    assert said.startswith("Jangan lakukan.")
    assert "Yang dapat dilakukan" in said


def test_answers_from_a_file_are_taken_alike(check, tmp_path):
    path = tmp_path / "jawaban.txt"
    path.write_text("# a remark\n\n" + "\n".join([*LIKE, "1", "1"]), "utf-8")
    assert check([], "--answers", str(path)).out == check([*LIKE, "1", "1"]).out
    assert check([*LIKE, "1", "1"], "--answers", "-").out == check([*LIKE, "1", "1"]).out


def test_numbers_first_letters_and_names_mean_the_same(check):
    by_number = check(["1", "contest.kind=president", "act.leaning=supports"], "--json").out
    by_letters = check(["like a", "contest.kind=president", "act.leaning=supports"], "--json").out
    by_name = check(["like", "contest.kind=president", "act.leaning=supports"], "--json").out
    assert by_number == by_letters == by_name


def test_letters_that_fit_several_options_are_told_with_them(check):
    said = check(["post"], code=0, lang="en").out
    assert said, "a name of an option stands for itself"
    error = check(["p"], code=2).err
    assert error.count("\n") == 1
    assert "standard input:1" in error
    assert "write more letters" in error


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["zzz"], "standard input:1: 'zzz' fits no option"),
        (["1", "99"], "standard input:2: there is no option 99"),
        (["act.knd=like"], "standard input:1: act.knd: there is no such fact; did you mean 'act.kind'?"),
        (["act.kind=liek"], "did you mean 'like'?"),
        (["attribution.account_control=owner"], "this fact is given"),
    ],
)
def test_a_wrong_answer_names_its_line(check, lines, words):
    said = check(lines, code=2)
    assert words in said.err
    assert "Traceback" not in said.err


def test_a_contest_without_calendar_names_the_line_and_those_that_exist(check):
    said = check(["act.kind=like", "contest.kind=president"], code=2, day="2026-11-22")
    assert "standard input:2" in said.err
    assert "calendars exist for" in said.err


def test_the_document_holds_the_next_question_and_why(check):
    document = json.loads(check(["like"], "--json").out)
    assert document["schema"] == "telusur.selfcheck/1"
    assert document["result"] is None
    assert document["question"]["asked_because"]["rules"]
    assert {"id", "en"} == set(document["question"]["ask"])


def test_the_document_holds_the_result_and_the_determination(check):
    document = json.loads(check([*LIKE, "1", "1"], "--json").out)
    assert document["question"] is None
    assert document["result"]["advice"] == "do_not"
    facts = law.selfcheck.State
    assert facts
    assert document["result"]["determination"]["schema"] == "telusur.determination/1"


def test_when_the_answers_end_the_next_question_is_shown(check):
    said = check(["like"])
    assert "[?] don't know" in said.out
    assert "asked because" in said.out
    assert "the answers in standard input ended here" in said.err


def test_not_knowing_is_an_answer(check):
    said = check(["act.kind=like", "contest.kind=president", "actor.status=pns", "target.kind=?", "1", "1"]).out
    assert said.startswith("There is no answer while this is unknown: whom the act concerns")
    assert "Not safe if: it concerns" in said


def test_a_question_mark_answers_the_question_that_is_asked(check):
    assert json.loads(check(["?"], "--json").out)["result"]["advice"] == "unknown"


def test_back_takes_an_answer_away(check):
    there = json.loads(check(["like", "b", "post"], "--json").out)
    assert there["facts"]["act"]["kind"] == "post"


def test_quit_ends_without_an_answer(check):
    said = check(["like", "q", "1"])
    assert said.out == ""


def test_an_office_asks_for_itself(check):
    document = json.loads(check(["aid", "1"], "--json", "--agency").out)
    assert document["agency"] is True
    assert document["facts"]["act"]["kind"] == "policy"
    assert document["facts"]["act"]["state_facility"] is True


@pytest.mark.parametrize("act", ["circular", "aid", "invite", "office_post"])
def test_what_an_office_does_for_one_side_in_the_campaign_meets_a_rule(check, act):
    facts = ["contest.kind=governor", "target.kind=contestant", "act.leaning=supports", "actor.status=pns"]
    rest = ["act.official_duty=false", "act.appeal=false", "act.symbol=false", "act.active_support=false"]
    document = json.loads(check([act, *facts, *rest], "--json", "--agency", day="2024-10-15").out)
    assert document["result"]["advice"] == "do_not"


def test_several_are_given_with_commas(check):
    photo = ["act.kind=photo_post", "contest.kind=president", "target.kind=contestant", "act.public=ya"]
    photo += ["act.leaning=neutral_information"]
    document = json.loads(check([*photo, "act.attribute=none", "1,2"], "--json").out)
    ticked = {name for name, value in document["facts"]["act"].items() if value is True}
    assert "symbol" in ticked
    none = json.loads(check([*photo, "0"], "--json").out)
    assert none["result"]["advice"] == "safe_if"


def test_today_is_the_day_unless_told(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run(["selfcheck", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"]["date"] == command._today().isoformat()


def test_a_file_that_is_not_text_is_refused(check, tmp_path):
    path = tmp_path / "jawaban.txt"
    path.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in check([], "--answers", str(path), code=2).err
    assert check([], "--answers", str(tmp_path / "tiada.txt"), code=2).err


def test_a_person_at_a_terminal_is_asked_and_may_slip():
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "selfcheck", "--date", "2024-01-15", "--lang", "en"],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        os.close(follower)
        os.write(leader, b"zzz\n23\n")
        said, complained = process.communicate(timeout=60)
        os.close(leader)
    assert process.returncode == 0
    assert complained == ""
    assert "Your answers are not stored, logged or sent." in said
    assert "1. What do you intend to do?" in said
    assert "'zzz' fits no option" in said
    assert "Safe if it is that and nothing more" in said


def test_nothing_is_stored_logged_or_sent(tmp_path):
    """Watch all that the interpreter opens for writing, makes, moves, sets, starts or connects to."""
    (tmp_path / "home").mkdir()
    watch = textwrap.dedent(
        """
        import os, sys
        sys.dont_write_bytecode = True
        from telusur.cli.main import run
        seen, before = [], dict(os.environ)
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
        def hook(event, args):
            if event == "open":
                path, mode, flags = args
                if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & writes:
                    seen.append((event, str(path)))
            elif event.split(".")[0] in ("socket", "subprocess", "sqlite3", "syslog", "shutil", "tempfile"):
                seen.append((event,))
            elif event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate",
                           "os.setxattr", "os.system", "os.fork", "os.posix_spawn", "os.exec"):
                seen.append((event, str(args)))
            # pydantic sets a variable of its own for a moment and takes it back.
            elif event == "os.putenv" and not args[0].startswith(b"PYDANTIC_"):
                seen.append((event, str(args)))
        sys.addaudithook(hook)
        code = run(["selfcheck", "--date", "2024-01-15"] + sys.argv[1:])
        if "readline" in sys.modules:
            seen.append(("readline",))
        if dict(os.environ) != before:
            seen.append(("environment",))
        print(code, seen, file=sys.stderr)
        """
    )
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "home")}
    for options in ([], ["--agency"], ["--json"]):
        done = subprocess.run(
            [sys.executable, "-c", watch, *options],
            cwd=tmp_path / "home",
            env=environment,
            input="1\n1\n?\n1\n1\n1\n1\n1\n",
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout
        assert done.stderr.splitlines()[-1] == "0 []"
    assert list((tmp_path / "home").iterdir()) == []


def test_a_source_without_an_end_is_no_answer(monkeypatch, capsys):
    with Path("/dev/zero").open(encoding="utf-8") as zeros:
        monkeypatch.setattr("sys.stdin", zeros)
        assert run(["selfcheck", "--date", "2024-01-20"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "standard input:1: " in line
    assert len(line) < 1000


@pytest.mark.parametrize("day", ["2023-02-29", "20240120", "", "besok"])
def test_a_day_that_is_none_names_its_option(day, capsys):
    assert run(["selfcheck", "--date", day]) == 2
    assert capsys.readouterr().err.startswith("telusur: --date: ")
