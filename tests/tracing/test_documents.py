"""What e-mails, letters and minutes weigh."""

from dataclasses import replace
from datetime import date

from records import ACT_AT, act, ago
from telusur.domain.document import Document, Fact
from telusur.domain.evidence import Grade
from telusur.domain.text import Text
from telusur.tracing import Question, documents
from telusur.tracing.bearing import table
from telusur.tracing.item import Item
from telusur.tracing.sessions.acting import ActingDevice
from telusur.tracing.sessions.values import Device

PERSON = "Pemilik Akun"


def document(*facts, authenticity="shown", kind="security_email", why=()):
    return Document("evidence/surat", kind, Grade.D, ago(days=1), authenticity, why, facts)


def fact(name, at=None, **fields):
    return Fact(name, at, "…", **fields)


def weighed(*given, acting=None, on_record=False, **changes):
    question = Question(act(), documents=given, respondent=PERSON, reported_on=date(2024, 1, 21), **changes)
    return list(documents.weigh(question, acting, table(), on_record=on_record))


def codes(*given, **options):
    return [a.code for a in weighed(*given, **options) if isinstance(a, Item)]


def reasons(*given, **options):
    return " | ".join(a.reason.en for a in weighed(*given, **options) if not isinstance(a, Item))


def test_a_platform_s_mails_tell_of_devices_and_credentials_where_no_record_does():
    new = document(fact("login_new_device_at", ago(hours=30), device="Contoh C2"))
    changed = document(fact("email_changed_at", ago(hours=29)))
    assert codes(new, changed) == ["document.login_new_device", "document.credential_changed_before"]
    assert codes(new, changed, on_record=True) == []


def test_a_mail_of_last_month_says_nothing_of_the_act():
    assert codes(document(fact("login_new_device_at", ago(days=30)))) == []


def test_a_forged_mail_weighs_nothing_and_is_named():
    forged = document(
        fact("password_changed_at", ago(hours=3)), authenticity="contradicted", why=(Text("lain", "another domain"),)
    )
    assert codes(forged) == []
    assert "another domain" in reasons(forged)


def test_no_change_in_ninety_days_counts_only_where_the_stretch_covers_the_act():
    covering = fact("no_credential_change_since", ago(days=80), until=ago(days=-9))
    short = replace(covering, until=ago(days=2))
    assert codes(document(covering)) == ["document.credential_unchanged"]
    assert codes(document(short)) == []


def test_a_card_replaced_without_an_identity_card_before_the_act_is_told_from_one_replaced_with_it():
    def letter(identified):
        return document(fact("sim_replaced_at", ago(hours=4), identified=identified), kind="operator_letter")

    assert codes(letter(False)) == ["document.sim_replaced_unidentified"]
    assert codes(letter(True)) == ["document.sim_replaced_identified"]
    assert codes(letter(None)) == ["document.sim_replaced"]


def test_a_card_that_was_given_back_before_the_act_was_the_owner_s_again():
    letter = document(fact("sim_replaced_at", ago(days=9)), fact("sim_returned_at", ago(days=5)))
    assert codes(letter) == []


def test_a_card_replaced_after_the_act_weighs_nothing():
    letter = document(fact("sim_replaced_at", ago(days=-2)))
    assert codes(letter) == []
    assert "only after the act" in reasons(letter)


def test_a_number_given_to_somebody_else_before_the_act_is_weighed():
    assert codes(document(fact("number_reassigned_at", ago(days=100)))) == ["document.number_reassigned"]


def test_a_complaint_counts_only_before_the_report():
    early, late = fact("recovery_requested_at", ago(hours=-5)), fact("reported_lost_at", ago(days=-5))
    assert codes(document(early)) == ["document.complaint_before_report"]
    assert codes(document(late)) == []
    assert "after the report" in reasons(document(late))


def device(name):
    return Device("k", name, (), (), ago(days=90), ACT_AT, (), (), stated=True, grade=Grade.B)


def test_minutes_say_whose_device_sent_the_post():
    minutes = document(
        fact("device_of", device="Contoh C1", holder=PERSON.upper()),
        fact("device_of", device="Contoh C2", holder="Rekan Kantor"),
        kind="document",
    )

    def of(name):
        return ActingDevice((device(name),), "main", ago(days=0) - ago(days=90))

    assert codes(minutes, acting=of("contoh c1")) == ["document.device_of_respondent"]
    assert codes(minutes, acting=of("Contoh C2")) == ["document.device_of_other"]
    assert codes(minutes, acting=of("Contoh C3")) == []
    assert "do not show who holds" in reasons(minutes, acting=of("Contoh C3"))
    assert "does not show which one" in reasons(minutes)


def test_without_a_time_of_the_act_documents_say_nothing():
    question = Question(act(at=None), documents=(document(fact("email_changed_at", ago(hours=2))),))
    assert list(documents.weigh(question, None, table(), on_record=False)) == []


def test_letters_that_contradict_each_other_on_a_card_weigh_nothing_and_are_named():
    replaced = document(fact("sim_replaced_at", ago(hours=4), identified=False), kind="operator_letter")
    denied = replace(
        document(fact("no_sim_change_since", ago(days=50), until=ago(days=-10)), kind="operator_letter"),
        path="evidence/surat-2",
    )
    assert codes(replaced, denied) == []
    assert "evidence/surat-2 that none was" in reasons(replaced, denied)
    until_before = replace(denied, facts=(fact("no_sim_change_since", ago(days=50), until=ago(days=2)),))
    assert codes(replaced, until_before) == ["document.sim_replaced_unidentified"]


def test_a_mail_whose_sender_nothing_shows_weighs_nothing_unless_a_person_read_it():
    mail = document(fact("email_changed_at", ago(hours=3)), authenticity="unknown")
    assert codes(mail) == []
    assert "original .eml" in reasons(mail)
    read = document(fact("email_changed_at", ago(hours=3), read_by="Pemeriksa Contoh"), authenticity="unknown")
    assert codes(read) == ["document.credential_changed_before"]
    letter = document(fact("sim_replaced_at", ago(hours=3)), authenticity="unknown", kind="operator_letter")
    assert codes(letter) == ["document.sim_replaced"]
