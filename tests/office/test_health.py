"""Whether the office says that it is up."""

import pytest


def test_health_answers_without_a_login_or_a_database(client):
    assert client.get("/health").json()["status"] == "ok"


@pytest.mark.django_db
def test_ready_says_that_the_database_answers(client):
    assert client.get("/ready").json() == {"status": "ok", "worker": "down"}
