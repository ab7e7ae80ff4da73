"""Whose address counts behind a server that passes requests on."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from telusur.domain.errors import BadInput
from telusur.office.proxies import NAME, ProxiesMiddleware, trusted, visitor


@pytest.mark.parametrize(
    ("connection", "forwarded", "counts"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # what the visitor wrote before it counts not
        ("127.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"),  # through two servers of ours
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nobody, unknown", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.9", "10.0.0.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no server of ours: believed in nothing
        ("", "198.51.100.1", ""),
    ],
)
def test_only_what_a_trusted_server_added_is_believed(connection, forwarded, counts):
    assert visitor(connection, forwarded, trusted("127.0.0.1, 10.0.0.0/8")) == counts


def test_without_the_setting_the_connection_counts(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    assert _answered({"X-Forwarded-For": "203.0.113.7"}) == "127.0.0.1"
    monkeypatch.setenv(NAME, "127.0.0.1")
    assert _answered({"X-Forwarded-For": "203.0.113.7"}) == "203.0.113.7"


def _answered(headers):
    made = ProxiesMiddleware(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))
    return made(RequestFactory().get("/", headers=headers)).content.decode()


def test_an_address_that_is_none_is_refused_with_what_to_write():
    with pytest.raises(BadInput, match="no address or network"):
        trusted("127.0.0.1 proxy.example")
