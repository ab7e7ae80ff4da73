"""What a case says of its sources."""

from dataclasses import replace

import pytest

from case_folders import make
from telusur.dossier.case import Source
from telusur.dossier.reading import read_case


@pytest.mark.parametrize(
    ("kind", "supplier", "before_officer", "grade"),
    [
        ("provider_record", "provider", None, "A"),
        ("provider_record", "authority", None, "A"),
        ("provider_record", "respondent", None, "D"),
        ("document", "provider", None, "A"),
        ("web_archive", "authority", None, "B"),
        ("web_archive", "reporter", None, "D"),
        ("platform_export", "respondent", True, "B"),
        ("platform_export", "respondent", False, "C"),
        ("platform_export", "respondent", None, "C"),
        ("security_email", "respondent", None, "D"),
        ("operator_letter", "authority", None, "D"),
        ("screenshot", "authority", True, "E"),
        (None, None, None, "E"),
    ],
)
def test_how_a_file_came_in_gives_its_grade(kind, supplier, before_officer, grade):
    assert Source("evidence/a", kind, supplier, before_officer).grade == grade


def test_a_source_is_found_by_its_path(tmp_path):
    case = read_case(make(tmp_path))
    found = case.source("evidence/letter.txt")
    assert found is not None
    assert found.path == "evidence/letter.txt"
    assert case.source("evidence/none") is None


def test_a_file_in_a_listed_folder_belongs_to_the_nearest_one(tmp_path):
    outer, inner = (Source(path, "document", "authority") for path in ("evidence/post", "evidence/post/scans"))
    case = replace(read_case(make(tmp_path)), sources=(outer, inner))
    assert case.source("evidence/post/scans/1.png") is inner
    assert case.source("evidence/post/letter.pdf") is outer
    assert case.source("evidence/poster.pdf") is None
