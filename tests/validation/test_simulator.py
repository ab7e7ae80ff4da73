"""Simulated accounts: made alike by the same seed, honest about what can be had, and the same through real formats."""

import importlib
import importlib.util
import itertools
import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from telusur import dossier
from telusur.domain.evidence import Grade
from telusur.domain.proposition import Proposition
from telusur.tracing import weigh
from telusur.validation.simulator import HELD, account, draw, evidence, mix_hash, obtainable, question, world
from telusur.validation.simulator import mix as mix_module
from telusur.validation.simulator.folders import write_case
from telusur.validation.simulator.regimes import REGIMES, held_in
from telusur.validation.simulator.texts import InventedTexts, WrittenTexts

MIX = yaml.safe_load((Path(mix_module.__file__).parent / "mix.yaml").read_text("utf-8"))
SCRIPTS = Path(__file__).parents[2] / "scripts"


def worlds(truth, number=3):
    """Give accounts of one truth, one after the other."""
    return (world(draw(number), seed, truth) for seed in itertools.count())


def first(truth, *, platform=None, variant=None):
    return next(made for made in worlds(truth) if platform in {None, made.platform} and variant in {None, made.variant})


def items_of(tracing):
    return {
        (item.code, item.grade, tuple(sorted((p.value, round(w.log10_lr, 6)) for p, w in item.weights.items())))
        for item in tracing.items
    }


def test_every_parameter_is_a_range_with_a_source_and_draws_lie_in_it():
    for name, entry in MIX["parameters"].items():
        low, high = entry["range"]
        assert low < high, name
        assert entry["source"], name
        assert all(low <= draw(seed)[name] <= high for seed in range(30)), name


def test_no_parameter_is_lacking_or_idle():
    used = "".join(path.read_text("utf-8") for path in Path(mix_module.__file__).parent.glob("*.py"))
    assert {name for name in MIX["parameters"] if f'"{name}"' not in used} == set()


def test_the_same_seed_gives_the_same_account_and_another_draw_another():
    made, again, other = world(draw(1), 5), world(draw(1), 5), world(draw(2), 5)
    assert made == again
    assert made != other
    assert re.fullmatch("[0-9a-f]{64}", mix_hash())


def test_propositions_come_equally_often():
    made = [world(draw(seed % 4), seed) for seed in range(36)]
    assert {sum(one.truth is truth for one in made) for truth in Proposition} == {6}


@pytest.mark.parametrize("truth", Proposition)
def test_every_variant_comes_on_platforms_that_it_can_be_on(truth):
    random = np.random.default_rng(1)
    found = [mix_module.choose(random, truth) for _ in range(400)]
    variants = MIX["variants"][truth.value]
    assert {variant for variant, _ in found} == set(variants)
    assert all(platform in variants[variant].get("platforms", MIX["platforms"]) for variant, platform in found)


def test_nobody_is_named_but_by_a_role():
    for seed in range(24):
        for device in world(draw(1), seed).devices:
            assert device.holder in {
                "Pemilik Akun",
                "Anggota Keluarga",
                "Rekan Kantor",
                "Admin Kedua",
                "Admin Ketiga",
                "",
            }


def test_addresses_are_of_documentation_or_shared_ranges():
    for seed in range(12):
        assert all(row.ip.startswith(("198.18.", "198.19.", "100.")) for row in world(draw(1), seed).rows)


def test_who_is_locked_out_can_export_nothing():
    made = first(Proposition.TAKEN_OVER, variant="locked_out")
    asked = question(made, HELD)
    assert not {"export", "export_before_officer"} & obtainable(made)
    assert "platform_export" not in {record.kind for record in asked.records}


def test_an_account_of_a_chat_has_letters_and_reports_alone():
    made = first(Proposition.OWNER, platform="whatsapp")
    assert obtainable(made) == {"operator_letter", "police_report"}


def test_the_provider_tells_what_an_edited_export_hides():
    made = next(
        one
        for one in worlds(Proposition.OWNER)
        if one.edited == "removed" and one.platform == "facebook" and one.rows
        and any(r.device is one.acting and abs((r.at - one.act_at).total_seconds()) < 3_600 for r in one.rows)
    )  # fmt: skip
    edited, whole = (question(made, held).records[0] for held in (("export",), ("export_before_officer",)))
    assert len(edited.events) < len(whole.events)
    assert (edited.grade, whole.grade) == (Grade.C, Grade.B)


def test_words_go_to_the_last_posts_where_there_are_too_few():
    made = first(Proposition.OWNER, platform="x")
    texts = WrittenTexts([["satu", "dua", "tiga"], ["lain"]])
    account.fill(made, texts)
    own = [post.text for post in made.posts if post.person == "owner" and not post.contested]
    words = texts.owner(made.seed, 1_000)
    assert own[-len(words) :] == words
    assert set(own[: -len(words)]) == {None}


def test_whoever_else_writes_is_another_writer():
    accounts = [[f"{who} {n}" for n in range(20)] for who in range(5)]
    alike = np.array([[(who + 1) % 5] for who in range(5)])
    for texts in (WrittenTexts(accounts), WrittenTexts(accounts, alike)):
        for seed in range(40):
            owner, other = texts.owner(seed, 7), texts.other(seed, 7)
            assert len(owner) == len(other) == 7
            assert owner[0].split()[0] != other[0].split()[0]


def test_invented_writers_write_the_same_again():
    texts = InventedTexts()
    assert texts.owner(3, 5) == texts.owner(3, 5) != texts.other(3, 5)


@pytest.mark.parametrize("regime", REGIMES)
def test_a_regime_holds_its_evidence_and_a_chat_only_letters(regime):
    random = np.random.default_rng(1)
    assert set(held_in(regime, random, "x")) <= set(HELD)
    assert set(held_in(regime, random, "whatsapp")) <= {"operator_letter", "police_report"}


def through_a_folder(made, held, folder, name):
    """Give what the fast path weighs, and what the real readers do."""
    asked = question(made, held, InventedTexts())
    case = dossier.read_case(write_case(asked, folder / name, case=name))
    return weigh(asked), dossier.trace(case, case.acts[0], dossier.read_records(case))


ALL = tuple(held for held in HELD if held != "export_before_officer")
ROUND = [
    (Proposition.TAKEN_OVER, "x", "phished", ALL),
    (Proposition.OWNER, "facebook", "staged_edit", ALL),
    (Proposition.TAKEN_OVER, "instagram", "phished", (*ALL, "export_before_officer")),
    (Proposition.TAKEN_OVER, "whatsapp", "sim_swap", ALL),
    (Proposition.IMPERSONATION, "x", "lookalike_handle", ALL),
]


@pytest.mark.parametrize(("truth", "platform", "variant", "held"), ROUND)
def test_real_formats_and_readers_give_the_same_items(tmp_path, truth, platform, variant, held):
    fast, read = through_a_folder(first(truth, platform=platform, variant=variant), held, tmp_path, "S01")
    assert items_of(read) == items_of(fast)
    assert fast.items


@pytest.mark.long
def test_real_formats_and_readers_give_the_same_items_of_many_accounts(tmp_path):
    random = np.random.default_rng(7)
    for seed in range(240):
        made = world(draw(2_000 + seed % 12), seed)
        held = held_in(REGIMES[seed % len(REGIMES)], random, made.platform)
        fast, read = through_a_folder(made, held, tmp_path, f"S{seed}")
        assert items_of(read) == items_of(fast), (seed, made.truth, made.variant, made.platform, held)


def script(name):
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_case_folders_can_be_written_for_people(tmp_path, capsys):
    simulate = script("simulate")
    assert simulate.main(["--n", "2", "--seed", "4", "--out", str(tmp_path / "s")]) == 0
    assert {path.name for path in (tmp_path / "s").iterdir()} == {"S01", "S02", "truth.yaml"}
    for name in ("S01", "S02"):
        assert dossier.read_case(tmp_path / "s" / name).acts
    assert simulate.main(["--out", str(tmp_path / "s")]) == 2
    assert "is not empty" in capsys.readouterr().err


def test_a_simulated_case_holds_nothing_but_invented_words(tmp_path):
    made = first(Proposition.TAKEN_OVER, platform="x")
    folder = write_case(question(made, ALL, InventedTexts()), tmp_path / "s", case="S01")
    known = (folder / "known" / "posts.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["register"] for line in known} == {"post"}
    assert evidence.CONTESTED_TEXT in (folder / "case.yaml").read_text("utf-8")
