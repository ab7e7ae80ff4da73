"""How events become lanes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dossier.render import example
from telusur.domain.record import AccountRecord
from telusur.dossier.render.lanes import binned, lanes_of

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
    assert set(names(lanes, "logins")) == {"192.0.2.0/24", "2001:db8:1::/48", "no address", None}


def test_many_lanes_are_joined_and_counted():
    lanes = of(*(example.event("login", T, i, ip=f"10.0.{i}.1") for i in range(20)))
    last = lanes.lanes[-1]
    assert len(lanes.lanes) == 7
    assert (last.others, last.count) == (14, 14)
    devices = of(*(example.event("device_added", T + i * DAY, i, device=f"d{i}") for i in range(12)))
    assert (devices.lanes[-1].others, devices.lanes[-1].count) == (4, 4)


def test_two_registers_rows_of_the_same_second_are_one_device():
    lanes = of(
        example.event("device_added", T, 1, client="Web", device="token", until=T + 3 * DAY),
        example.event("device_added", T, 2, device="key", user_agent="Browser/1"),
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
    assert (lane.first, lane.last, lane.count) == (T, T + DAY, 2)
    assert lane.within(T, T) == 1


@given(st.lists(st.integers(0, 10_000), max_size=200), st.integers(1, 50))
def test_bins_hold_every_time_of_the_window_once(seconds, bins):
    times = [T + timedelta(seconds=s) for s in seconds]
    found = binned(times, T, T + timedelta(seconds=8000), bins)
    assert sum(count for _, count in found) == sum(s <= 8000 for s in seconds)
    assert len(found) <= bins
    assert all(0 <= place < bins for place, _ in found)
