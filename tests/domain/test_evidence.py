"""What the grades of evidence promise."""

from telusur.domain.evidence import Grade


def test_the_grades_run_from_the_provider_to_the_copy():
    assert [grade.value for grade in sorted(Grade)] == list("ABCDE")


def test_each_grade_says_what_it_means_in_both_languages():
    for language in ("id", "en"):
        meanings = {grade.meaning.in_language(language) for grade in Grade}
        assert len(meanings) == len(Grade)
