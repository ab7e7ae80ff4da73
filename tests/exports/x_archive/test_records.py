"""What each kind of record says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import x_archive
from telusur.exports.x_archive.records import KINDS, BadRecord, Remarks, client_of, plain, unwrapped

ORDINARY = x_archive.ordinary(1)


def told(name, record):
    remarks = Remarks([])
    return list(KINDS[name].read(record, remarks)), [remark.en for remark in remarks.said]


def one(kind, record=None, /, **changes):
    (fields,), said = told(kind, (ORDINARY[kind][0] if record is None else record) | changes)
    return fields, said


def test_a_post_has_its_time_number_text_and_client():
    fields, said = one("tweets")
    assert fields == {
        "action": "post",
        "at": x_archive.START,
        "written": "Thu Jun 01 01:02:03 +0000 2023",
        "certainty": "exact",
        "object_id": x_archive.number_at(x_archive.START),
        "text": "kiriman contoh nomor 0, rapat pagi & apel",
        "client": "Twitter for Android",
    }
    assert said == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("a &amp; b", "a & b"), ("&lt;b&gt;", "<b>"), ("&amp;lt;", "&lt;"), ("&copy; &#39;", "&copy; &#39;")],
)
def test_only_the_three_escapes_of_x_are_undone_and_once(written, meant):
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("source", "client"),
    [
        (x_archive.ANDROID, "Twitter for Android"),
        ('<a href="x">A &amp; B</a>', "A & B"),
        ("Twitter Web App", "Twitter Web App"),
        ("", None),
        ('<a href="x"></a>', None),
    ],
)
def test_the_client_is_the_name_within_the_link(source, client):
    assert client_of(source) == client


def test_numbers_may_stand_as_numbers():
    record = ORDINARY["tweets"][0] | {"id": 1740213367208304507, "id_str": "1740213367208304507"}
    assert one("tweets", record)[0]["object_id"] == "1740213367208304507"


def test_older_posts_call_their_text_otherwise():
    record = {key: value for key, value in ORDINARY["tweets"][0].items() if key != "full_text"} | {"text": "lama"}
    assert one("tweets", record)[0]["text"] == "lama"


def test_two_identifiers_that_differ_are_remarked_on():
    assert "differ" in one("tweets", id="17")[1][0]


def test_a_post_without_a_readable_time_is_read_without_one():
    fields, said = one("tweets", created_at="kemarin")
    assert (fields["at"], fields["certainty"], fields["written"]) == (None, "none", "kemarin")
    assert "created_at could not be used" in said[0]
    assert "it has no created_at" in one("tweets", created_at=None)[1][0]


def test_a_time_without_zone_is_read_as_utc_and_marked():
    fields, said = one("ip_audit", createdAt="2024-01-01T00:00:00")
    assert (fields["at"], fields["certainty"]) == (datetime(2024, 1, 1, tzinfo=UTC), "zone_documented")
    assert "states no zone" in said[0]


def test_a_deleted_post_stood_from_its_posting_until_its_deletion():
    fields, _ = one("deleted_tweets")
    assert fields["action"] == "deleted_post"
    assert fields["at"] == x_archive.START + timedelta(minutes=37 * 900)
    assert fields["until"] == x_archive.START + timedelta(days=60)


def test_a_like_is_no_earlier_than_the_post_it_is_of():
    fields, _ = one("like")
    assert (fields["at"], fields["certainty"]) == (x_archive.START, "lower_bound")
    assert fields["text"] == "apel <pagi>"
    old, _ = one("like", tweetId="20", fullText=None)
    assert (old["at"], old["certainty"], old["text"]) == (None, "none", None)


def test_a_login_has_its_address():
    fields, _ = one("ip_audit")
    assert (fields["action"], fields["ip"]) == ("login", "192.0.2.7")
    assert one("ip_audit", loginIp="2001:db8::7")[0]["ip"] == "2001:db8::7"
    fields, said = one("ip_audit", loginIp="<script>")
    assert fields["ip"] is None
    assert "no network address" in said[0]


def test_a_device_has_its_span_and_a_name_that_is_no_key_to_it():
    fields, _ = one("device_token")
    assert fields["action"] == "device_added"
    assert fields["at"] == x_archive.START
    assert fields["until"] == x_archive.START + timedelta(days=90)
    assert fields["client"] == "Twitter for Android"
    assert fields["device"].startswith("sha256:")
    assert "rahasia" not in str(fields)


def test_a_registered_device_has_its_program():
    fields, _ = one("key_registry")
    assert fields["user_agent"] == "TwitterAndroid/10.18.0 (Nusa N7/13)"
    assert fields["device"] == f"{x_archive.ACCOUNT_ID}-0"
    assert "rahasia" not in str(fields)


def test_a_list_of_devices_gives_one_event_each_and_skips_what_is_none():
    devices = [{"createdAt": x_archive.iso(x_archive.START), "deviceId": str(number)} for number in range(3)]
    events, said = told("key_registry", {"registeredDevices": {"deviceMetadataList": [*devices, "x"]}})
    assert [event["device"] for event in events] == ["0", "1", "2"]
    assert "is no record" in said[0]


def test_telephones_are_masked_and_dated_by_a_bound():
    record = {"messagingDevice": {"phoneNumber": "+6281200001234", "createdDate": "2015.06.21"}}
    fields, _ = one("ni_devices", record)
    assert fields["action"] == "phone_changed"
    assert fields["new"] == "***34"
    assert fields["certainty"] == "lower_bound"
    fields, _ = one("ni_devices", {"pushDevice": {"token": "t", "deviceType": "Android", "createdDate": "2015.06.21"}})
    assert (fields["action"], fields["client"]) == ("device_added", "Android")


def test_an_account_has_its_creation_and_no_address_of_its_owner():
    fields, _ = one("account")
    assert fields["action"] == "account_created"
    assert fields["client"] == "oauth:258901"
    assert "surel" not in str(fields)
    fields, _ = one("account_creation_ip")
    assert (fields["ip"], fields["at"], fields["certainty"]) == ("192.0.2.1", None, "none")


def test_a_time_zone_is_no_event():
    assert told("account_timezone", ORDINARY["account_timezone"][0]) == ([], [])


def test_an_address_change_is_masked_on_both_sides():
    fields, _ = one("email_address_change")
    assert (fields["old"], fields["new"]) == ("l***@surel.example.org", "b***@pos.example.net")
    first, _ = one("email_address_change", emailChange={"changedAt": "2024-01-01T00:00:00.000Z"})
    assert (first["old"], first["new"]) == (None, None)


def test_a_change_of_name_has_both_names_nested_or_not():
    fields, _ = one("screen_name_change")
    assert (fields["old"], fields["new"]) == ("nama_lama", x_archive.HANDLE)
    flat = {"changedAt": "2024-01-01T00:00:00.000Z", "changedFrom": "a", "changedTo": "b"}
    assert one("screen_name_change", flat)[0]["new"] == "b"


def test_an_application_has_its_name_and_what_it_may_do():
    fields, _ = one("connected_application")
    assert (fields["action"], fields["new"], fields["permissions"]) == (
        "app_connected",
        "Aplikasi Rekaan",
        ("read", "write"),
    )


@pytest.mark.parametrize(
    ("name", "changes", "why"),
    [
        ("tweets", {"id_str": None, "id": None}, "no id_str or id"),
        ("tweets", {"id_str": "abc"}, "no identifier"),
        ("tweets", {"full_text": None}, "no full_text or text"),
        ("tweets", {"full_text": ["x"]}, "no text"),
        ("tweets", {"id_str": True}, "no text"),
        ("like", {"tweetId": None}, "no tweetId"),
        ("ip_audit", {"createdAt": None}, "no createdAt"),
        ("device_token", {"token": None}, "no token"),
        ("key_registry", {"registeredDevices": []}, "no registeredDevices"),
        ("key_registry", {"registeredDevices": {"deviceMetadataList": {}}}, "no registeredDevices"),
        ("account", {"accountId": None}, "no accountId"),
        ("account_timezone", {"timeZone": None}, "no timeZone"),
        ("email_address_change", {"emailChange": "x"}, "emailChange is no record"),
        ("screen_name_change", {"screenNameChange": {"changedTo": None}}, "no changedTo"),
        ("connected_application", {"permissions": "read"}, "no list of words"),
        ("connected_application", {"permissions": [1]}, "no list of words"),
        ("connected_application", {"name": None}, "no name"),
    ],
)
def test_a_record_without_what_its_kind_must_have_is_refused(name, changes, why):
    with pytest.raises(BadRecord, match=why):
        one(name, **changes)


def test_a_telephone_that_is_no_record_is_refused():
    with pytest.raises(BadRecord, match="messagingDevice is no record"):
        one("ni_devices", {"messagingDevice": 3})


def test_a_record_is_found_in_its_wrapping_or_without():
    kind = KINDS["tweets"]
    assert unwrapped({"tweet": {"id": 1}}, kind) == unwrapped({"id": 1}, kind) == {"id": 1}
    for value in (17, {"tweet": 17}, [1]):
        with pytest.raises(BadRecord, match="no record of this kind"):
            unwrapped(value, kind)
