"""Contested posts of a validation: a run by somebody else, as the tracing of an act weighs it."""

import numpy as np
import pytest

from telusur.dossier.render import Table
from telusur.dossier.render.speech import Speech
from telusur.tracing import changepoint
from telusur.tracing.style import load
from telusur.validation.acts import ACTS, RUN, Act, answers, compare_acts
from telusur.validation.intervals import drawn
from telusur.validation.numbers import as_json, outcomes
from telusur.validation.protocol import Setting
from telusur.validation.report import settings
from telusur.validation.report.saying import name_of
from telusur.validation.study import TIMELINE, Compared
from telusur.validation.weighing import Weighed, Workers
from validation.tables import invented, model_file


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return model_file(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def table():
    return invented(11, 200)


@pytest.fixture(scope="module")
def near(table):
    return np.array([[(one + 1) % table.n_accounts] for one in range(table.n_accounts)])


class Looking(Workers):
    """Workers that show what they are asked."""

    def __init__(self, model):
        super().__init__(model, None)
        self.acts = []

    def map(self, work, tasks, limit=8):
        kept = list(tasks)
        self.acts += [act for task in kept for act in task]
        return super().map(work, kept, limit)


@pytest.fixture(scope="module")
def tried(table, near, model):
    workers = Looking(model)
    return compare_acts(table, near, workers, 3, lambda _what, _share: None), workers.acts


def test_both_items_are_tried_against_both_kinds_of_stranger(tried, table):
    compared, _ = tried
    assert [one.setting.key for one in compared] == ["stretch-random", "stretch-alike", "hours-random", "hours-alike"]
    for one in compared:
        assert one.same.sum() == table.n_accounts
        assert (~one.same).sum() == table.n_accounts


def test_a_stranger_writes_a_run_that_holds_the_contested_post_and_the_owner_all_else(tried, table):
    compared, acts = tried
    written = {}
    for account in range(table.n_accounts):
        for row in table.rows(account):
            written.setdefault(table.texts[row], set()).add(account)
    for number, act in enumerate(acts):
        assert len(act.texts) == len(act.times) == TIMELINE
        assert (np.diff(act.times) > 0).all()
        owner = number // 3
        strange = [at for at, text in enumerate(act.texts) if owner not in written[text]]
        if number % 3 == 0:
            assert strange == []
            continue
        assert act.place in strange
        assert RUN[0] <= len(strange) <= RUN[1]
        assert strange == list(range(strange[0], strange[-1] + 1))
        assert strange[0] >= 120 + changepoint.REACH
    assert compared[1].writer.tolist()[1::2] == [(one + 1) % table.n_accounts for one in range(table.n_accounts)]


def test_hours_and_weekdays_stay(tried, table):
    _, acts = tried
    week = 7 * 86_400_000_000
    for number, act in enumerate(acts):
        own = table.times[table.rows(number // 3, 0, TIMELINE)]
        if number % 3 == 0:
            assert act.times.tolist() == own.tolist()
        assert set((act.times % week).tolist()) <= set((table.times % week).tolist())


def test_what_supports_another_person_speaks_against_the_owner(tried):
    stretch, _, _, _ = tried[0]
    assert stretch.weighed.speaks.any()
    assert stretch.weighed.bans[stretch.same].mean() > stretch.weighed.bans[~stretch.same].mean()


def test_an_item_that_does_not_speak_weighs_nothing(model):
    bare = Act(["🙂"] * TIMELINE, np.zeros(TIMELINE, np.int64), 150)
    (told,) = answers([bare], load(model))
    assert [(one.bans, one.speaks) for one in told] == [(0.0, False)] * len(ACTS)


def test_no_account_that_is_long_enough_gives_no_comparison(model):
    short = invented(3, 140)
    for one in compare_acts(short, np.array([[1], [2], [0]]), Workers(model, None), 3, lambda *_: None):
        assert one.claimed.size == 0


def test_they_are_reported_as_settings_of_their_own_without_a_baseline_of_windows():
    claimed = np.repeat(np.arange(40), 2)
    writer = np.where(np.arange(80) % 2, (claimed + 1) % 40, claimed)
    bans = np.random.default_rng(5).normal(np.where(claimed == writer, 0.5, -0.5), 1.0)
    weighed = Weighed(bans, bans, np.full(80, 60), np.ones(80, bool), np.zeros(80))
    (found,) = outcomes([Compared(Setting(0, "alike", tried="stretch"), claimed, writer, weighed)], drawn(40, 3, 20))
    told = as_json(found)
    assert (told["setting"], told["tried"], told["window_posts"]) == ("stretch-alike", "stretch", None)
    assert set(told["systems"]) == {"telusur", "uncapped"}
    say = Speech("id", "telusur.validation.report")
    assert name_of(found.setting, say) == "gaya rentetan di sekitar perbuatan, orang yang mirip"
    pages = [*settings.blocks([found], 20, say), *settings.beside([found], say)]
    cells = [row[0][0][0].text for block in pages if isinstance(block, Table) for row in block.rows]
    # Cost, errors, campaigns; then with caps and without, and no plain baseline.
    assert len(cells) == 5
