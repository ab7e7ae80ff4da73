"""Ways to alter a bundle, by what they touch; each is applied as a stranger would, or as the office itself could.

An alteration is a function that changes a copy of a bundle. `ways` says by whom it may be covered up:

bare      nothing else is changed
listed    both manifests are written anew, as anyone can
other     they are also signed, with a key that is not the office's
office    they are signed with the office's own key: only proofs, checkpoint and timestamps stand against that
"""

# ruff: noqa: ARG005 - all ways of one kind are called alike, and few need everything
from __future__ import annotations

import base64
import hashlib
import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bundle_lab import manifest_anew, seal_anew
from telusur.evidence import ledger, signing

PROOFS = "proof/entries"
NOTE = "proof/checkpoint.note"
SALTS = "proof/salts.txt"
VKEY = "proof/log.vkey"
TAGS = "tagmanifest-sha256.txt"
MANIFEST = "manifest-sha256.txt"
SEAL = "proof/seal.sig"


@dataclass(frozen=True)
class World:
    """What an alteration may take from elsewhere."""

    bundle: Path
    other_case: Path
    other_log: Path
    older_note: bytes
    key: signing.SigningKey
    other_key: signing.SigningKey
    evil_reply: bytes
    request_for_other: bytes
    reply_for_other: bytes


Alter = Callable[[Path, World, random.Random], None]


@dataclass
class Alteration:
    name: str
    alter: Alter
    ways: tuple[str, ...] = ("bare", "listed", "other")
    roots: bool = False


ALL: list[Alteration] = []
STRANGER = ("bare", "listed", "other")
DEEP = (*STRANGER, "office")


def alteration(*ways: str, roots: bool = False) -> Callable[[Alter], Alter]:
    def keep(alter: Alter) -> Alter:
        ALL.append(Alteration(alter.__name__, alter, ways or STRANGER, roots))
        return alter

    return keep


def cover_up(bundle: Path, way: str, world: World) -> None:
    if way == "listed":
        manifest_anew(bundle)
    elif way in {"other", "office"}:
        seal_anew(bundle, world.key if way == "office" else world.other_key)


def each() -> Iterator[tuple[Alteration, str]]:
    for one in ALL:
        for way in one.ways:
            yield one, way


# What any byte is


def _files(bundle: Path, pattern: str = "*") -> list[Path]:
    return sorted(p for p in bundle.rglob(pattern) if p.is_file())


def _bitten(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content))
    how = rng.choice(("flip", "flip", "flip", "drop", "double", "cut", "add"))
    if how == "flip":
        return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]
    if how == "drop":
        return content[:at] + content[at + 1 :]
    if how == "double":
        return content[: at + 1] + content[at:]
    return content[:at] if how == "cut" else content + bytes([rng.randrange(256)])


def _bite(path: Path, rng: random.Random) -> None:
    content = path.read_bytes()
    bitten = _bitten(content, rng)
    while bitten == content:
        bitten = _bitten(content, rng)
    path.write_bytes(bitten)


@alteration()
def a_byte_of_any_file(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(rng.choice(_files(bundle)), rng)


@alteration(*DEEP)
def a_byte_of_a_file_of_the_case(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(rng.choice(_files(bundle / "data")), rng)


@alteration(*DEEP)
def a_byte_of_an_entry(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(rng.choice(_files(bundle / PROOFS, "*.json")), rng)


@alteration(*DEEP)
def a_byte_of_a_proof(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(rng.choice(_files(bundle / PROOFS, "*.tlog-proof")), rng)


@alteration(*DEEP)
def a_byte_of_the_checkpoint(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(bundle / NOTE, rng)


@alteration(*DEEP)
def a_byte_of_the_checkpoint_and_its_copies(bundle: Path, world: World, rng: random.Random) -> None:
    _note(bundle, _bitten((bundle / NOTE).read_bytes(), rng))


@alteration(*DEEP)
def a_digit_of_a_salt(bundle: Path, world: World, rng: random.Random) -> None:
    content = (bundle / SALTS).read_text()
    at = rng.choice([m.start() + rng.randrange(64) for m in re.finditer(r"[0-9a-f]{64}", content)])
    digit = rng.choice([d for d in "0123456789abcdef" if d != content[at]])
    (bundle / SALTS).write_text(content[:at] + digit + content[at + 1 :])


@alteration(*DEEP)
def a_byte_of_an_opened_text(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(rng.choice([*_files(bundle / "proof/open"), bundle / "proof/case.txt"]), rng)


@alteration("listed", "other")
def a_byte_of_the_seal(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(bundle / SEAL, rng)


@alteration("bare")
def a_byte_of_the_seal_alone(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(bundle / SEAL, rng)


@alteration(*STRANGER)
def a_byte_of_the_key(bundle: Path, world: World, rng: random.Random) -> None:
    _bite(bundle / VKEY, rng)


# Files


@alteration(*STRANGER)
def a_file_is_gone(bundle: Path, world: World, rng: random.Random) -> None:
    rng.choice(_files(bundle)).unlink()


@alteration("office")
def a_proof_is_gone(bundle: Path, world: World, rng: random.Random) -> None:
    rng.choice([*_files(bundle / PROOFS), bundle / NOTE, bundle / SALTS, bundle / VKEY]).unlink()


@alteration(*DEEP)
def a_file_is_added(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / "data" / rng.choice(("zusatz.txt", "A", "tangkapan.PNG"))).write_bytes(b"added")


@alteration(*STRANGER)
def a_file_is_added_beside(bundle: Path, world: World, rng: random.Random) -> None:
    name = rng.choice(("catatan.txt", "proof/open/99.detail.txt", "tagmanifest-sha512.txt", "proof/seal-sig"))
    (bundle / name).write_bytes(b"added")


@alteration(*DEEP)
def a_file_hides(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / rng.choice((".hidden", "data/.hidden", "proof/.x", "proof/entries/..."))).write_bytes(b"hidden")


@alteration(*DEEP)
def a_name_is_odd(bundle: Path, world: World, rng: random.Random) -> None:
    odd = (
        "a b.txt",
        "caf\u00e9.txt",
        "x\ny",
        "x\r",
        "-rf\\x",
        "*",
        "x;y",
        "$(x)",
        b"\xff".decode("utf-8", "surrogateescape"),
    )
    (bundle / "data" / rng.choice(odd)).write_bytes(b"odd")


@alteration(*DEEP)
def a_folder_hides(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / rng.choice((".git", "data/.x", "a b"))).mkdir()


@alteration(*DEEP)
def a_folder_is_odd(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / rng.choice(("a b", "data/b;c", "caf\u00e9"))).mkdir()


@alteration(*DEEP)
def a_file_becomes_a_link(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_files(bundle))
    away = bundle.parent / f"away-{path.name}"
    path.rename(away)
    path.symlink_to(away if rng.random() < 0.5 else os.path.relpath(away, path.parent))


@alteration(*DEEP)
def a_link_is_added(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / "data/tautan").symlink_to(rng.choice(("/etc/hostname", "nowhere", "..", "tangkapan.png")))


@alteration(*DEEP)
def a_pipe_is_added(bundle: Path, world: World, rng: random.Random) -> None:
    os.mkfifo(bundle / "data/pipa")


@alteration(*STRANGER)
def two_files_change_places(bundle: Path, world: World, rng: random.Random) -> None:
    one, two = rng.sample(_files(bundle / "data"), 2)
    swapped = two.read_bytes()
    two.write_bytes(one.read_bytes())
    one.write_bytes(swapped)


@alteration("office")
def two_files_change_places_but_not_their_salts(bundle: Path, world: World, rng: random.Random) -> None:
    two_files_change_places(bundle, world, rng)


@alteration(*STRANGER)
def a_file_is_renamed(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_files(bundle))
    path.rename(path.with_name(rng.choice((f"x{path.name}", path.name.swapcase(), f"{path.name}.txt"))))


@alteration("office")
def a_file_of_the_case_is_renamed(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_files(bundle / "data"))
    path.rename(path.with_name(path.name.swapcase()))


@alteration(*DEEP)
def a_file_is_another_cases(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_files(bundle / "data"))
    path.write_bytes(rng.choice(_files(world.other_case / "data")).read_bytes())


# Manifests


def _rewritten(name: str, rewrite: Callable[[bytes, random.Random], bytes], *, office: bool) -> Alter:
    def alter(bundle: Path, world: World, rng: random.Random) -> None:
        path = bundle / name
        path.write_bytes(rewrite(path.read_bytes(), rng))
        if office:
            if name == MANIFEST:
                manifest = path.read_bytes()
                manifest_anew(bundle)
                path.write_bytes(manifest)
                _retag(bundle)
            (bundle / SEAL).write_bytes(world.key.sign((bundle / TAGS).read_bytes()))

    return alter


def _retag(bundle: Path) -> None:
    digest = hashlib.sha256((bundle / MANIFEST).read_bytes()).hexdigest()
    content = re.sub(rb"[0-9a-f]{64}  manifest-", f"{digest}  manifest-".encode(), (bundle / TAGS).read_bytes())
    (bundle / TAGS).write_bytes(content)


def _shuffled(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(reversed(lines))


_REWRITES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "in_another_order": _shuffled,
    "with_crlf": lambda content, rng: content.replace(b"\n", b"\r\n"),
    "without_its_last_newline": lambda content, rng: content[:-1],
    "with_a_line_twice": lambda content, rng: content + content.splitlines(keepends=True)[0],
    "with_a_line_less": lambda content, rng: b"".join(content.splitlines(keepends=True)[1:]),
    "in_capitals": lambda content, rng: re.sub(rb"^[0-9a-f]+", lambda m: m[0].upper(), content, flags=re.MULTILINE),
    "with_one_space": lambda content, rng: content.replace(b"  ", b" "),
    "with_stars": lambda content, rng: content.replace(b"  ", b" *"),
    "with_dots": lambda content, rng: content.replace(b"  ", b"  ./"),
    "with_a_line_that_leads_out": lambda content, rng: content + b"0" * 64 + b"  ../x\n",
    "with_an_empty_line": lambda content, rng: content + b"\n",
    "with_a_byte_order_mark": lambda content, rng: b"\xef\xbb\xbf" + content,
    "of_nothing": lambda content, rng: b"",
}
for _name, _rewrite in _REWRITES.items():
    for _file in (MANIFEST, TAGS):
        for _office in (False, True):
            _who = "_signed_by_the_office" if _office else ""
            ALL.append(
                Alteration(
                    f"{_file.split('-')[0]}_{_name}{_who}", _rewritten(_file, _rewrite, office=_office), ("bare",)
                )
            )


@alteration("bare")
def the_tag_manifest_is_gone(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / TAGS).unlink()


@alteration("bare")
def the_seal_is_gone(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / SEAL).unlink()


# Proofs


def _proofs(bundle: Path) -> list[Path]:
    return _files(bundle / PROOFS, "*.tlog-proof")


def _hash_lines(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    head, rest = path.read_text().split("\n\n", 1)
    lines = head.split("\n")
    path.write_text("\n".join([*lines[:2], *change(lines[2:])]) + "\n\n" + rest)


@alteration(*DEEP)
def two_proofs_change_places(bundle: Path, world: World, rng: random.Random) -> None:
    one, two = rng.sample(_proofs(bundle), 2)
    swapped = two.read_bytes()
    two.write_bytes(one.read_bytes())
    one.write_bytes(swapped)


@alteration(*DEEP)
def two_proofs_change_places_with_their_numbers(bundle: Path, world: World, rng: random.Random) -> None:
    one, two = rng.sample(_proofs(bundle), 2)
    first, second = one.read_text(), two.read_text()
    one.write_text(re.sub(r"index \d+", f"index {one.stem}", second))
    two.write_text(re.sub(r"index \d+", f"index {two.stem}", first))


@alteration(*DEEP)
def two_entries_change_places(bundle: Path, world: World, rng: random.Random) -> None:
    one, two = rng.sample(_files(bundle / PROOFS, "*.json"), 2)
    swapped = two.read_bytes()
    two.write_bytes(one.read_bytes())
    one.write_bytes(swapped)


@alteration(*DEEP)
def an_entry_takes_another_number(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_proofs(bundle))
    number = rng.choice((int(path.stem) + 1, int(path.stem) + (1 << 40), 0))
    entry = path.with_suffix(".json")
    body = entry.read_text().replace(f'"seq":{path.stem},', f'"seq":{number},')
    path.with_name(f"{number}.tlog-proof").write_text(path.read_text().replace(f"index {path.stem}", f"index {number}"))
    path.with_name(f"{number}.json").write_text(body)
    path.unlink()
    entry.unlink()
    salts = re.sub(rf"^{path.stem} ", f"{number} ", (bundle / SALTS).read_text(), flags=re.MULTILINE)
    (bundle / SALTS).write_text(salts)


@alteration(*DEEP)
def the_hashes_of_a_proof_turn_round(bundle: Path, world: World, rng: random.Random) -> None:
    _hash_lines(rng.choice(_proofs(bundle)), lambda lines: lines[::-1])


@alteration(*DEEP)
def a_proof_has_a_hash_less(bundle: Path, world: World, rng: random.Random) -> None:
    at = rng.choice((0, -1))
    _hash_lines(
        rng.choice(_proofs(bundle)), lambda lines: [line for i, line in enumerate(lines) if i != at % len(lines)]
    )


@alteration(*DEEP)
def a_proof_has_a_hash_more(bundle: Path, world: World, rng: random.Random) -> None:
    more = base64.b64encode(rng.choice((b"\0" * 32, rng.randbytes(32)))).decode()
    _hash_lines(rng.choice(_proofs(bundle)), lambda lines: [*lines, more] if rng.random() < 0.5 else [more, *lines])


@alteration(*DEEP)
def a_proof_has_very_many_hashes(bundle: Path, world: World, rng: random.Random) -> None:
    _hash_lines(rng.choice(_proofs(bundle)), lambda lines: lines * 30)


@alteration(*DEEP)
def a_hash_of_a_proof_is_written_otherwise(bundle: Path, world: World, rng: random.Random) -> None:
    changes: tuple[Callable[[str], str], ...] = (
        lambda line: line[:-2] + chr(ord(line[-2]) + 1) + "=",
        lambda line: line[:-1],
        lambda line: line + "=",
        lambda line: f" {line}",
        lambda line: f"{line}\r",
        lambda line: line.replace(line[5], "-"),
        lambda line: base64.b64encode(base64.b64decode(line)[:31]).decode(),
    )
    change = rng.choice(changes)
    _hash_lines(rng.choice(_proofs(bundle)), lambda lines: [change(lines[0]), *lines[1:]])


@alteration(*DEEP)
def a_proof_brings_extra_data(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_proofs(bundle))
    path.write_text(path.read_text().replace("\nindex", "\nextra AAAA\nindex"))


@alteration(*DEEP)
def a_proof_is_written_otherwise(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_proofs(bundle))
    content = path.read_text()
    path.write_text(
        rng.choice(
            (
                content.replace("@v1", "@v2"),
                content.replace("index ", "index 0"),
                content.replace("\n", "\r\n"),
                content[:-1],
                content + "\n",
                content.replace("\n\n", "\n\n\n", 1),
                content.replace("index ", "index +"),
            )
        )
    )


@alteration(*DEEP)
def a_proof_brings_another_checkpoint(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_proofs(bundle))
    path.write_bytes(path.read_bytes().replace((bundle / NOTE).read_bytes(), world.older_note))


@alteration(*DEEP)
def a_proof_is_from_another_log(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_proofs(bundle))
    content = rng.choice(_proofs(world.other_log)).read_text()
    path.write_text(re.sub(r"index \d+", f"index {path.stem}", content))


@alteration(*DEEP)
def the_hashes_of_a_proof_are_from_another_log(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_proofs(bundle))
    foreign = rng.choice(_proofs(world.other_log)).read_text().split("\n\n")[0].split("\n")[2:]
    _hash_lines(path, lambda lines: foreign)


@alteration(*DEEP)
def entries_and_proofs_are_from_another_log(bundle: Path, world: World, rng: random.Random) -> None:
    for path in _files(bundle / PROOFS):
        path.unlink()
    for path in _files(world.other_log / PROOFS):
        (bundle / PROOFS / path.name).write_bytes(path.read_bytes())
    (bundle / SALTS).write_bytes((world.other_log / SALTS).read_bytes())


@alteration(*DEEP)
def an_entry_is_made_up(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_files(bundle / PROOFS, "*.json"))
    path.write_text(path.read_text().replace('"at":"2026', '"at":"2025'))


@alteration(*DEEP)
def an_entry_ends_with_a_newline(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_files(bundle / PROOFS, "*.json"))
    path.write_bytes(path.read_bytes() + b"\n")


@alteration(*DEEP)
def an_entry_is_empty(bundle: Path, world: World, rng: random.Random) -> None:
    rng.choice(_files(bundle / PROOFS, "*.json")).write_bytes(b"")


@alteration(*DEEP)
def a_hash_of_a_proof_has_bits_to_spare(bundle: Path, world: World, rng: random.Random) -> None:
    _hash_lines(
        rng.choice(_proofs(bundle)), lambda lines: [lines[0][:-2] + chr(ord(lines[0][-2]) + 1) + "=", *lines[1:]]
    )


# Logs that the office itself has forged: whatever is wrong with them, their hashes and signatures are right


def _forged(
    bundle: Path,
    world: World,
    body: Callable[[str], str],
    *,
    name: str = "0",
    size: int = 1,
    before: bytes | None = None,
) -> None:
    """Make the bundle one of a log of a single entry, or of one behind another."""
    for path in (*_files(bundle / PROOFS), *_files(bundle / "proof/open"), *_files(bundle / "data")[1:]):
        path.unlink()
    [file] = _files(bundle / "data")
    salt = b"s" * 32
    case = ledger.commit((bundle / "proof/case.txt").read_bytes(), salt).hex()
    content = body(f'"case":"{case}","object":"{ledger.commit(file.read_bytes(), salt).hex()}"').encode()
    lines = [f"{name} {salt.hex()} case proof/case.txt\n", f"{name} {salt.hex()} object data/{file.name}\n"]
    (bundle / SALTS).write_text("".join(lines))
    (bundle / PROOFS / f"{name}.json").write_bytes(content)
    root = ledger.leaf_hash(content)
    root = root if before is None else ledger.node_hash(before, root)
    note = signing.sign(signing.Checkpoint(world.key.name, size, root).text(), [world.key])
    (bundle / NOTE).write_bytes(note)
    proof = signing.ProofFile(int(name), () if before is None else (before,), note)
    (bundle / PROOFS / f"{name}.tlog-proof").write_bytes(proof.to_bytes())


@alteration("office")
def the_only_entry_has_another_number(bundle: Path, world: World, rng: random.Random) -> None:
    _forged(bundle, world, lambda told: f'{{{told},"seq":1,"v":1}}')


@alteration("office")
def the_only_entry_has_two_lines(bundle: Path, world: World, rng: random.Random) -> None:
    _forged(bundle, world, lambda told: f'{{"seq":0,\n{{{told},"seq":0,"v":1}}')


@alteration("office")
def the_only_entry_is_no_object(bundle: Path, world: World, rng: random.Random) -> None:
    _forged(bundle, world, lambda told: f'[{told},"seq":0,"v":1]')


@alteration("office")
def the_only_entry_stands_behind_the_end(bundle: Path, world: World, rng: random.Random) -> None:
    _forged(bundle, world, lambda told: f'{{{told},"seq":3,"v":1}}', name="3")


@alteration("office")
def the_only_proof_is_longer_than_the_tree(bundle: Path, world: World, rng: random.Random) -> None:
    _forged(bundle, world, lambda told: f'{{{told},"seq":0,"v":1}}', before=b"b" * 32)


@alteration("office")
def the_only_proof_is_shorter_than_the_tree(bundle: Path, world: World, rng: random.Random) -> None:
    _forged(bundle, world, lambda told: f'{{{told},"seq":0,"v":1}}', size=2)


@alteration("office")
def the_only_proof_is_gone(bundle: Path, world: World, rng: random.Random) -> None:
    _forged(bundle, world, lambda told: f'{{{told},"seq":0,"v":1}}')
    (bundle / PROOFS / "0.tlog-proof").unlink()


@alteration("office")
def there_is_a_proof_without_an_entry(bundle: Path, world: World, rng: random.Random) -> None:
    path = rng.choice(_proofs(bundle))
    path.with_name("99.tlog-proof").write_bytes(path.read_bytes())


# Checkpoint


def _note(bundle: Path, note: bytes) -> None:
    """Put a checkpoint in, and into all proofs."""
    before = (bundle / NOTE).read_bytes()
    (bundle / NOTE).write_bytes(note)
    for path in _proofs(bundle):
        path.write_bytes(path.read_bytes().replace(before, note))


def _text(note: bytes) -> tuple[list[str], str]:
    text, signatures = note.decode().split("\n\n", 1)
    return text.split("\n"), signatures


def _told(change: Callable[[list[str], str, World], tuple[list[str], str]]) -> Alter:
    def alter(bundle: Path, world: World, rng: random.Random) -> None:
        lines, signatures = change(*_text((bundle / NOTE).read_bytes()), world)
        _note(bundle, ("\n".join(lines) + "\n\n" + signatures).encode())

    return alter


def _signed(lines: list[str], key: signing.SigningKey, name: str | None = None) -> tuple[list[str], str]:
    text = "".join(f"{line}\n" for line in lines)
    signature = key.verify_key.id + key.sign(text.encode())
    return lines, f"\u2014 {name or key.name} {base64.b64encode(signature).decode()}\n"


_NOTES: dict[str, Callable[[list[str], str, World], tuple[list[str], str]]] = {
    "of_another_size": lambda lines, below, world: ([lines[0], str(int(lines[1]) + 1), lines[2]], below),
    "of_another_root": lambda lines, below, world: ([*lines[:2], base64.b64encode(b"r" * 32).decode()], below),
    "of_another_log": lambda lines, below, world: (["telusur/ffff", *lines[1:]], below),
    "signed_with_another_key": lambda lines, below, world: _signed(lines, world.other_key),
    "signed_with_another_key_under_both_names": lambda lines, below, world: (
        lines, below.split(" ")[0] + " " + _signed(lines, world.other_key)[1][2:]),
    "with_another_size_signed_anew": lambda lines, below, world: _signed(
        [lines[0], str(int(lines[1]) + 1), lines[2]], world.key),
    "with_another_root_signed_anew": lambda lines, below, world: _signed(
        [*lines[:2], base64.b64encode(b"r" * 32).decode()], world.key),
    "with_another_name_signed_anew": lambda lines, below, world: _signed(["telusur/ffff", *lines[1:]], world.key),
    "with_a_line_more_signed_anew": lambda lines, below, world: _signed([*lines, "more"], world.key),
    "with_a_line_more": lambda lines, below, world: ([*lines, "more"], below),
    "with_a_zero_before_the_size": lambda lines, below, world: _signed([lines[0], "0" + lines[1], lines[2]], world.key),
    "with_a_huge_size": lambda lines, below, world: _signed([lines[0], "9" * 20, lines[2]], world.key),
    "of_no_entries": lambda lines, below, world: _signed([lines[0], "0", lines[2]], world.key),
    "with_a_short_root": lambda lines, below, world: _signed([*lines[:2], lines[2][:40]], world.key),
    "with_a_root_written_otherwise": lambda lines, below, world: _signed(
        [*lines[:2], lines[2][:-2] + chr(ord(lines[2][-2]) + 1) + "="], world.key),
    "signed_twice": lambda lines, below, world: (lines, below * 2),
    "with_a_signature_less": lambda lines, below, world: (lines, ""),
    "with_a_signature_written_otherwise": lambda lines, below, world: (
        lines, below[:-3] + chr(ord(below[-3]) + 1) + "=\n"),
    "with_a_cut_signature": lambda lines, below, world: (lines, below[:-10] + "\n"),
    "with_a_hyphen_for_the_dash": lambda lines, below, world: (lines, below.replace("\u2014", "-")),
    "with_crlf": lambda lines, below, world: ([f"{line}\r" for line in lines], below.replace("\n", "\r\n")),
    "with_words_after": lambda lines, below, world: (lines, f"{below}words\n"),
    "with_words_between": lambda lines, below, world: (lines, f"words\n{below}"),
    "cut_off": lambda lines, below, world: (lines, below[:-1]),
}  # fmt: skip
#: A proof fits trees of several sizes with one root; what the office signs of the size, a bundle cannot contradict.
_NOT_FROM_WITHIN = {"with_another_size_signed_anew"}
ALL.extend(
    Alteration(f"checkpoint_{name}", _told(change), STRANGER if name in _NOT_FROM_WITHIN else DEEP)
    for name, change in _NOTES.items()
)


@alteration(*DEEP)
def the_checkpoint_is_an_older_one(bundle: Path, world: World, rng: random.Random) -> None:
    _note(bundle, world.older_note)


@alteration(*DEEP)
def the_checkpoint_is_another_logs(bundle: Path, world: World, rng: random.Random) -> None:
    _note(bundle, (world.other_log / NOTE).read_bytes())


# Keys


@alteration(*DEEP)
def the_key_is_another(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / VKEY).write_text(f"{world.other_key.vkey}\n")


@alteration("other")
def everything_is_signed_with_another_key(bundle: Path, world: World, rng: random.Random) -> None:
    lines, _ = _text((bundle / NOTE).read_bytes())
    lines, below = _signed([world.other_key.name, *lines[1:]], world.other_key)
    _note(bundle, ("\n".join(lines) + "\n\n" + below).encode())
    (bundle / VKEY).write_text(f"{world.other_key.vkey}\n")


_VKEYS: dict[str, Callable[[str], str]] = {
    "has_another_id": lambda vkey: re.sub(r"\+[0-9a-f]{8}\+", "+00000000+", vkey),
    "has_another_name": lambda vkey: vkey.replace("telusur/", "telusur/0"),
    "has_an_odd_name": lambda vkey: vkey.replace("telusur/", "telusur "),
    "is_of_another_type": lambda vkey: (
        vkey[:-44] + base64.b64encode(b"\x02" + base64.b64decode(vkey[-44:])[1:]).decode()
    ),
    "is_longer": lambda vkey: vkey[:-44] + base64.b64encode(base64.b64decode(vkey[-44:]) + b"\0\0\0").decode(),
    "is_shorter": lambda vkey: vkey[:-44] + base64.b64encode(base64.b64decode(vkey[-44:])[:-3]).decode(),
    "has_a_space": lambda vkey: f" {vkey}",
    "stands_there_twice": lambda vkey: f"{vkey}\n{vkey}",
    "is_empty": lambda vkey: "",
}


def _vkey(change: Callable[[str], str]) -> Alter:
    def alter(bundle: Path, world: World, rng: random.Random) -> None:
        (bundle / VKEY).write_text(f"{change((bundle / VKEY).read_text().strip())}\n")

    return alter


ALL.extend(Alteration(f"the_key_{name}", _vkey(change), DEEP) for name, change in _VKEYS.items())


# Salts and what they open


def _salt_lines(change: Callable[[list[str], random.Random], list[str]]) -> Alter:
    def alter(bundle: Path, world: World, rng: random.Random) -> None:
        lines = (bundle / SALTS).read_text().splitlines()
        (bundle / SALTS).write_text("".join(f"{line}\n" for line in change(lines, rng)))

    return alter


def _without(word: str) -> Callable[[list[str], random.Random], list[str]]:
    def change(lines: list[str], rng: random.Random) -> list[str]:
        gone = rng.choice([line for line in lines if f" {word} " in line])
        return [line for line in lines if line != gone]

    return change


def _exchanged(part: int) -> Callable[[list[str], random.Random], list[str]]:
    def change(lines: list[str], rng: random.Random) -> list[str]:
        rows = [line.split(" ") for line in lines]
        one, two = rng.sample([row for row in rows if row[2] == "object"], 2)
        one[part], two[part] = two[part], one[part]
        return [" ".join(row) for row in rows]

    return change


def _some(before: str, after: str) -> Callable[[list[str], random.Random], list[str]]:
    return lambda lines, rng: [re.sub(before, after, line) for line in lines]


_SALTS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "change_places": _exchanged(1),
    "exchange_their_files": _exchanged(3),
    "exchange_their_entries": _exchanged(0),
    "lack_that_of_a_file": _without("object"),
    "lack_that_of_a_case": _without("case"),
    "lack_that_of_a_detail": _without("detail"),
    "call_an_object_a_detail": _some(" object ", " detail "),
    "call_a_detail_an_object": _some(" detail ", " object "),
    "open_a_file_that_is_not_there": _some("data/", "data/x"),
    "are_in_capitals": lambda lines, rng: [line.upper() for line in lines],
    "have_crlf": _some("$", "\r"),
    "have_more_words": _some("$", " x"),
    "name_another_entry": _some(r"^(\d+)", r"9\1"),
    "have_zeros_before": _some(r"^", "0"),
    "are_shifted": lambda lines, rng: [lines[0].replace(" ", " 0", 1), *lines[1:]],
    "are_none": lambda lines, rng: [],
    "have_an_empty_line": lambda lines, rng: [*lines, ""],
}
ALL.extend(Alteration(f"salts_{name}", _salt_lines(change), DEEP) for name, change in _SALTS.items())


@alteration(*DEEP)
def a_file_is_withheld_without_its_salt_going(bundle: Path, world: World, rng: random.Random) -> None:
    rng.choice(_files(bundle / "data")).unlink()


def salts_open_nothing(bundle: Path, world: World, rng: random.Random) -> None:
    """Commit to nothing at all, as a check that takes a missing file for an empty one would see it."""
    _forged(bundle, world, lambda told: f'{{{told},"seq":0,"detail":"{_of_nothing()}","v":1}}')
    (bundle / SALTS).write_text((bundle / SALTS).read_text() + f"0 {(b's' * 32).hex()} detail proof/open/0.txt\n")


def _of_nothing() -> str:
    return hashlib.sha256(b"telusur/commitment/1\0" + b"s" * 32).hexdigest()


# The last one of the list, so that what it opens as nothing is also what the last piece is made of.
ALL.append(Alteration("salts_open_nothing", salts_open_nothing, ("office",)))


# Time


@alteration(*DEEP, roots=True)
def a_stamp_and_its_request_are_of_another_document(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / "proof/stamps/1.tsr").write_bytes(world.reply_for_other)
    (bundle / "proof/stamps/1.tsq").write_bytes(world.request_for_other)


@alteration(*DEEP, roots=True)
def a_stamp_is_of_another_document(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / "proof/stamps/1.tsr").write_bytes(world.reply_for_other)


@alteration(*DEEP, roots=True)
def a_stamp_is_of_an_authority_that_vouches_for_itself(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / "proof/stamps/1.tsr").write_bytes(world.evil_reply)


@alteration(*DEEP, roots=True)
def the_stamps_are_gone(bundle: Path, world: World, rng: random.Random) -> None:
    for path in _files(bundle / "proof/stamps"):
        path.unlink()
    (bundle / "proof/stamps").rmdir()


@alteration(*DEEP, roots=True)
def a_stamp_is_cut(bundle: Path, world: World, rng: random.Random) -> None:
    path = bundle / "proof/stamps/1.tsr"
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(len(content))])


@alteration(*DEEP, roots=True)
def a_stamp_is_added_that_is_none(bundle: Path, world: World, rng: random.Random) -> None:
    (bundle / "proof/stamps/2.tsr").write_bytes(rng.choice((b"", b"no stamp", world.evil_reply)))


@alteration("office", roots=True)
def the_stamped_checkpoint_is_a_new_one(bundle: Path, world: World, rng: random.Random) -> None:
    lines, below = _text((bundle / NOTE).read_bytes())
    _note(bundle, ("\n".join(lines) + "\n\n" + below + "\u2014 saksi.example AAAAAAAA\n").encode())
