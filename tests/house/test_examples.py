"""The example cases are made of their seeds and of nothing else."""

import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from telusur import dossier
from telusur.domain.facts import Facts
from telusur.domain.marked_yaml import parse
from telusur.domain.moment import Moment
from telusur.domain.snowflake import snowflake_time
from telusur.tracing import bearing

ROOT = Path(__file__).parents[2]
NAMES = ("diambil-alih", "pemilik-sendiri", "tangkapan-layar")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, ROOT / "scripts/make_examples.py", folder], check=True, capture_output=True)
    return folder


def case(name):
    return parse((ROOT / "examples" / name / "case.yaml").read_text("utf-8"), "case.yaml").value


def archive(name, member):
    with zipfile.ZipFile(ROOT / "examples" / name / "evidence/arsip-x.zip") as zipped:
        return json.loads(zipped.read(f"data/{member}.js").decode().split("=", 1)[1])


def posts(name):
    return [record["tweet"] for record in archive(name, "tweets")]


def contested(name):
    url = case(name)["acts"][0]["url"].rpartition("/")[2]
    return next((post for post in posts(name) if post["id"] == url), None)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_bytes(name, made):
    kept, fresh = ROOT / "examples" / name, made / name
    files = sorted(path.relative_to(kept) for path in kept.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file())
    for file in files:
        assert (kept / file).read_bytes() == (fresh / file).read_bytes(), f"{name}/{file}: run `make examples`"


@pytest.mark.parametrize("name", NAMES)
def test_no_post_stands_twice_and_each_identifier_carries_its_time(name):
    assert len(posts(name)) >= 150
    assert len({post["full_text"] for post in posts(name)}) == len(posts(name))
    for post in posts(name):
        at = datetime.strptime(post["created_at"], "%a %b %d %H:%M:%S %z %Y")
        assert timedelta(0) <= snowflake_time(post["id"]) - at < timedelta(seconds=1)


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_counts_what_is_there(name):
    manifest = archive(name, "manifest")
    for kind in manifest["dataTypes"].values():
        for file in kind["files"]:
            member = file["fileName"].removeprefix("data/").removesuffix(".js")
            assert len(archive(name, member)) == int(file["count"])


@pytest.mark.parametrize("name", NAMES)
def test_every_address_is_one_that_nobody_has(name):
    for record in archive(name, "ip-audit"):
        assert record["ipAudit"]["loginIp"].startswith(("192.0.2.", "198.51.100.", "203.0.113."))


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_the_act_lie_in_the_vocabulary(name):
    act = case(name)["acts"][0]
    facts = {group: act[group] for group in ("contest", "actor", "act", "target") if group in act}
    assert Facts.read({"date": act["date"], **facts}).value("act.kind") == "post"
    assert Moment.parse(act["at"]).day.isoformat() == act["date"]


def test_the_taken_account_was_entered_before_the_act_and_its_address_changed():
    act = Moment.parse(case("diambil-alih")["acts"][0]["at"]).utc
    changes = [
        datetime.fromisoformat(record["emailAddressChange"]["emailChange"]["changedAt"])
        for record in archive("diambil-alih", "email-address-change")
    ]
    assert any(timedelta(0) < act - at < timedelta(days=3) for at in changes)
    assert contested("diambil-alih")["source"].endswith("Twitter for iPhone</a>")
    before = [p for p in posts("diambil-alih") if snowflake_time(p["id"]) < min(changes)]
    assert not any("iPhone" in post["source"] for post in before)
    assert len(before) >= 150


def test_the_owners_oddities_lie_months_before_the_act():
    act = Moment.parse(case("pemilik-sendiri")["acts"][0]["at"]).utc
    dates = [
        datetime.fromisoformat(record["deviceToken"]["createdAt"])
        for record in archive("pemilik-sendiri", "device-token")
    ]
    dates += [
        datetime.fromisoformat(record["connectedApplication"]["approvedAt"])
        for record in archive("pemilik-sendiri", "connected-application")
    ]
    assert all(act - at > timedelta(days=90) for at in dates)
    assert contested("pemilik-sendiri") is not None


def test_the_bare_screenshot_is_in_no_archive_and_its_identifier_belongs_to_another_time():
    act = case("tangkapan-layar")["acts"][0]
    assert contested("tangkapan-layar") is None
    assert act["text"] not in {post["full_text"] for post in posts("tangkapan-layar")}
    off = Moment.parse(act["at"]).utc - snowflake_time(act["url"].rpartition("/")[2])
    assert off > timedelta(days=30)
    known = (ROOT / "examples/tangkapan-layar/known/posts.jsonl").read_text("utf-8").splitlines()
    assert all(Moment.parse(json.loads(line)["at"]).at.tzinfo is UTC for line in known)
    assert {json.loads(line)["register"] for line in known} == {"post", "chat"}


@pytest.fixture(scope="module")
def tracings():
    answered = {name: dossier.assess(dossier.read_case(ROOT / "examples" / name), ()) for name in NAMES}
    return {name: assessment.acts[0].tracing.as_json("en") for name, assessment in answered.items()}


@pytest.mark.parametrize(
    ("name", "leading"),
    [("diambil-alih", "taken_over"), ("pemilik-sendiri", "owner"), ("tangkapan-layar", "fabricated")],
)
def test_each_example_leads_to_what_was_invented(name, leading, tracings):
    assert tracings[name]["combined"]["leading"] == leading


def test_no_interval_excludes_the_owner_of_an_own_act(tracings):
    bounds = tracings["pemilik-sendiri"]["combined"]["interval"]
    assert all(lower <= 0 for lower, _ in bounds.values())


def test_the_change_of_writer_is_found_where_it_was_made(tracings):
    change = datetime.fromisoformat(tracings["diambil-alih"]["takeover"]["change_at"])
    first = min(snowflake_time(p["id"]) for p in posts("diambil-alih") if "iPhone" in p["source"])
    assert abs(change - first) < timedelta(days=2)
    assert all(tracings[name]["takeover"]["change_at"] is None for name in NAMES[1:])


def test_together_they_show_every_kind_of_item(tracings):
    shown = {item["group"] for tracing in tracings.values() for item in tracing["items"]}
    assert shown == {row.group for row in bearing.table().rows.values()}
    assert all(tracing["abstained"] is not None for tracing in tracings.values())
