"""How long evidence is kept is data: checked, sourced, and an office's own where it has one."""

from datetime import date
from importlib import resources

import pytest

from telusur.domain.errors import BadInput
from telusur.evidence.store import retention

WRITTEN = resources.files("telusur.evidence.store").joinpath("retention.yaml").read_text("utf-8")


def test_what_is_shipped_says_where_it_comes_from_and_that_its_figures_are_assumed():
    for stage in retention.shipped().stages:
        assert stage.title.id
        assert stage.title.en
        for period in stage.periods:
            assert period.duties
            assert period.status == "assumed"
            assert all(duty.status == "reported" for duty in period.duties)


def test_an_open_case_is_kept_and_a_cleared_persons_record_goes_first():
    schedule = retention.shipped()
    day = date(2024, 1, 1)
    assert schedule.stage("open").until("screenshot", day) is None
    cleared, decided = schedule.stage("cleared"), schedule.stage("decided")
    for kind in ("platform_export", "screenshot", None):
        assert cleared.until(kind, day) < decided.until(kind, day)
    assert cleared.until("platform_export", day) == date(2024, 3, 31)
    assert cleared.until(None, day) == date(2024, 6, 29)


def test_an_office_has_its_own(tmp_path):
    assert retention.schedule(tmp_path) is retention.shipped()
    (tmp_path / "retention.yaml").write_text(WRITTEN.replace("days: 90", "days: 7"))
    stage = retention.schedule(tmp_path).stage("cleared")
    assert stage.until("platform_export", date(2024, 1, 1)) == date(2024, 1, 8)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("telusur.retention/1", "telusur.rules/1", "schema"),
        ("days: 90", "days: -1", "greater"),
        ("days: 90", "hari: 9, days: 90", "hari"),
        ("platform_export, known_writing, provider_record, security", "eksport, known_writing, security", "no kind"),
        ("sources: [R02]}", "sources: [R09]}", "no source"),
        ("id: cleared", "id: open", "twice"),
        ("{days: 180, status", "{kinds: [document], days: 180, status", "last line"),
        ("stages:", "stages: [", "YAML"),
    ],
)
def test_a_schedule_that_is_wrong_is_told_with_its_place(tmp_path, old, new, said):
    assert old in WRITTEN
    (tmp_path / "retention.yaml").write_text(WRITTEN.replace(old, new, 1))
    with pytest.raises(BadInput, match=said) as refused:
        retention.schedule(tmp_path)
    assert str(tmp_path) in str(refused.value)


def test_a_schedule_that_is_no_text_or_no_file_never_gives_way_to_the_shipped_one(tmp_path):
    (tmp_path / "retention.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="UTF-8"):
        retention.schedule(tmp_path)
    (tmp_path / "retention.yaml").unlink()
    (tmp_path / "retention.yaml").mkdir()
    with pytest.raises(BadInput, match="plain file"):
        retention.schedule(tmp_path)


def test_an_unknown_stage_is_told_with_a_hint():
    with pytest.raises(BadInput, match="did you mean 'cleared'"):
        retention.shipped().stage("clearde")
