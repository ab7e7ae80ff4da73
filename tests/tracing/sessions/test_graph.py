"""Devices and networks, put together from rows that name them differently."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import ACT_AT, ago, event, record
from telusur.domain.document import Document, Fact
from telusur.domain.evidence import Grade
from telusur.tracing.sessions import graph_of

AGENT = "Mozilla/5.0 (Linux; Android 13; Contoh C1) [FBAN/FB4A;FBDV/Contoh C1]"


def graph(*events, documents=(), **changes):
    return graph_of([replace(record(), events=tuple(sorted(events, key=lambda e: e.at)), **changes)], documents)


def seen(at, device, model="Contoh C1", ip="192.0.2.17", **fields):
    return event("session_seen", at, device=device, model=model, ip=ip, user_agent=AGENT, **fields)


def test_a_register_without_identifiers_is_of_the_device_of_its_model():
    found = graph(
        event("device_added", ago(days=300), model="Contoh C1", user_agent=AGENT, until=ago(days=-2)),
        seen(ago(days=2), "k1"),
    )
    (device,) = found.devices
    assert (device.first, device.last, device.stated) == (ago(days=300), ago(days=-2), True)
    assert device.name == "Contoh C1"
    assert device.networks == ("192.0.2.0/24",)


def test_two_devices_of_one_model_in_use_side_by_side_are_two():
    found = graph(*(seen(ago(days=day), key) for day in range(20) for key in ("k1", "k2")))
    assert len(found.devices) == 2


def test_a_new_identifier_of_a_model_whose_earlier_one_falls_silent_is_the_same_device():
    found = graph(
        *(seen(ago(days=day), "k1") for day in range(10, 30)), *(seen(ago(days=day), "k2") for day in range(10))
    )
    (device,) = found.devices
    assert device.first == ago(days=29)


def test_a_model_that_comes_after_weeks_of_silence_is_another_device():
    found = graph(seen(ago(days=60), "k1"), seen(ago(days=1), "k2"))
    assert len(found.devices) == 2


def test_two_registers_that_add_a_device_in_one_second_mean_one_device():
    token = event("device_added", ago(days=90), client="Twitter for Android", device="t1")
    key = event("device_added", ago(days=90), user_agent="TwitterAndroid/9", device="d1")
    other_file = replace(key, source=replace(key.source, file="data/key-registry.js"))
    assert len(graph(token, other_file).devices) == 1
    assert len(graph(token, key).devices) == 2


def test_a_row_that_the_provider_tells_as_well_counts_once_and_at_the_better_grade():
    own = replace(record(), events=(seen(ago(days=1), "k1"),))
    provider = replace(own, path="evidence/penyedia.csv", kind="provider_record", grade=Grade.A)
    found = graph_of([own, provider])
    assert [s.grade for s in found.sightings] == [Grade.A]


def test_two_equal_rows_of_one_record_are_both_kept():
    assert len(graph(seen(ago(days=1), "k1"), seen(ago(days=1), "k1")).sightings) == 2


def test_a_carrier_s_shared_addresses_are_marked_as_weak():
    found = graph(seen(ago(days=1), "k1", ip="100.72.3.4"), seen(ago(days=2), "k1"))
    assert {n.prefix: n.shared for n in found.networks} == {"100.72.3.0/24": True, "192.0.2.0/24": False}


def test_a_change_is_of_the_device_whose_session_made_it():
    found = graph(seen(ago(days=2), "k1"), event("password_changed", ago(days=1), device="k1"))
    (change,) = found.changes
    assert change.device == found.devices[0].key


def minutes(holders, authenticity="unknown"):
    facts = [Fact("device_of", None, "…", device=model, holder=holder) for model, holder in holders]
    return Document("evidence/berita-acara.txt", "document", Grade.D, authenticity=authenticity, facts=facts)


@pytest.mark.parametrize(
    ("document", "holder"),
    [
        (minutes([("contoh c1", "Rekan Kantor")]), "Rekan Kantor"),
        (minutes([("Contoh C1", "Rekan Kantor"), ("Contoh C1", "Pemilik Akun")]), None),
        (minutes([("Contoh C1", "Rekan Kantor")], "contradicted"), None),
    ],
)
def test_minutes_say_who_holds_a_device_unless_they_contradict_themselves_or_are_forged(document, holder):
    assert graph(seen(ago(days=2), "k1"), documents=(document,)).devices[0].holder == holder


def test_a_fact_of_a_letter_is_a_change_with_its_document():
    letter = Document(
        "evidence/surat.txt", "operator_letter", Grade.D, facts=[Fact("sim_replaced_at", ago(hours=4), "…")]
    )
    (change,) = graph(documents=(letter,)).changes
    assert (change.at, change.document) == (ago(hours=4), letter)


rows = st.lists(
    st.builds(
        lambda day, key, model, ip: seen(ago(hours=day), key, model, ip),
        st.integers(-100, 3_000),
        st.sampled_from(["k1", "k2", None]),
        st.sampled_from(["Contoh C1", "Contoh C2", None]),
        st.sampled_from(["192.0.2.1", "198.51.100.7", "bukan alamat", "2001:db8::1"]),
    ),
    max_size=25,
)


@given(rows)
def test_no_row_is_lost_and_each_device_spans_its_rows(events):
    found = graph(*events)
    assert len(found.sightings) == len(events)
    for device in found.devices:
        assert device.first <= min(device.seen, default=ACT_AT + (device.first - ACT_AT))
        assert all(device.first <= at <= device.last for at in device.seen)
    assert {s.device for s in found.sightings} - {None} <= {d.key for d in found.devices}


@given(rows, st.randoms())
def test_the_order_in_which_records_come_does_not_matter(events, random):
    records = [
        replace(record(), path=f"evidence/{i}", events=tuple(sorted(events[i::2], key=lambda e: e.at)))
        for i in range(2)
    ]
    shuffled = list(records)
    random.shuffle(shuffled)
    one, other = graph_of(records), graph_of(shuffled)
    assert {d.key: (d.first, d.last) for d in one.devices} == {d.key: (d.first, d.last) for d in other.devices}
