"""Whether the contested post is on record, and whether its number fits its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from telusur.domain.act import Act
from telusur.domain.evidence import Grade
from telusur.domain.moment import Moment
from telusur.domain.record import AccountRecord
from telusur.domain.snowflake import snowflake_time
from telusur.domain.text import Text
from telusur.domain.when import moment_words, span_words
from telusur.tracing.bearing import Table
from telusur.tracing.contested import OTHER_TEXT, TIME_SLACK, Found, borrowed, is_of_others, reported_id
from telusur.tracing.item import Abstained, Item

#: A row's own number and time come from one clock; more than this apart, one of them was changed.
_ROW_SLACK = timedelta(seconds=2)


def weigh_record(act: Act, record: AccountRecord, found: Found | None, table: Table) -> Iterator[Item | Abstained]:
    """Weigh whether the record holds the contested post.

    Parameters
    ----------
    act
        The contested act.
    record
        The account's record.
    found
        The post in it, if it is there.
    table
        The weights.
    """
    if record.kind == "web_archive":
        if found is not None:
            yield table.weighed("integrity.on_page", record.grade, how=found.how)
        else:
            yield table.abstain("integrity", "page_of_other_post")
        return
    if found is not None:
        yield from _present(record, found, table)
        return
    if act.at is None:
        yield table.abstain("integrity", "no_time")
    elif reported_id(act) is None and act.text is None:
        yield table.abstain("integrity", "no_text_or_id")
    else:
        other = borrowed(act, record)
        if other is not None and other.at is not None:
            other_time = moment_words(other.at, act.at.at.tzinfo)
            yield table.weighed("integrity.number_borrowed", record.grade, other_time=other_time)
        if act.facts.value("act.kind") == "like":
            yield table.abstain("integrity", "like_absent")
        else:
            yield _absent(act.at, record, table)


def _present(record: AccountRecord, found: Found, table: Table) -> Iterator[Item | Abstained]:
    made = snowflake_time(found.event.object_id) if found.event.object_id and record.account.platform == "x" else None
    if made and found.event.at and abs(made - found.event.at) > _ROW_SLACK:
        yield table.abstain(
            "integrity", "row_edited", id_time=moment_words(made), row_time=moment_words(found.event.at)
        )
        return
    yield table.weighed("integrity.in_archive", record.grade, how=found.how)
    if found.similarity is not None and found.similarity < OTHER_TEXT:
        yield table.weighed("integrity.text_differs", record.grade, similarity=round(100 * found.similarity))


def _absent(at: Moment, record: AccountRecord, table: Table) -> Item | Abstained:
    posts = record.log("posts")
    if record.partial:
        return table.abstain("integrity", "record_partial")
    if posts is None or posts.first is None or posts.last is None:
        return table.abstain("integrity", "record_incomplete", found=posts.found if posts else 0, expected="?")
    if posts.complete is False:
        return table.abstain("integrity", "record_incomplete", found=posts.found, expected=posts.expected)
    # A row that could not be read may be the very one that is looked for.
    if posts.skipped or any(problem.file == posts.file for problem in record.problems):
        return table.abstain("integrity", "record_damaged", found=posts.found)
    last = max(posts.last, record.generated_at or posts.last)
    first_words, last_words = moment_words(posts.first, at.at.tzinfo), moment_words(last, at.at.tzinfo)
    span = Text(f"{first_words.id} sampai {last_words.id}", f"{first_words.en} to {last_words.en}")
    if not posts.first <= at.utc <= last:
        return table.abstain("integrity", "outside_span", span=span)
    deletions = record.log("deleted_posts")
    logged = record.account.platform == "x" or (deletions is not None and deletions.file is not None)
    return table.weighed("integrity.absent" if logged else "integrity.absent_unlogged", record.grade, span=span)


def weigh_number(act: Act, grade: Grade, table: Table) -> Iterator[Item]:
    """Weigh whether the number in the reported address was made at the reported time.

    Parameters
    ----------
    act
        The contested act.
    grade
        Capture grade of what shows the address.
    table
        The weights.

    Notes
    -----
    A number on X holds its time in milliseconds in its upper bits ("snowflake"). The reported time is only as
    precise as it was written, and a screenshot's clock may be off by minutes. The number of somebody else's post that
    was liked or shared says only that the act came later.
    """
    number = reported_id(act)
    made = snowflake_time(number) if number else None
    if made is None or act.at is None:
        return
    zone = act.at.at.tzinfo
    if is_of_others(act) and made < act.at.ends + TIME_SLACK:
        return
    if act.at.covers(made, TIME_SLACK):
        yield table.weighed("integrity.id_fits", grade, act_time=moment_words(act.at.at))
    else:
        yield table.weighed(
            "integrity.id_misfit",
            grade,
            id_time=moment_words(made, zone),
            act_time=moment_words(act.at.at),
            gap=span_words(abs(made - act.at.utc)),
        )
