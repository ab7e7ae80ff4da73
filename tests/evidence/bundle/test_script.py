"""The tests would notice if any check of ``verify.sh`` were gone: without it, an altered bundle passes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from bundle_alterations import ALL, World, cover_up
from bundle_lab import SCRIPT, by_script

_LATER = "n = n"
#: A piece of the script, what it becomes, and the alteration (and who covers it up) that passes then.
GONE: list[tuple[str, str, str, str]] = [
    ('die "nama / name"', ":", "a_file_hides", "office"),
    ("! -type f ! -type d -o ", "", "a_pipe_is_added", "office"),
    ("-name '.?*' -o ", "", "a_file_hides", "office"),
    (" -o -name '*[!A-Za-z0-9._-]*'", "", "a_folder_is_odd", "office"),
    ('die "berkas / files: $m"', ":", "manifest_in_another_order_signed_by_the_office", "bare"),
    ("|| die tag$m", "|| :", "a_file_is_added_beside", "bare"),
    (
        'die "kunci lain, tanya kantornya / another key, ask the office itself: $found"',
        ":",
        "everything_is_signed_with_another_key",
        "other",
    ),
    ('die "tanda tangan / signature: proof/seal.sig"', ":", "a_byte_of_the_seal_alone", "bare"),
    ('die "bentuk / form of $note"', ":", "checkpoint_with_a_line_more", "office"),
    ("| cmp -s - $note && [ $# = 3 ]", "| cat >/dev/null && [ $# = 3 ]", "checkpoint_with_a_line_more", "office"),
    ('die "tanda tangan / signature: $note"', ":", "checkpoint_of_another_size", "office"),
    ("&& die $s", "&& :", "salts_have_more_words", "office"),
    ("!($4 in sum) { exit 1 }", "", "salts_open_nothing", "office"),
    ("!(p in shown)) exit 1", f"!(p in shown)) {_LATER}", "a_file_is_added", "office"),
    ("(data|proof\\/open)", "(data)", "salts_lack_that_of_a_detail", "office"),
    ('>"$t/bytes" || die $s', '>"$t/bytes" || :', "a_file_is_added", "office"),
    ("FNR > 1 || ", "", "the_only_entry_has_two_lines", "office"),
    ('|| !index(e[f] = $0, "\\"seq\\":" f ",")', "|| !(e[f] = $0)", "the_only_entry_has_another_number", "office"),
    ('"\\"")) exit 1; got', f'"\\"")) {_LATER}; got', "a_byte_of_a_file_of_the_case", "office"),
    ('"case") in got)) exit 1', f'"case") in got)) {_LATER}', "salts_lack_that_of_a_case", "office"),
    ('die "proof/entries, $s"', ":", "a_byte_of_a_file_of_the_case", "office"),
    ('die "bukti / proof: tlog-proof"', ":", "a_proof_brings_another_checkpoint", "office"),
    ('"$t/way" && die "bukti / proof"', '"$t/way" && :', "a_hash_of_a_proof_has_bits_to_spare", "office"),
    (
        'if (fn > sn || p != "" && !sn) exit 1',
        'if (p != "" && !sn) exit 1',
        "the_only_entry_stands_behind_the_end",
        "office",
    ),
    ('|| p != "" && !sn', "", "the_only_proof_is_longer_than_the_tree", "office"),
    ('"root", 1]) exit 1', f'"root", 1]) {_LATER}', "two_proofs_change_places_with_their_numbers", "office"),
    ("if (sn || $1", "if ($1", "the_only_proof_is_shorter_than_the_tree", "office"),
    ('die "bukti / proof"; do', ":; do", "two_proofs_change_places_with_their_numbers", "office"),
    ('die "$f"', ":", "a_stamp_is_of_another_document", "office"),
    (
        "-data $note -in",
        "-queryfile proof/stamps/1.tsq -in",
        "a_stamp_and_its_request_are_of_another_document",
        "office",
    ),
]
#: What remains is said twice: without it, a later check refuses the same bundles in other words.
SAID_TWICE = (
    "die hash", "|| die log.vkey", "&& [ $# = 3 ]", '[ "$h" = c2sp.org/tlog-proof@v1 ]', '|| die "$p"',
)  # fmt: skip


def _altered(name: str, way: str, world: World, folder: Path) -> tuple[Path, bool]:
    [one] = [each for each in ALL if each.name == name]
    bundle = folder / "bundle"
    shutil.copytree(world.bundle, bundle)
    one.alter(bundle, world, random.Random(0))
    cover_up(bundle, way, world)
    return bundle, one.roots


@pytest.mark.parametrize(
    ("check", "instead", "name", "way"), GONE, ids=[f"{row[2]}-{at}" for at, row in enumerate(GONE)]
)
def test_without_a_check_something_altered_would_pass(
    check: str, instead: str, name: str, way: str, world: World, roots: Path, tmp_path: Path
) -> None:
    text = SCRIPT.read_text()
    assert text.count(check) == 1, "the script has changed; name the check anew"
    weakened = tmp_path / "verify.sh"
    weakened.write_text(text.replace(check, instead))
    bundle, with_roots = _altered(name, way, world, tmp_path)
    words = (world.key.fingerprint, str(roots) if with_roots else "", str(bundle))
    assert by_script(bundle, *words, script=weakened).returncode == 0
    (tmp_path / "as-it-is.sh").write_text(text)
    assert by_script(bundle, *words, script=tmp_path / "as-it-is.sh").returncode == 1
    assert by_script(world.bundle, words[0], "", str(world.bundle), script=weakened).returncode == 0


def test_every_check_of_the_script_is_among_them() -> None:
    text = SCRIPT.read_text()
    body = text[text.index("hash() {") :]
    for check, instead, *_ in GONE:
        body = body.replace(check, instead)
    for check in SAID_TWICE:
        assert check in body
        body = body.replace(check, "")
    assert "die" not in body
    # Two that have several grounds, each of which is among them.
    assert body.count("exit 1") == 2
