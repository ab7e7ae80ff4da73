"""The words and chances of the self-check fit the vocabulary and each other."""

import pytest

from law.selfcheck.asking import DAYS
from telusur import law
from telusur.domain.errors import SeveralProblems
from telusur.domain.facts import Facts
from telusur.domain.vocabulary import FIELDS
from telusur.law.conditions import values_of
from telusur.law.selfcheck import forms as data
from telusur.law.selfcheck.state import GIVEN

BOTH = pytest.mark.parametrize("agency", [False, True], ids=["person", "office"])


def test_a_person_can_ask_about_every_kind_of_act():
    asked = {option.facts["act.kind"] for option in data.forms(agency=False).topic("act").options}
    assert asked == set(FIELDS["act.kind"].values)


def test_an_office_can_ask_about_circulars_invitations_its_account_and_aid():
    options = {option.id: option.facts["act.kind"] for option in data.forms(agency=True).topic("act").options}
    assert options["circular"] == options["aid"] == "policy"
    assert options["invite"] == "mobilise"
    assert options["office_post"] == "post"


@BOTH
def test_every_value_of_a_fact_that_is_asked_for_can_be_chosen(agency):
    for topic in data.forms(agency=agency).topics:
        if topic.id in ("act", "contest", "region"):
            continue
        for fact in topic.facts:
            offered = {option.facts[fact] for option in topic.options if fact in option.facts}
            offered |= {topic.unticked[fact]} if fact in topic.unticked else set()
            wanted = set(values_of(fact)) - ({"private_citizen"} if agency and fact == "actor.status" else set())
            assert offered == wanted, fact


@BOTH
def test_the_prior_speaks_of_every_option_and_of_no_other(agency):
    forms = data.forms(agency=agency)
    options = {topic.id: {option.id for option in topic.options} for topic in forms.topics}
    assert set(forms.prior.acts) == options["act"]
    assert sum(forms.prior.acts.values()) == pytest.approx(1)
    for topic in forms.topics:
        for act in (None, *forms.prior.acts):
            chances = forms.prior.of(topic.id, act)
            if topic.form == "one" and topic.id != "act":
                assert set(chances) == options[topic.id]
                assert sum(chances.values()) == pytest.approx(1)
            elif topic.form == "several":
                assert set(chances) == options[topic.id]
                assert all(0 <= chance <= 1 for chance in chances.values())
    assert set(forms.prior._of_act) <= options["act"]


@BOTH
def test_an_option_has_its_own_name_and_words(agency):
    for topic in data.forms(agency=agency).topics:
        assert len({option.id for option in topic.options}) == len(topic.options)
        for language in ("id", "en"):
            words = {option.words.in_language(language) for option in topic.options}
            assert len(words) == len(topic.options)


def test_every_value_that_can_change_an_answer_has_words_after_if():
    asked = {fact for topic in data.forms(agency=False).topics for fact in topic.facts}
    asked -= {"act.kind", "actor.status", "contest.kind", "contest.round", "contest.region"}
    assert set(data.phrases()) == {(fact, value) for fact in asked for value in values_of(fact)}


@pytest.mark.parametrize("one", data.alternatives(), ids=lambda one: one.id)
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("status", ["pns", "pppk", "ppnpn"])
def test_what_is_offered_instead_meets_no_rule(one, day, status):
    stated = {
        "date": day,
        **GIVEN,
        "actor.status": status,
        "contest.kind": "none" if day.year > 2024 else "governor",
        "act.kind": one.acts[0] if one.acts else "like",
        "target.kind": "contestant",
    }
    found = law.determine(Facts.read(stated | one.facts))
    assert (found.outcome, found.contested) == ("meets_no_rule", False)


def test_a_file_that_is_wrong_says_where(monkeypatch):
    class Folder:
        def joinpath(self, _):
            return self

        def read_text(self, _):
            return "schema: telusur.selfcheck_prior/1\nperson: {}\n"

    monkeypatch.setattr(data.resources, "files", lambda _: Folder())
    with pytest.raises(SeveralProblems, match=r"selfcheck/prior.yaml:2"):
        data._read("prior.yaml", data._PriorFile)
