"""An export against what the provider and the platform's mails say."""

from dataclasses import replace
from datetime import timedelta

from records import ACT_AT, act, ago, event, record
from telusur.domain.document import Document, Fact
from telusur.domain.evidence import Grade
from telusur.domain.record import Log
from telusur.tracing import consistency
from telusur.tracing.bearing import table
from telusur.tracing.item import Item

TIMES = [ACT_AT + timedelta(hours=7 * n) for n in range(-40, 40)]


def rows(times, ip="192.0.2.17"):
    return tuple(event("login", at, ip=ip) for at in times)


def export(times):
    logs = (Log("logins", "logins.json", len(times), None, min(times), max(times)), Log("credentials", "c.json", 0))
    return replace(record(), events=rows(times), logs=logs)


def provider(times):
    return replace(
        record(), path="evidence/penyedia.csv", events=rows(times), grade=Grade.A, kind="provider_record", logs=()
    )


def weighed(*records, documents=()):
    return list(consistency.weigh(act().at, records, documents, table()))


def codes(*records, documents=()):
    return [a.code for a in weighed(*records, documents=documents) if isinstance(a, Item)]


def test_rows_taken_out_around_the_act_are_seen_in_the_provider_s_record():
    edited = [at for at in TIMES if abs(at - ACT_AT) > timedelta(hours=20)]
    (item,) = [a for a in weighed(export(edited), provider(TIMES)) if isinstance(a, Item)]
    assert item.code == "integrity.rows_removed"
    assert item.grade is Grade.A


def test_rows_that_only_the_export_has_are_seen_as_well():
    assert codes(export(TIMES), provider([at for at in TIMES if abs(at - ACT_AT) > timedelta(hours=20)])) == [
        "integrity.rows_invented"
    ]


def test_records_that_agree_are_said_to_and_weigh_nothing():
    (answer,) = weighed(export(TIMES), provider(TIMES))
    assert "the same session rows" in answer.reason.en


def test_a_log_that_begins_later_or_lacks_rows_far_from_the_act_was_not_edited():
    assert codes(export(TIMES[20:]), provider(TIMES)) == []
    assert codes(export([at for at in TIMES if at != TIMES[3]]), provider(TIMES)) == []


def test_clocks_a_minute_apart_tell_of_one_row():
    assert codes(export([at + timedelta(seconds=50) for at in TIMES]), provider(TIMES)) == []


def mail(name, at, authenticity="shown"):
    return Document("surel.eml", "security_email", Grade.D, at, authenticity, facts=[Fact(name, at, "…")])


def test_an_export_that_lacks_what_a_genuine_mail_reports_is_said_to():
    assert codes(export(TIMES), documents=[mail("email_changed_at", ago(hours=5))]) == [
        "integrity.lacks_what_mail_says"
    ]
    assert codes(export(TIMES), documents=[mail("email_changed_at", ago(hours=5), "unknown")]) == []
    assert codes(export(TIMES), documents=[mail("email_changed_at", ago(hours=5), "contradicted")]) == []


def test_what_the_mail_reports_may_stand_minutes_away():
    assert codes(export(TIMES), documents=[mail("login_new_device_at", TIMES[39] + timedelta(minutes=3))]) == []
    assert codes(export(TIMES), documents=[mail("login_new_device_at", TIMES[39] + timedelta(hours=3))]) != []


def test_a_provider_s_record_is_never_called_edited():
    assert codes(provider(TIMES), documents=[mail("email_changed_at", ago(hours=5))]) == []


def test_one_edit_is_weighed_once_however_often_export_or_record_is_handed_in():
    edited = export([at for at in TIMES if abs(at - ACT_AT) > timedelta(hours=20)])
    again = replace(edited, path="evidence/salinan.zip")
    other = replace(provider(TIMES), path="evidence/penyedia-2.csv")
    assert codes(edited, again, provider(TIMES), other) == ["integrity.rows_removed"]


def test_records_that_tell_two_stories_are_said_to_contradict_and_weigh_nothing():
    (answer,) = weighed(export(TIMES), replace(provider(TIMES), events=rows(TIMES, ip="198.51.100.3")))
    assert "contradict each other" in answer.reason.en
    assert "bertentangan" in answer.reason.id


def test_rows_of_an_assumed_zone_are_held_against_no_other_clock():
    edited = [at for at in TIMES if abs(at - ACT_AT) > timedelta(hours=20)]
    for certainty in ("zone_assumed", "lower_bound"):
        shifted = export(edited)
        shifted = replace(shifted, events=tuple(replace(e, certainty=certainty) for e in shifted.events))
        (answer,) = weighed(shifted, provider(TIMES))
        assert "without a time zone" in answer.reason.en
        assert "tanpa zona waktu" in answer.reason.id
        assert shifted.path in answer.reason.en
    documented = export(edited)
    documented = replace(documented, events=tuple(replace(e, certainty="zone_documented") for e in documented.events))
    assert codes(documented, provider(TIMES)) == ["integrity.rows_removed"]


def test_a_row_of_an_assumed_zone_may_be_what_a_mail_reports():
    far = export(TIMES)
    told = event("email_changed", ago(hours=12))
    mails = [mail("email_changed_at", ago(hours=5))]
    assert codes(replace(far, events=(*far.events, told)), documents=mails) == ["integrity.lacks_what_mail_says"]
    assumed = replace(told, certainty="zone_assumed")
    assert codes(replace(far, events=(*far.events, assumed)), documents=mails) == []
