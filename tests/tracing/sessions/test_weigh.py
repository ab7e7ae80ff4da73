"""What devices, networks and credentials tell."""

import pytest

from records import ACT_AT, ANDROID, IPHONE, act, ago, event, record
from telusur.domain.proposition import Proposition
from telusur.tracing import sessions
from telusur.tracing.bearing import table
from telusur.tracing.item import Abstained, Item

TAKEN_OVER = Proposition.TAKEN_OVER


def answers(given, client=ANDROID):
    graph = sessions.graph_of([given])
    device = sessions.acting_device(act().at, client, graph)
    return list(sessions.weigh(act().at, device, graph, [given], table()))


def items(given, client=ANDROID):
    return {a.code: a for a in answers(given, client) if isinstance(a, Item)}


def reasons(given, client=ANDROID):
    return [a.reason.en for a in answers(given, client) if isinstance(a, Abstained)]


def bans(given, code, client=ANDROID):
    return items(given, client)[code].weights[TAKEN_OVER].log10_lr


def test_an_old_telephone_and_home_network_speak_against_a_takeover():
    assert bans(record(), "session.sole_device") < 0
    assert bans(record(), "session.known_network") < 0
    assert bans(record(), "session.credential_unchanged") < 0


def test_a_device_registered_hours_before_the_act_speaks_for_a_takeover():
    intruder = event("device_added", ago(hours=5), client=IPHONE, device="t2", until=ago(days=-3))
    given = record(intruder)
    assert bans(given, "session.new_device", IPHONE) > 0
    assert "5 hours" in items(given, IPHONE)["session.new_device"].what.en


def test_a_new_telephone_of_a_month_ago_is_no_new_device():
    phone = event("device_added", ago(days=30), client=IPHONE, device="t2", until=ago(days=-3))
    assert "session.known_device" in items(record(phone), IPHONE)


def test_a_device_of_ten_days_is_neither_new_nor_known():
    phone = event("device_added", ago(days=10), client=IPHONE, device="t2", until=ago(days=-3))
    assert any("too long to be new" in reason for reason in reasons(record(phone), IPHONE))


def test_where_an_old_and_a_new_device_can_both_have_sent_it_the_device_says_nothing():
    second = event("device_added", ago(hours=5), client=ANDROID, device="t2", until=ago(days=-3))
    assert any("does not show which" in reason for reason in reasons(record(second)))


def test_a_device_last_seen_before_the_act_cannot_have_sent_it():
    silent = event("device_added", ago(days=300), client=IPHONE, device="t0", until=ago(days=2))
    intruder = event("device_added", ago(hours=5), client=IPHONE, device="t2", until=ago(days=-3))
    assert "session.new_device" in items(record(silent, intruder), IPHONE)


def test_no_device_of_that_program_is_an_abstention():
    assert any("No device" in reason for reason in reasons(record(), "SebarCepat"))


def test_without_a_device_log_nothing_is_said_of_devices():
    found = items(record(without=("device_added",)))
    assert not {"session.known_device", "session.new_device"} & set(found)


def test_a_new_network_after_which_the_old_ones_vanish_tells_more_than_one_on_a_journey():
    intruder = event("login", ago(hours=1), ip="203.0.113.4")
    journey = record(intruder, event("login", ago(hours=-4), ip="203.0.113.4"))
    locked_out = record_with([e for e in journey.events if e.action != "login" or e.at < ACT_AT or e.ip == intruder.ip])
    silent = bans(locked_out, "session.new_network")
    continued = bans(journey, "session.new_network_old_ones_continue")
    assert silent > continued + 0.3


def record_with(events):
    plain = record()
    return type(plain)(plain.path, plain.account, tuple(events), plain.logs, grade=plain.grade)


def test_a_login_log_that_starts_just_before_the_act_cannot_show_a_new_network():
    given = record(event("login", ago(hours=1), ip="203.0.113.4"), days=3)
    assert any("too close to the act" in reason for reason in reasons(given))


def test_a_network_of_five_days_is_neither_new_nor_known():
    given = record(*[event("login", ago(days=d, minutes=1), ip="203.0.113.4") for d in (5, 0)])
    assert any("network of the last login" in reason for reason in reasons(given))


def test_absence_of_a_login_row_is_no_evidence_of_absence():
    given = record_with([e for e in record().events if e.action != "login" or e.at < ago(days=3)])
    assert any("no evidence that nobody came in" in reason for reason in reasons(given))
    assert not any("network" in code for code in items(given))


def test_an_email_changed_shortly_before_tells_more_than_one_changed_after():
    before = record(event("email_changed", ago(hours=4), old="a***@contoh.example", new="z***@lain.example"))
    after = record(event("email_changed", ago(hours=-4), old="a***@contoh.example", new="z***@lain.example"))
    told = bans(before, "session.credential_changed_before"), bans(after, "session.credential_changed_after")
    assert told[0] > 0
    assert told[0] > told[1]


def test_an_email_changed_last_year_is_no_change():
    old = record(event("email_changed", ago(days=300), old="a***@contoh.example", new="b***@contoh.example"))
    assert "session.credential_unchanged" in items(old)


def test_no_item_is_made_from_a_missing_log():
    empty = record_with([])
    empty = type(empty)(empty.path, empty.account, (), ())
    assert items(empty) == {}
    assert reasons(empty) == []


def test_session_items_never_bear_on_fabrication():
    for item in items(record()).values():
        assert Proposition.FABRICATED not in item.weights


@pytest.mark.parametrize(
    ("ip", "network"),
    [("192.0.2.17", "192.0.2.0/24"), ("2001:db8:1:2::5", "2001:db8:1::/48"), ("warnet", None)],
)
def test_a_network_is_the_provider_s_share_of_an_address(ip, network):
    assert sessions.network_of(ip) == network


def test_an_unreadable_address_is_no_network():
    given = record_with([event("login", ago(hours=1), ip="warnet")])
    assert not any("network" in code for code in items(given))


def test_a_device_beside_which_others_are_in_use_is_no_sole_one():
    second = event("device_added", ago(days=300), client=IPHONE, device="t2", until=ago(days=-3))
    assert "session.known_device" in items(record(second))
    assert "session.sole_device" in items(record())


def sighted(device, *days, ip="192.0.2.17", hours=1.0):
    return [
        event("session_seen", ago(days=day, hours=hours), device=device, model=f"Contoh {device}", ip=ip)
        for day in days
    ]


def seen(*events):
    return items(record(*events, without=("login", "device_added")), client=None)


def test_the_device_of_most_rows_is_the_main_one_and_any_other_a_minor_one():
    rows = [*sighted("A1", *range(60)), *sighted("B1", *range(10, 60, 7))]
    assert "session.main_device" in seen(*rows)
    rows = [*sighted("A1", *range(1, 60)), *sighted("B1", 0, *range(10, 60, 7), hours=0.1)]
    assert "session.minor_device" in seen(*rows)


def test_a_new_telephone_takes_the_old_one_s_place_and_an_intruder_s_goes_when_the_owner_returns():
    old = sighted("A1", *range(5, 80))
    assert "session.device_replaces" in seen(*old, *sighted("B1", *range(-9, 5)))
    back = sighted("A1", -6, -7, -8)
    assert "session.device_old_returns" in seen(*old, *sighted("B1", 0, 1, 2, 3, 4, -1), *back)


def test_a_provider_s_record_does_not_say_who_still_holds_the_account():
    rows = [*sighted("A1", *range(5, 80)), *sighted("B1", *range(-9, 5))]
    given = record(*rows, without=("login", "device_added"), kind="provider_record")
    assert "session.device_stays" in items(given, client=None)


def test_two_devices_used_by_turns_are_said_to_be():
    rows = [*sighted("A1", *range(-8, 80), hours=9), *sighted("B1", *range(-8, 5), hours=0.2)]
    assert "session.device_side_by_side" in seen(*rows)


def test_another_device_on_another_network_in_the_same_quarter_of_an_hour_is_seen():
    rows = [*sighted("A1", *range(60), hours=0.1), *sighted("B1", 0, 20, 40, ip="203.0.113.9", hours=0.2)]
    assert any("does not show which" in r for r in reasons(record(*rows, without=("login", "device_added")), None))
    apart = [*sighted("A1", *range(60), hours=0.05), *sighted("B1", 0, 20, 40, ip="203.0.113.9", hours=0.27)]
    assert "session.two_at_once" in seen(*apart)


def test_an_address_that_was_set_and_undone_is_seen():
    given = record(
        event("email_changed", ago(hours=4), old="a***@contoh.example", new="z***@lain.example"),
        event("email_changed", ago(hours=-40), old="z***@lain.example", new="a***@contoh.example"),
    )
    assert "session.credential_restored" in items(given)


def test_who_changed_the_password_is_told_by_the_session_that_did():
    old = sighted("A1", *range(80), hours=0.1)
    changed = event("password_changed", ago(days=-3), device="A1", model="Contoh A1")
    assert "session.credential_changed_after_by_acting" in seen(*old, changed)
    intruder = [*sighted("A1", *range(5, 80)), *sighted("B1", 0, 1, 2)]
    changed = event("password_changed", ago(days=1), device="B1", model="Contoh B1")
    assert "session.credential_changed_before_by_new" in seen(*intruder, changed)
    back = event("password_changed", ago(days=-4), device="A1", model="Contoh A1")
    assert "session.credential_changed_after_by_other" in seen(*intruder, *sighted("A1", -4), back)
