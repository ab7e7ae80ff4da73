"""No message, contact, interest or search of an export that is handed in reaches an office's tables, logs or pages."""

from __future__ import annotations

import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

import full_exports
import x_archive
from office.case_at_desk import Desk, open_case
from telusur import dossier, exports
from telusur.office import jobs
from telusur.office.home import Home
from telusur.office.models import TracingRun

pytestmark = pytest.mark.django_db
CANARY = full_exports.CANARY.lower()


@pytest.fixture
def desk(person):
    reviewer = person("bawaslu-general/reviewer")
    return Desk(open_case(reviewer, reporter="p-1"), reviewer)


def rows():
    """Give every row of every table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield (
                    table,
                    b"\0".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row),
                )


def full(tmp_path):
    """Give a full export whose words lie open in its bytes."""
    with zipfile.ZipFile(full_exports.x(tmp_path)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return x_archive.write_zip(tmp_path / "terbuka.zip", members, zipfile.ZIP_STORED).read_bytes()


def reduced(tmp_path):
    (tmp_path / "case.yaml").write_text(full_exports.case_yaml("x"))
    return exports.reduce(full_exports.x(tmp_path), dossier.read_asked(tmp_path), name="x").as_bytes()


@pytest.mark.parametrize("kind", ["full", pytest.param("reduced", marks=pytest.mark.long)])
def test_nothing_private_reaches_the_office(desk, tmp_path, capfd, caplog, kind):
    caplog.set_level(0)
    content = full(tmp_path) if kind == "full" else reduced(tmp_path)
    assert (CANARY.encode() in content.lower()) == (kind == "full")
    desk.states_the_act()
    name = "arsip-x.zip" if kind == "full" else "ringkas.json"
    desk.does("bukti", papers=SimpleUploadedFile(name, content), kind="platform_export", supplied_by="respondent")
    desk.does("penelusuran", "P1", act="P1", text="apel pagi", account_id="", evidence=list(desk.file.evidence))
    run = TracingRun.objects.get()
    jobs.trace.func(run.pk)
    run.refresh_from_db()
    assert (run.state, run.note) == ("done", "")
    shown = desk.page() + json.dumps(run.result)
    told = capfd.readouterr()
    assert CANARY not in (shown + told.out + told.err + caplog.text).lower()
    looked = [table for table, row in rows() if CANARY.encode() not in row.lower()]
    assert len(looked) == len(list(rows()))
    # What was received lies encrypted in the vault, so that not even a full export's words lie about.
    for path in Home.here().path.rglob("*"):
        assert CANARY not in path.name.lower()
        assert not path.is_file() or CANARY.encode() not in path.read_bytes().lower()
    assert not list(Home.here().incoming.iterdir())
