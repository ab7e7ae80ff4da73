"""Whatever is altered in a bundle is refused, by the program and by the script alike; what is unaltered holds."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from bundle_alterations import Alteration, World, cover_up, each
from bundle_lab import both

_EACH = [pytest.param(one, way, id=f"{one.name}-{way}") for one, way in each()]
#: The strongest way of each, and a few of the others.
_FAST = [one for at, one in enumerate(_EACH) if one.values[1] == one.values[0].ways[-1] or at % 9 == 0]
_ROUNDS = 12


def _tree(folder: Path) -> dict[str, bytes | None]:
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() and not p.is_symlink() else None
            for p in folder.rglob("*")}  # fmt: skip


def altered(one: Alteration, way: str, world: World, folder: Path, seed: object) -> Path:
    bundle = folder / "bundle"
    rng = random.Random(f"{one.name} {way} {seed}")
    before = _tree(world.bundle)
    # Some changes change nothing, or are undone when they are covered up.
    while not bundle.exists() or _tree(bundle) == before:
        shutil.rmtree(bundle, ignore_errors=True)
        shutil.copytree(world.bundle, bundle)
        one.alter(bundle, world, rng)
        if not (way == "other" and one.name == "a_byte_of_the_seal"):
            cover_up(bundle, way, world)
    return bundle


@pytest.mark.parametrize(("one", "way"), _FAST)
def test_an_altered_bundle_is_refused(one: Alteration, way: str, world: World, roots: Path, tmp_path: Path) -> None:
    bundle = altered(one, way, world, tmp_path, 0)
    assert not both(bundle, world.key.fingerprint, roots if one.roots else None)


@pytest.mark.long
@pytest.mark.parametrize(("one", "way"), _EACH)
def test_however_it_is_altered_it_is_refused(
    one: Alteration, way: str, world: World, roots: Path, tmp_path: Path
) -> None:
    for seed in range(1, _ROUNDS + 1):
        (tmp_path / str(seed)).mkdir()
        bundle = altered(one, way, world, tmp_path / str(seed), seed)
        shell = ("dash", "bash")[seed % 2]
        assert not both(bundle, world.key.fingerprint, roots if one.roots else None, shell), seed
        shutil.rmtree(tmp_path / str(seed))


def test_more_than_five_thousand_are_tried() -> None:
    assert len(_EACH) * _ROUNDS >= 5000
