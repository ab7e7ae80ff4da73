"""How events become lanes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dossier.render import example
from telusur.domain.event import SourceRef
from telusur.domain.record import AccountRecord
from telusur.dossier.render.lanes import binned, lanes_of, together

T = datetime(2023, 12, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def of(*events):
    return lanes_of([AccountRecord("x", example.ACCOUNT, tuple(events))])


def names(lanes, kind):
    return [lane.name for lane in lanes.lanes if lane.kind == kind]


def test_posts_stand_by_client_busiest_first():
    events = [example.event("post", T + i * DAY, i, client="A" if i % 3 else "B") for i in range(9)]
    assert names(of(*events), "posts") == ["A", "B"]


def test_logins_stand_by_network():
    addresses = ["192.0.2.1", "192.0.2.9", "2001:db8:1::1", "no address", None]
    lanes = of(*(example.event("login", T, i, ip=ip) for i, ip in enumerate(addresses)))
    assert set(names(lanes, "networks")) == {"192.0.2.0/24", "2001:db8:1::/48", None}
    assert [len(lane.times) for lane in lanes.lanes] == [2, 1, 2]


def test_many_lanes_are_joined_and_counted():
    lanes = of(*(example.event("login", T, i, ip=f"10.0.{i}.1") for i in range(20)))
    last = lanes.lanes[-1]
    assert len(lanes.lanes) == 7
    assert (last.others, len(last.times), last.number) == (14, 14, 0)
    devices = of(*(example.event("device_added", T + i * DAY, i, device=f"d{i}") for i in range(12)))
    assert (devices.lanes[-1].others, len(devices.lanes[-1].spans)) == (4, 4)


def test_a_device_shows_by_which_network_it_was_seen():
    lanes = of(
        example.event("login", T, 1, device="a", ip="192.0.2.1"),
        example.event("login", T + DAY, 2, device="a", ip="192.0.2.1"),
        example.event("login", T + 2 * DAY, 3, device="a", ip="198.51.100.1"),
        example.event("session_seen", T + 3 * DAY, 4, device="a"),
    )
    device = next(lane for lane in lanes.lanes if lane.kind == "devices")
    assert dict(device.by_network) == {1: (T, T + DAY), 2: (T + 2 * DAY,), 0: (T + 3 * DAY,)}
    assert lanes.lane("networks", 1).key == "192.0.2.0/24"
    assert lanes.lane("networks", 0) is None


def test_a_network_that_a_carrier_shares_is_told_as_such():
    lane = of(example.event("login", T, ip="100.64.3.1")).lanes[0]
    assert lane.shared


def test_a_change_names_the_device_that_made_it():
    lanes = of(
        example.event("device_added", T, 1, device="a"),
        example.event("device_added", T + DAY, 2, device="b"),
        example.event("email_changed", T + DAY, 3, device="b"),
        example.event("password_changed", T + DAY, 4),
    )
    assert [(mark.event.action, mark.device) for mark in lanes.changes] == [
        ("email_changed", 2),
        ("password_changed", 0),
    ]


def test_what_documents_say_is_numbered_after_the_changes():
    lanes = lanes_of([example.record()], example.documents())
    assert [mark.number for mark in lanes.facts] == [len(lanes.changes) + n for n in range(1, 5)]
    assert [mark.contradicted for mark in lanes.facts] == [False, True, False, False]
    assert lanes.facts[0].until - lanes.facts[0].at == 30 * DAY
    assert next(lane for lane in lanes.lanes if lane.name and "Sagara" in lane.name).holder == "terlapor"


def test_documents_alone_make_a_timeline():
    lanes = lanes_of([], example.documents())
    assert lanes.lanes == ()
    assert len(lanes.facts) == 4
    act = example.ACT_AT.utc
    assert lanes.span == (act - 40 * DAY, act - 2 * DAY)


def test_stretches_with_several_devices_are_told_with_their_number():
    spans = [(T, T + 4 * DAY), (T + DAY, T + 6 * DAY), (T + 2 * DAY, T + 3 * DAY), (T + 9 * DAY, T + 9 * DAY)]
    assert together(spans) == [
        (T + DAY, T + 2 * DAY, 2),
        (T + 2 * DAY, T + 3 * DAY, 3),
        (T + 3 * DAY, T + 4 * DAY, 2),
    ]
    assert together(spans[:1]) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=8))
def test_at_each_hour_as_many_devices_are_told_as_there_are(parts):
    spans = [(T + start * DAY, T + (start + long) * DAY) for start, long in parts]
    found = together(spans)
    for hour in range(0, 61 * 24, 12):
        at = T + timedelta(hours=hour, minutes=30)
        count = sum(start < at < end for start, end in spans)
        told = [n for start, end, n in found if start < at < end]
        assert told == ([count] if count > 1 else [])


def test_two_registers_rows_of_the_same_second_are_one_device():
    lanes = of(
        example.event("device_added", T, 1, client="Web", device="token", until=T + 3 * DAY),
        replace(
            example.event("device_added", T, 2, device="key", user_agent="Browser/1"),
            source=SourceRef("data/other.js", 2, "0" * 64),
        ),
        example.event("device_added", T + DAY, 3, client="Web", device="token-2"),
    )
    assert names(lanes, "devices") == ["Web · Browser/1", "Web"]
    assert lanes.lanes[0].spans == ((T, T + 3 * DAY),)


def test_a_device_without_words_goes_by_its_identifier():
    lanes = of(example.event("device_seen", T, 1, device="d1"), example.event("device_seen", T + DAY, 2, device="d1"))
    assert names(lanes, "devices") == ["d1"]
    assert lanes.lanes[0].spans == ((T, T + DAY),)


def test_changes_are_numbered_in_time_order():
    lanes = of(example.event("password_changed", T + DAY, 1), example.event("email_changed", T, 2))
    assert [(c.number, c.event.action) for c in lanes.changes] == [(1, "email_changed"), (2, "password_changed")]
    assert lanes.span == (T, T + DAY)


def test_events_without_a_time_are_not_drawn():
    assert of(example.event("post", None)).lanes == ()
    assert of().span is None


def test_deleted_posts_are_hollow():
    lane = of(example.event("post", T), example.event("deleted_post", T + DAY, 1)).lanes[0]
    assert lane.hollow == {T + DAY}
    assert (lane.first, lane.last, len(lane.times)) == (T, T + DAY, 2)
    assert lane.within(T, T) == 1


@given(st.lists(st.integers(0, 10_000), max_size=200), st.integers(1, 50))
def test_bins_hold_every_time_of_the_window_once(seconds, bins):
    times = [T + timedelta(seconds=s) for s in seconds]
    found = binned(times, T, T + timedelta(seconds=8000), bins)
    assert sum(count for _, count in found) == sum(s <= 8000 for s in seconds)
    assert len(found) <= bins
    assert all(0 <= place < bins for place, _ in found)
