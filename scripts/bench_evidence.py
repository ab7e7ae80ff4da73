"""Evidence against its peers and against the bare work it has to do: ratios within one run, on one core.

The ledger is measured against pymerkle (bench group only: it is under the GPL) on SQLite, and against nothing but
hashing and nothing but syncing. CPU time, but where the disk is what is waited for; each line says which.

A section is a function from `Scale` to its lines; `SECTIONS` lists them.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from rich.console import Console
from rich.table import Table

from telusur.evidence import Database, bundle, ledger, open_sqlite, signing, vault
from telusur.evidence.ledger.entry import written

CORE: Final = 0
#: Acts of an import that share a commit.
BATCH: Final = 2048
AT: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Scale:
    """How much is measured, and where files may lie.

    Parameters
    ----------
    quick
        Small sizes, to see that it runs.
    folder
        Empty; each section makes its own files in it.
    """

    quick: bool
    folder: Path

    def __call__(self, full: int, quick: int) -> int:
        """Give one of two sizes."""
        return quick if self.quick else full


@dataclass(frozen=True)
class Line:
    """Two things measured in turns, and the bound between them.

    Parameters
    ----------
    what, peer
        Ours, and what it is compared with.
    clock
        Which time.
    ours, theirs
        Seconds for one of a kind, one figure a round.
    bound
        Of ``theirs / ours`` if `faster`, else of ``ours / theirs``; ``None`` where nothing was promised.
    faster
        Whether we are to be that many times as fast; otherwise we may take that many times as long.
    """

    what: str
    peer: str
    clock: Literal["CPU", "wall"]
    ours: Sequence[float]
    theirs: Sequence[float]
    bound: float | None
    faster: bool

    @property
    def ratios(self) -> list[float]:
        """Give the ratio of each round."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return [their / our if self.faster else our / their for our, their in pairs]

    @property
    def reached(self) -> bool:
        """Whether the middle ratio keeps the bound."""
        middle = statistics.median(self.ratios)
        return self.bound is None or (middle >= self.bound if self.faster else middle <= self.bound)


def note(text: str) -> None:
    """Say on stderr how far it is."""
    print(text, file=sys.stderr, flush=True)


def cpu(work: Callable[[], object]) -> float:
    """Give the CPU seconds of a piece of work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def wall(work: Callable[[], object]) -> float:
    """Give the seconds that a piece of work takes, waiting included."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


# The ledger


def acts(count: int, start: int = 0) -> list[ledger.Act]:
    """Make acts as an import of files enters them: who, which case, which file."""
    return [
        ledger.Act("intake", AT, f"officer-{n % 7}", case=f"case-{n // 100}", object=sha256(b"%d" % n).hexdigest())
        for n in range(start, start + count)
    ]


def new_book(path: Path) -> ledger.Ledger:
    """Make an empty ledger with full sync."""
    db = Database(open_sqlite(path))
    ledger.create(db)
    return ledger.Ledger(db)


def fill(book: ledger.Ledger, given: Sequence[ledger.Act], batch: int) -> None:
    """Append acts, so many a transaction."""
    for at in range(0, len(given), batch):
        with book.db.transaction():
            book.append(given[at : at + batch])


def appending(scale: Scale) -> Iterator[Line]:
    """Append in batches, beside pymerkle on SQLite, both with full sync."""
    import pymerkle  # noqa: PLC0415 - of the bench group alone

    rounds, count, theirs = scale(7, 3), scale(20_480, 4_096), scale(300, 40)
    book = new_book(scale.folder / "ours.db")
    tree = pymerkle.SqliteTree(str(scale.folder / "theirs.db"))
    many = pymerkle.SqliteTree(str(scale.folder / "many.db"))
    mine: dict[str, list[float]] = {"CPU": [], "wall": []}
    other: dict[str, list[float]] = {"CPU": [], "wall": []}
    bulk: list[float] = []
    for turn in range(rounds):
        given = acts(count, turn * count)
        bodies = [entry.body for entry in written(given[:theirs], 0)[0]]
        whole = [entry.body for entry in written(given, 0)[0]]

        def ours(given: Sequence[ledger.Act] = given) -> None:
            fill(book, given, BATCH)

        def alone(bodies: Sequence[bytes] = bodies) -> None:
            for body in bodies:
                tree.append_entry(body)

        def at_once(whole: Sequence[bytes] = whole) -> None:
            for at in range(0, len(whole), BATCH):
                many.append_entries(whole[at : at + BATCH])

        for each, work, done in ((mine, ours, count), (other, alone, theirs)):
            spent, begun = time.process_time(), time.perf_counter()
            work()
            each["CPU"].append((time.process_time() - spent) / done)
            each["wall"].append((time.perf_counter() - begun) / done)
        bulk.append(wall(at_once) / count)
    roots_agree(book)
    yield Line(
        f"append {BATCH} acts a commit, synced", "pymerkle, each", "wall", mine["wall"], other["wall"], 100, faster=True
    )
    yield Line("the same", "pymerkle, each", "CPU", mine["CPU"], other["CPU"], None, faster=True)
    yield Line("the same", "pymerkle, bulk of bare bytes", "wall", mine["wall"], bulk, None, faster=True)


def roots_agree(book: ledger.Ledger) -> None:
    """See that both build the same tree from the same bytes."""
    import pymerkle  # noqa: PLC0415 - of the bench group alone

    peer = pymerkle.InmemoryTree()
    for entry in book.entries(0, 1000):
        peer.append_entry(entry.body)
    if bytes(peer.get_root()) != book.root(1000):
        raise SystemExit("pymerkle and the ledger have different roots over the same entries")


def single(scale: Scale) -> Iterator[Line]:
    """One act a transaction beside a transaction that writes one number, in turns on one disk."""
    rounds = scale(400, 40)
    book = new_book(scale.folder / "single.db")
    fill(book, acts(1000), 1000)
    signed = new_book(scale.folder / "signed.db")
    signing.create(signed.db)
    log = signing.Log(signed.db, signed, signing.SigningKey.make(signing.new_origin()))
    with signed.db.transaction():
        log.begin(AT, "officer")
    fill(signed, acts(1000), 1000)
    bare = Database(open_sqlite(scale.folder / "bare.db"))
    bare.execute("CREATE TABLE number (n INTEGER)")
    bare.execute("INSERT INTO number VALUES (0)")
    given = acts(rounds, 1000)

    def empty() -> None:
        with bare.transaction():
            bare.execute("UPDATE number SET n = n + 1")

    def one(act: ledger.Act) -> None:
        with book.db.transaction():
            book.append([act])

    def one_signed(act: ledger.Act) -> None:
        with signed.db.transaction():
            signed.append([act])
            log.sign(AT)

    nothing, append, sign = [], [], []
    for act in given:
        nothing.append(wall(empty))
        append.append(wall(lambda act=act: one(act)))  # type: ignore[misc]
        sign.append(wall(lambda act=act: one_signed(act)))  # type: ignore[misc]
    # The middle of ten neighbours: a disk that is busy with others is busy with all three.
    tens = [middles(figures, rounds // 10) for figures in (append, sign, nothing)]
    yield Line("one act, synced", "an empty synced transaction", "wall", tens[0], tens[2], 2, faster=False)
    yield Line(
        "one act and its signed head, synced", "an empty synced transaction", "wall", tens[1], tens[2], 2, faster=False
    )


def middles(figures: Sequence[float], width: int) -> list[float]:
    """Give the middle figure of each run of neighbours."""
    return [statistics.median(figures[at : at + width]) for at in range(0, len(figures), width)]


def verifying(scale: Scale) -> Iterator[Line]:
    """Recomputing a ledger of a million entries beside the hashing alone; proofs in it."""
    size, rounds = scale(1_000_000, 20_000), scale(3, 2)
    book = new_book(scale.folder / "million.db")
    for at in range(0, size, 10_000):
        fill(book, acts(10_000, at), 10_000)
    note(f"a ledger of {size:,} entries, {(scale.folder / 'million.db').stat().st_size / 2**20:,.0f} MiB")
    checked, hashed, leaves = [], [], []
    for _ in range(rounds):
        checked.append(cpu(lambda: sound(book)) / size)
        of_all, of_tree = hashing(book, size)
        hashed.append(of_all / size)
        leaves.append(of_tree / size)
    yield Line(f"verify {size:,} entries", "their hashing alone", "CPU", checked, hashed, 3, faster=False)
    yield Line("the same", "hashing of the tree alone, no commitments", "CPU", checked, leaves, None, faster=False)
    places = [(n * 7_919) % size for n in range(50)]
    # Five milliseconds are the bound: a peer that takes exactly so long.
    proofs = [cpu(lambda: book.inclusion(at)) for at in places]  # noqa: B023 - called at once
    yield Line(f"inclusion proof at {size:,}", "5 ms", "CPU", proofs, [0.005] * len(proofs), 1, faster=False)
    heads = [cpu(book.root) for _ in places]
    yield Line(f"root at {size:,}", "5 ms", "CPU", heads, [0.005] * len(heads), None, faster=False)


def sound(book: ledger.Ledger) -> None:
    """Check the whole ledger, which has to hold."""
    if not ledger.check(book.db).holds:
        raise SystemExit("the ledger does not hold")


def hashing(book: ledger.Ledger, size: int) -> tuple[float, float]:
    """Give the CPU seconds of all SHA-256 that a check needs, and of those of the tree; reading is not counted."""
    of_tree = of_commitments = 0.0
    level: list[bytes] = []
    for at in range(0, size, 4096):
        rows = book.db.rows(
            "SELECT e.body, o.actor, o.case_id, o.object, o.salts FROM ledger_entry e JOIN ledger_opening o "
            "ON o.seq = e.seq WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq",
            (at, min(at + 4096, size)),
        )
        bodies = [b"\0" + row[0] for row in rows]
        given = [b"telusur/commitment/1\0" + row[4][32 * n : 32 * n + 32] + bytes(32) for row in rows for n in range(3)]
        begun = time.process_time()
        level += [sha256(body).digest() for body in bodies]
        of_tree += time.process_time() - begun
        begun = time.process_time()
        for commitment in given:
            sha256(commitment).hexdigest()
        of_commitments += time.process_time() - begun
    begun = time.process_time()
    while len(level) > 1:
        last = level[-1:] if len(level) % 2 else []
        pairs = iter(level)
        level = [sha256(b"\1" + one + two).digest() for one, two in zip(pairs, pairs, strict=False)] + last
    of_tree += time.process_time() - begun
    return of_tree + of_commitments, of_tree


# The vault


def storing(scale: Scale) -> Iterator[Line]:
    """Hash, encrypt and store files, beside a plain loop that does as much and keeps no account of it."""
    rounds = scale(7, 3)
    yield from stored("a file", 0.7, scale.folder / "one", 1, scale(256, 32), rounds)
    many = scale(40, 4)
    yield from stored(f"{many} files, each with its row,", None, scale.folder / "many", many, 1, rounds)


def stored(what: str, bound: float | None, folder: Path, count: int, size: int, rounds: int) -> Iterator[Line]:
    """Store so many files of so many MiB, in turns with the plain loop: who is first finds the disk at rest."""
    folder.mkdir()
    db = Database(open_sqlite(folder / "store.db"))
    vault.create(db)
    kept = vault.Vault(db, folder, os.urandom(32))
    kept.put("first", io.BytesIO(b""))
    sources = [folder / f"source-{number}" for number in range(count)]

    def ours() -> None:
        for source in sources:
            kept.put("case", source)

    def theirs() -> None:
        for source in sources:
            plainly(source, source.with_suffix(".sealed"))

    spent: dict[Callable[[], None], list[tuple[float, float]]] = {ours: [], theirs: []}
    for turn in range(rounds):
        for source in sources:
            source.write_bytes(os.urandom(size << 20))
            source.with_suffix(".sealed").unlink(missing_ok=True)
        for work in (ours, theirs) if turn % 2 else (theirs, ours):
            cpu_begun, wall_begun = time.process_time(), time.perf_counter()
            work()
            taken = time.process_time() - cpu_begun, time.perf_counter() - wall_begun
            spent[work].append((taken[0] / (count * size), taken[1] / (count * size)))
        kept.destroy("case")
    for place, clock in enumerate(("CPU", "wall")):
        yield Line(
            f"store {what} of {size} MiB, per MiB",
            "SHA-256, AES-GCM, write, fsync",
            "CPU" if clock == "CPU" else "wall",
            [one[place] for one in spent[ours]],
            [one[place] for one in spent[theirs]],
            bound,
            faster=True,
        )


def plainly(source: Path, place: Path) -> None:
    """Hash, encrypt, write and sync a file as a loop of a few lines does it."""
    digest, cipher = sha256(), AESGCM(os.urandom(32))
    with source.open("rb") as given, place.open("wb") as taken:
        for number in itertools.count():
            if not (chunk := given.read(1 << 20)):
                break
            digest.update(chunk)
            taken.write(cipher.encrypt(number.to_bytes(12, "big"), chunk, None))
        taken.flush()
        os.fsync(taken.fileno())


def bundling(scale: Scale) -> Iterator[Line]:
    """``verify.sh`` over a bundle of 100 files, scattered over a log of a million entries; and its twin in Python."""
    size, files, rounds = scale(1_000_000, 20_000), scale(100, 10), scale(5, 2)
    book = new_book(scale.folder / "scattered.db")
    pieces = []
    for number in range(files):
        content = b"invented %d" % number
        digest = sha256(content).hexdigest()
        act = ledger.Act("seal", AT, "petugas", case="K-bundle", object=digest, detail={"name": f"{number}.txt"})
        with book.db.transaction():
            [entry] = book.append([act])
        pieces.append(bundle.Piece(entry.seq, f"{number}.txt", digest, len(content), "E", partial(io.BytesIO, content)))
        fill(book, acts(size // files - 1, number * (size // files)), 10_000)
    key = signing.SigningKey.make()
    note_of = signing.sign(signing.Checkpoint(key.name, book.size(), book.root()).text(), [key])
    records = [
        bundle.Record(one.seq, book.entry(one.seq).body, tuple(book.inclusion(one.seq)), book.openings(one.seq))
        for one in pieces
    ]
    contents = bundle.Contents("K-bundle", tuple(pieces), tuple(records), note_of, key)
    made = bundle.make(contents, scale.folder / "bundle").folder
    note(f"a bundle of {files} files in a log of {book.size():,} entries")
    by_script = [children(["sh", str(made / "verify.sh"), key.fingerprint]) for _ in range(rounds)]
    by_program = [cpu(lambda: bundle.verify(made, key.fingerprint)) for _ in range(rounds)]
    one_second = [1.0] * rounds
    yield Line(f"verify.sh, {files} files", "one second", "CPU", by_script, one_second, 1, faster=False)
    yield Line("the same in Python", "one second", "CPU", by_program, one_second, None, faster=False)


def children(command: Sequence[str]) -> float:
    """Give the CPU seconds of a program and all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the script of this project
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


SECTIONS: Final[tuple[Callable[[Scale], Iterator[Line]], ...]] = (appending, single, verifying, storing, bundling)


def show(lines: Iterable[Line]) -> None:
    """Print the table; what misses its bound is marked."""
    shown = Table(title="Evidence, one core", title_justify="left", show_edge=False)
    for name in ("measured", "beside", "time", "ours, µs", "theirs, µs", "ratio (min - max)", "bound", ""):
        shown.add_column(name, justify="right" if name in ("ours, µs", "theirs, µs", "ratio (min - max)") else "left")
    for line in lines:
        ratios = line.ratios
        sign = "at least" if line.faster else "at most"
        shown.add_row(
            line.what,
            line.peer,
            line.clock,
            f"{1e6 * statistics.median(line.ours):,.1f}",
            f"{1e6 * statistics.median(line.theirs):,.1f}",
            f"{statistics.median(ratios):,.2f} ({min(ratios):,.2f} - {max(ratios):,.2f})",
            f"{sign} {line.bound:g}" if line.bound else "",
            ("reached" if line.reached else "NOT REACHED") if line.bound else "",
        )
    Console(width=170).print(shown)


def main() -> None:
    """Measure section after section, and print one table; ends well whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--only", choices=[section.__name__ for section in SECTIONS], help="one section")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {CORE if CORE in os.sched_getaffinity(0) else min(os.sched_getaffinity(0))})
    lines: list[Line] = []
    for section in SECTIONS:
        if asked.only in (None, section.__name__):
            note(section.__name__)
            with tempfile.TemporaryDirectory(prefix="bench-evidence-") as folder:
                lines += section(Scale(asked.quick, Path(folder)))
    show(lines)
    print(f"peer: pymerkle {version('pymerkle')}")


if __name__ == "__main__":
    main()
