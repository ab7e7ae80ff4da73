"""A proof of destruction: nothing in it can be changed."""

import json

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence import store as stores


@pytest.fixture
def document(store, put):
    put("K-1", a=b"satu")
    return stores.erase(store, "K-1", grounds="JRA <7> & lain", by="kepala").as_json()


def holds(document, store):
    try:
        return stores.verify(stores.Proof.of(document), store.fingerprint) == ()
    except BadInput:
        return False


def changes():
    yield "case", "K-2"
    yield "by", "orang lain"
    yield "at", "2020-01-01T00:00:00.000000Z"
    yield "grounds", "lain"
    yield "objects", 7
    yield "entries", [[1, 9]]
    yield "key_fingerprint", "0" * 64
    yield "vkey", "x"
    yield "schema", "telusur.case/1"
    yield "entry", "{}"
    yield "tlog_proof", "c2sp.org/tlog-proof@v1\n"
    yield "salts", {"case": "00"}
    yield "salts", None


@pytest.mark.parametrize(("field", "value"), list(changes()))
def test_what_was_changed_does_not_hold(document, store, field, value):
    assert holds(document, store)
    assert not holds(document | {field: value}, store)


@pytest.mark.parametrize("field", ["case", "entry", "salts", "tlog_proof", "vkey", "detail"])
def test_what_is_missing_does_not_hold(document, store, field):
    del document[field]
    assert not holds(document, store)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"objects":1', '"objects":2'), ('"grounds":"JRA', '"grounds":"XRA'), ('"whole":true', '"whole":false')],
)
def test_a_detail_that_was_changed_throughout_does_not_hold(document, store, old, new):
    altered = json.loads(json.dumps(document).replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1]))
    said = json.loads(altered["detail"])
    assert altered["detail"] != document["detail"]
    altered |= {name: said[name] for name in ("grounds", "whole", "objects", "bytes", "entries")}
    assert not holds(altered, store)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_tells_all_of_it_and_runs_nothing(document, language):
    page = stores.page(stores.Proof.of(document), language, "pemusnahan.json")
    assert "JRA &lt;7&gt; &amp; lain" in page
    assert "K-1" in page
    assert document["key_fingerprint"] in page
    assert "<script" not in page
    assert "http" not in page
