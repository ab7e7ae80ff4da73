"""The files that a case states, and those that lie in its folder."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, get_args

from telusur.domain.act import Act
from telusur.domain.errors import BadInput
from telusur.domain.evidence import SourceKind, Supplier
from telusur.domain.text import Text, is_whole
from telusur.domain.writing import KnownWriting
from telusur.dossier.case import DocumentFact, ReadFact, Source
from telusur.dossier.case_folder import KEPT, is_listed, tidy, unusable, walk
from telusur.dossier.document import Place
from telusur.dossier.known_writing import read_known_writing
from telusur.evidence import shown

_KINDS: Final[tuple[SourceKind, ...]] = get_args(SourceKind)
_SUPPLIERS: Final[tuple[Supplier, ...]] = get_args(Supplier)
_DOCUMENT_FACTS: Final[tuple[DocumentFact, ...]] = get_args(DocumentFact)
_FIELDS: Final = ("path", "kind", "supplied_by", "taken_before_officer", "facts")

#: How a file of known writing ends.
_LINES: Final = ".jsonl"

#: A folder named by mistake should not fill the dossier with names.
_MOST_NAMED = 20


def usable_path(place: Place, folder: Path) -> str | None:
    """Give the path that stands in a place, if it can be used."""
    if not place.is_given("a path within the case folder, for instance evidence/screenshot.png"):
        return None
    written = place.words()
    if written is None:
        return None
    why_not = unusable(folder, written)
    if why_not is not None:
        place.fault(why_not)
        return None
    return tidy(written)


def read_sources(place: Place, folder: Path, notes: list[Text]) -> tuple[Source, ...]:
    """Give the sources that a case lists.

    Parameters
    ----------
    place
        The field ``sources``.
    folder
        The case folder.
    notes
        Where the notes go.
    """
    sources: dict[str, Source] = {}
    for item in place.items():
        if not item.is_given("a source, with `path`, `kind` and `supplied_by`") or not item.has_fields(_FIELDS):
            continue
        path = usable_path(item["path"], folder)
        kind = item["kind"].choice(_KINDS) if item["kind"].is_given(f"one of {', '.join(_KINDS)}") else None
        supplier = item["supplied_by"].choice(_SUPPLIERS)
        before_officer = item["taken_before_officer"].flag()
        facts = tuple(_document_facts(item["facts"]))
        if path is None:
            continue
        if path in sources:
            item["path"].fault(f"{path!r} stands twice; keep one")
        if item["supplied_by"].value is None:
            notes.append(
                Text(
                    f"{path}: perkara tidak menyebut siapa yang menyerahkannya",
                    f"{path}: the case does not say who supplied it",
                )
            )
        sources[path] = Source(path, kind, supplier, before_officer, facts)
    return tuple(sources.values())


def _document_facts(place: Place) -> Iterator[ReadFact]:
    # One reader of the whole document may be named once, beside the facts.
    if not place.has_fields((*_DOCUMENT_FACTS, "read_by")):
        return
    reader = place["read_by"].name()
    for name in _DOCUMENT_FACTS:
        fact = place[name]
        if fact.value is None:
            continue
        value, read_by = fact, reader
        if isinstance(fact.value, Mapping):
            fact.has_fields(("value", "read_by"))
            value = fact["value"]
            read_by = fact["read_by"].name() or reader
        told = place["read_by"].value is not None or (fact is not value and fact["read_by"].value is not None)
        if not told:
            fact["read_by"].missing("does not say who read it; write {value: ..., read_by: name of the person}")
        if not value.is_given("what the document says"):
            continue
        found = value.name() if name == "device_of" else value.moment()
        if found is not None and read_by is not None:
            yield ReadFact(name, found, read_by)


def add_unlisted(sources: Sequence[Source], acts: Sequence[Act], folder: Path, notes: list[Text]) -> tuple[Source, ...]:
    """Give the sources with the files that no source lists, but that an act names or that are known writing."""
    listed = {source.path for source in sources}
    named = {path: None for act in acts for path in act.evidence if not is_listed(path, listed)}
    notes.extend(
        Text(
            f"{path}: disebut oleh suatu perbuatan, tetapi tidak terdaftar sebagai sumber; dihitung sebagai tingkat E "
            "sampai `sources` menyebut apa itu dan siapa yang menyerahkannya",
            f"{path}: an act names it but no source lists it; it counts as grade E until `sources` says "
            "what it is and who supplied it",
        )
        for path in named
    )
    known = [
        path
        for path, mode in walk(folder, "known")
        if stat.S_ISREG(mode) and path.endswith(_LINES) and not is_listed(path, {*listed, *named})
    ]
    notes.extend(
        Text(
            f"{path}: dipakai sebagai tulisan yang diketahui, walaupun tidak disebut siapa yang menyerahkannya",
            f"{path}: taken as known writing, though no source says who supplied it",
        )
        for path in known
    )
    return (
        *sources,
        *(Source(path, None, None) for path in named),
        *(Source(path, "known_writing", None) for path in known),
    )


def read_known(
    sources: Sequence[Source], folder: Path, faults: list[BadInput], notes: list[Text]
) -> tuple[KnownWriting, ...]:
    """Give the known writing of a case: what its sources of that kind hold.

    Parameters
    ----------
    sources
        The sources of the case.
    folder
        The case folder.
    faults, notes
        Where the faults and notes go.
    """
    paths: dict[str, None] = {}
    for source in sources:
        if source.kind != "known_writing":
            continue
        within = [source.path]
        if (folder / source.path).is_dir():
            within = [path for path, mode in walk(folder, source.path) if stat.S_ISREG(mode)]
        for path in within:
            if path.endswith(_LINES):
                paths[path] = None
            else:
                notes.append(
                    Text(
                        f"{path}: tulisan yang diketahui hanya dibaca dari berkas {_LINES}; tidak dibandingkan",
                        f"{path}: known writing is read from {_LINES} files only; it was not compared",
                    )
                )
    return tuple(text for path in paths for text in read_known_writing(folder / path, str(folder / path), faults))


def look_around(top: Place, sources: Sequence[Source], folder: Path, notes: list[Text]) -> None:
    """Note the files that nothing lists; a link or device among the evidence is a fault.

    Parameters
    ----------
    top
        The whole ``case.yaml``.
    sources
        The sources of the case.
    folder
        The case folder.
    notes
        Where the notes go.
    """
    stated = {*_stated(top), *(source.path for source in sources)}
    unlisted = []
    folders = [source.path for source in sources if (folder / source.path).is_dir()]
    seen = {}
    for part in (*KEPT, *folders):
        if (folder / part).is_symlink():
            seen[part] = stat.S_IFLNK
        seen.update(walk(folder, part))
    named = set(_stated(top))
    for path, mode in seen.items():
        if not is_whole(path) and not is_listed(path, named):
            where = shown(str(folder / path))
            top.faults.append(BadInput("its name holds bytes that are not UTF-8; rename it", where=where))
        elif stat.S_ISREG(mode):
            if not is_listed(path, stated):
                unlisted.append(path)
        elif path not in stated:
            what = "a symbolic link; put the file itself there" if stat.S_ISLNK(mode) else "a pipe or device; remove it"
            top.faults.append(BadInput(f"is {what}", where=str(folder / path)))
    notes.extend(
        Text(
            f"{path}: tidak terdaftar sebagai sumber; tidak diperiksa",
            f"{path}: no source lists it; it was not looked at",
        )
        for path in unlisted[:_MOST_NAMED]
    )
    more = len(unlisted) - _MOST_NAMED
    if more > 0:
        notes.append(
            Text(
                f"{more} berkas lain yang tidak terdaftar sebagai sumber tidak diperiksa",
                f"{more} more files that no source lists were not looked at",
            )
        )


def _stated(top: Place) -> Iterator[str]:
    for source in _list(top["sources"].value):
        yield from _path(source.get("path")) if isinstance(source, Mapping) else ()
    for act in _list(top["acts"].value):
        for path in _list(act.get("evidence")) if isinstance(act, Mapping) else ():
            yield from _path(path)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _path(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield tidy(value)
