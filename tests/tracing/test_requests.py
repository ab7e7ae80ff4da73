"""What is asked for next."""

from dataclasses import replace

from records import ACCOUNT, act, record
from telusur.domain.account import PLATFORMS
from telusur.domain.document import Document, Fact
from telusur.domain.evidence import Grade
from telusur.tracing import requests
from telusur.tracing.combined import combine
from telusur.tracing.question import Question

STATES = {
    "no_record",
    "record_by_owner",
    "post_absent",
    "only_screenshot",
    "not_told_apart",
    "style_abstained",
    "takeover_claimed",
    "shared_account",
}

BROUGHT = {"export_before_officer", "provider", "emails", "operator_letter", "capture", "minutes", "known"}


def lacking(question, *, has_record, items=(), abstained=()):
    return requests.states(question, items, abstained, combine(items), has_record=has_record)


def asked(question, *names):
    return [n.ask_for.en for n in requests.next_evidence(question, frozenset(names))]


def test_every_request_is_triggered_by_a_state_that_exists_and_names_platforms_that_exist():
    for entry in requests._requests():
        assert set(entry["needed_when"]) <= STATES
        assert set(entry["platforms"]) <= set(PLATFORMS)
        assert entry["brings"] is None or entry["brings"] in BROUGHT


def test_without_a_record_the_archive_and_the_provider_are_asked_for():
    names = asked(Question(act()), *lacking(Question(act()), has_record=False))
    assert any("archive" in name for name in names)
    assert any("provider" in name for name in names)


def test_a_record_from_its_owner_is_to_be_fetched_again_before_an_officer():
    question = Question(act(), (record(),))
    assert "record_by_owner" in lacking(question, has_record=True)
    provided = Question(act(), (record(grade=Grade.A),))
    assert "record_by_owner" not in lacking(provided, has_record=True)


def test_a_claimed_takeover_asks_for_security_mail():
    question = Question(act(), (record(),), claims=("taken_over",))
    assert any("e-mails" in name for name in asked(question, *lacking(question, has_record=True)))


def test_what_is_asked_for_fits_the_platform():
    question = Question(act(account=replace(ACCOUNT, platform="whatsapp")))
    assert asked(question, "no_record") == ["The operator's letter on SIM replacements and who holds the number"]


def test_nothing_is_asked_for_an_act_without_an_account():
    assert asked(Question(act(account=None)), *STATES) == []


def test_nothing_is_asked_for_when_nothing_is_lacking():
    assert asked(Question(act())) == []


def test_what_is_held_already_is_not_asked_for_again():
    mail = Document("surel.eml", "security_email", Grade.D, facts=[Fact("email_changed_at", None, "…")])
    held = Question(act(), (record(),), claims=("taken_over",), documents=(mail,))
    assert not any("e-mails" in name for name in asked(held, *lacking(held, has_record=True)))


def test_what_a_forged_mail_would_bring_is_still_asked_for():
    forged = Document(
        "surel.eml", "security_email", Grade.D, authenticity="contradicted", facts=[Fact("email_changed_at", None, "…")]
    )
    held = Question(act(), (record(),), claims=("taken_over",), documents=(forged,))
    assert any("e-mails" in name for name in asked(held, *lacking(held, has_record=True)))


def test_the_record_that_is_expected_to_tell_most_comes_first():
    question = Question(act(), (record(),))
    found = requests.next_evidence(question, frozenset(STATES))
    gains = [n.expected_gain_bans for n in found]
    known = [gain for gain in gains if gain is not None]
    assert known == sorted(known, reverse=True)
    assert gains[len(known) :] == [None] * (len(gains) - len(known))


def test_a_shared_account_asks_who_holds_which_device():
    question = Question(act(), (record(),), claims=("office_account",))
    assert any("Minutes" in name for name in asked(question, *lacking(question, has_record=True)))
