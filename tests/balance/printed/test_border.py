"""A table that cannot be read is answered with file, line and field."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.balance import printed
from telusur.domain.errors import BadInput, SeveralProblems

HEAD = "schema: telusur.table/1\ntitle: Uji\nbody: Bawaslu\ndate: '2024'\ncells:\n"


def said(text):
    with pytest.raises(BadInput) as caught:
        printed.read(text, "uji.yaml")
    return str(caught.value)


def test_a_table_may_be_json():
    found = printed.read(
        json.dumps(
            {
                "schema": "telusur.table/1",
                "title": {"id": "Uji", "en": "Test"},
                "body": "KASN",
                "date": "2024-01-01",
                "cells": [{"id": "a", "value": 1e3, "label": {"id": "Satu", "en": "One"}}],
            }
        ),
        "uji.json",
    )
    assert found.title.en == "Test"
    assert str(found.cell("a").value) == "1000.0"
    assert found.cell("a").label.id == "Satu"


def test_printed_zeros_are_kept_where_quoted():
    assert str(printed.read(HEAD + "  - {id: a, value: '77.0', unit: percent}", "x").cell("a").value) == "77.0"
    assert str(printed.read(HEAD + "  - {id: a, value: '1e3'}", "x").cell("a").value) == "1000"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("{id: a, value: -1}", "uji.yaml:6: cells[0].value: expected a number of 0 or more"),
        ("{id: a, value: true}", "expected a number of 0 or more"),
        ("{id: a, value: '88,5'}", "expected a number of 0 or more"),
        ("{id: a, value: .nan}", "expected a number of 0 or more"),
        ("{id: a, value: .inf}", "expected a number of 0 or more"),
        ("{id: a, value: '1e99'}", "expected a number of 0 or more"),
        ("{id: a, value: '1e-99'}", "expected a number of 0 or more"),
        ("{id: a, value: [1]}", "expected a number of 0 or more"),
        ("{id: a}", "cells[0].value: is missing"),
        ("{id: a, value: 1, sum: [a]}", "cells[0].sum: is no field here; did you mean 'sum_of'"),
        ("{id: a, value: 1, unit: percentage}", "cells[0].unit: input should be 'count' or 'percent'"),
        ("{id: a, value: 1, sum_of: [a]}", "cannot be a part of itself"),
        ("{id: a, value: 1, sum_of: [total]}", "cells[0].sum_of: 'total' is no cell of this table"),
        ("{id: a, value: 1, sum_of: [[]]}", "cells[0].sum_of[0]"),
        ("{id: a, value: 1, share_of: {part: x, whole: y}}", "'x' is no cell of this table"),
    ],
)
def test_a_fault_in_a_cell_is_named_with_its_line_and_field(cell, words):
    assert words in said(HEAD + "  - " + cell)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["id: a, value: 1", "id: a, value: 2"], "uji.yaml:7: cells[1].id: 'a' stands twice"),
        (["id: a, value: 1", "id: n, value: 2, sum_of: [a, a]"], "a cell stands twice among the parts"),
        (["id: a, value: 1, unit: percent", "id: n, value: 2, sum_of: [a]"], "only figures of one unit add up"),
        (["id: a, value: 0", "id: b, value: 1", "id: s, value: 2, unit: percent, share_of: {part: b, whole: a}"],
         "the whole 'a' is 0"),
        (["id: a, value: 1", "id: b, value: 1", "id: s, value: 2, share_of: {part: b, whole: a}"],
         "add `unit: percent`"),
        (["id: a, value: 1", "id: s, value: 2, unit: percent, share_of: {part: s, whole: a}"], "share of itself"),
        (["id: a, value: 1", "id: p, value: 1, unit: percent",
          "id: s, value: 2, unit: percent, share_of: {part: p, whole: a}"], "are of two units"),
    ],
)  # fmt: skip
def test_a_relation_that_cannot_be_is_named(cells, words):
    assert words in said(HEAD + "".join(f"  - {{{cell}}}\n" for cell in cells))


def test_all_faults_are_told_at_once():
    with pytest.raises(SeveralProblems) as caught:
        printed.read(HEAD.replace("Uji", "''") + "  - {id: a, value: x}\n  - {id: b}\n", "uji.yaml")
    assert len(caught.value.problems) >= 3


@pytest.mark.parametrize("text", ["", "[]", "1", "schema: telusur.table/2\n", "a: [", "schema: telusur.table/1"])
def test_what_is_no_table_is_refused(text):
    assert "uji.yaml" in said(text)


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reading(text):
    with pytest.raises(BadInput):
        printed.read(text, "uji.yaml")


@pytest.mark.parametrize("text", ["case,beneficiary\nk1,A\n", "[]", "7"])
def test_another_file_is_no_table_and_is_not_repeated(text):
    assert said(text) == "uji.yaml: holds no printed table; expected schema telusur.table/1, title and cells"
