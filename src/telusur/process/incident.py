"""An incident: what happened, with all who took part, one file each.

An order links the superior who gave it, the institution it was given in, and the staff it was given to. Being ordered
mitigates. A subordinate's file does not close while the superior's is unopened, unless somebody writes why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from telusur.domain.text import Text
from telusur.law import Concurrence, concurrence, determine
from telusur.process.file import ActOnFile, File


@dataclass(frozen=True, slots=True)
class Order:
    """An order with those on each side of it, by the ids of their cases."""

    id: str
    superiors: tuple[str, ...]
    institutions: tuple[str, ...]
    ordered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """One act that stands in two files of one person: it is not punished twice (*ne bis in idem*).

    Parameters
    ----------
    punished
        The case in which it already led to a sanction; ``None`` if in neither.
    """

    case: str
    act: str
    other_case: str
    other_act: str
    punished: str | None

    @property
    def says(self) -> Text:
        """What to do."""
        done = f" sudah dijatuhi sanksi dalam {self.punished};" if self.punished else ""
        done_en = f" was punished in {self.punished} already;" if self.punished else ""
        return Text(
            f"Perbuatan {self.act} ({self.case}) sama dengan {self.other_act} ({self.other_case});{done} satu "
            "perbuatan tidak dihukum dua kali.",
            f"Act {self.act} ({self.case}) is the same as {self.other_act} ({self.other_case});{done_en} one act is "
            "not punished twice.",
        )


@dataclass(frozen=True, slots=True)
class IncidentView:
    """What the files of one event are to each other.

    Parameters
    ----------
    before_closing
        By case: what is to be done before it closes.
    mitigated
        Cases of people who acted under an order.
    twice
        Acts that stand in two files of one person.
    """

    cases: tuple[str, ...]
    orders: tuple[Order, ...]
    before_closing: Mapping[str, tuple[Text, ...]]
    mitigated: tuple[str, ...]
    twice: tuple[Twice, ...]


def incident(files: Mapping[str, File]) -> IncidentView:
    """Say how the files of one event hang together.

    Parameters
    ----------
    files
        By the id of the case.
    """
    orders = tuple(_orders(files))
    twice = tuple(_twice(files))
    waits = {case: tuple(_before_closing(case, files, orders, twice)) for case in files}
    mitigated = tuple(case for case, file in files.items() if file.ordered)
    return IncidentView(tuple(files), orders, waits, mitigated, twice)


def together(file: File) -> Concurrence:
    """Weigh the acts of a file that the standing draft finds proven, or all of them: one sanction, the heaviest.

    Raises
    ------
    BadInput
        If no calendar covers the date of a contest.
    """
    acts = sorted(file.draft.proven) if file.draft else list(file.acts)
    return concurrence([determine(file.facts(act)) for act in acts])


def _orders(files: Mapping[str, File]) -> Iterator[Order]:
    names = dict.fromkeys(file.opened.order for file in files.values() if file.opened and file.opened.order)
    for name in names:
        held = {
            case: file.opened.order_role for case, file in files.items() if file.opened and file.opened.order == name
        }
        yield Order(
            name,
            tuple(case for case, role in held.items() if role == "superior"),
            tuple(case for case, role in held.items() if role == "institution"),
            # Who is named with an order and on neither side of it was ordered.
            tuple(case for case, role in held.items() if role in ("ordered", None)),
        )


def _before_closing(
    case: str, files: Mapping[str, File], orders: tuple[Order, ...], twice: tuple[Twice, ...]
) -> Iterator[Text]:
    file = files[case]
    if file.final:
        return
    if file.ordered and not _superior_opened(case, files, orders) and not (file.superior and file.superior.grounds):
        yield Text(
            "Perkara atasan yang memerintah belum dibuka; bukalah, atau tulis mengapa tidak, sebelum perkara ini "
            "ditutup.",
            "The case of the superior who gave the order is not opened; open it, or write why not, before this one "
            "closes.",
        )
    for one in twice:
        if case in (one.case, one.other_case):
            yield one.says


def _superior_opened(case: str, files: Mapping[str, File], orders: tuple[Order, ...]) -> bool:
    named = files[case].superior
    if named and named.case:
        other = files.get(named.case)
        return other is not None and other.opened is not None and named.case != case
    return any(order.superiors for order in orders if case in order.ordered)


def _twice(files: Mapping[str, File]) -> Iterator[Twice]:
    cases = list(files)
    for i, case in enumerate(cases):
        for other in cases[i + 1 :]:
            if files[case].respondent is None or files[case].respondent != files[other].respondent:
                continue
            for act in files[case].acts.values():
                for twin in files[other].acts.values():
                    if _same(act, twin):
                        punished = [one for one in (case, other) if _punished(files[one], act.id, twin.id)]
                        yield Twice(case, act.id, other, twin.id, next(iter(punished), None))


def _same(one: ActOnFile, other: ActOnFile) -> bool:
    a, b = one.stated, other.stated
    if a.facts.value("act.kind") != b.facts.value("act.kind"):
        return False
    if a.url is not None and a.url == b.url:
        return True
    same_time = a.when is not None and b.when is not None and a.when.covers(b.when.utc)
    return same_time and a.platform == b.platform and (a.handle or "").casefold() == (b.handle or "").casefold()


def _punished(file: File, *acts: str) -> bool:
    return file.end == "sanctioned" and file.draft is not None and bool(file.draft.proven & set(acts))
