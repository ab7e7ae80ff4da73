"""The counts that are published later split the same cases, each in its way."""

from telusur.balance import counting, default_plan, read
from telusur.validation.balance.worlds import Setting, draw

ROW = {"beneficiary": "A", "reported": "2024-09-01", "outcome": None}


def test_every_table_holds_every_case_once():
    cases = draw(Setting("plain", 700), 1)
    for table in counting.tables(cases, default_plan()):
        assert sum(table.cells.values()) == 700, table.id
        assert all(len(key) == len(table.dims) for key in table.cells)


def test_tables_are_of_the_columns_that_the_data_have():
    rows = [ROW | {"case": "k1", "region": "31"}, ROW | {"case": "k2", "region": None, "beneficiary": None}]
    found = {table.id: table for table in counting.tables(read(enumerate(rows)), default_plan())}
    assert tuple(found) == ("group_state", "region_state", "region_group")
    assert found["region_group"].cells == {("-", "-"): 1, ("31", "A"): 1}
    assert found["group_state"].title.en == "Cases by group and how far it came"


def test_no_table_holds_a_case_or_a_person():
    cases = draw(Setting("plain", 300), 1)
    dims = {dim for table in counting.tables(cases, default_plan()) for dim in table.dims}
    assert not dims & {"case", "handler", "order"}
