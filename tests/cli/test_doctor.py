"""What ``telusur doctor`` promises."""

import json

import pytest

from telusur.cli import doctor
from telusur.cli.main import run
from telusur.domain.errors import BadInput


def test_a_machine_that_can_do_the_work_is_told_so_part_by_part(capsys):
    assert run(["doctor", "--json"]) == 0
    checks = {c["what"]: c for c in json.loads(capsys.readouterr().out)["checks"]}
    for what in ("Python", "Catalogue of rules", "Tracing models", "PDF (Typst and fonts)"):
        assert checks[what]["fine"], checks[what]
    assert any(what.startswith("Opening files") for what in checks)


@pytest.mark.parametrize(
    ("part", "what"), [("law", "Catalogue of rules"), ("tracing", "Tracing models"), ("check_pdf", "PDF")]
)
def test_what_is_broken_is_named_with_what_to_do(part, what, monkeypatch, capsys):
    def broken():
        raise BadInput("the file is gone")

    if part == "check_pdf":
        monkeypatch.setattr(doctor, part, broken)
    else:
        monkeypatch.setattr(getattr(doctor, part), "catalogue" if part == "law" else "models", broken)
    assert run(["doctor"]) == 0
    said = capsys.readouterr().out
    assert f"✗ {what}" in said
    assert "the file is gone" in said
    assert "Install Telusur again" in said
