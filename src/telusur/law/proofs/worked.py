"""Whether the worked examples that rules name are there, and hold."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from telusur.law.examples import examples
from telusur.law.model import Catalogue
from telusur.law.proofs.expected import Expected
from telusur.law.proofs.finding import Finding, Places


def worked(catalogue: Catalogue, folder: Traversable, at: Places) -> Iterator[Finding]:
    """Give rules that name an example nobody wrote, and examples that the catalogue answers otherwise."""
    held = examples(folder) if folder.joinpath("examples").is_dir() else {}
    for rule in catalogue.rules.values():
        for name in rule.examples:
            if name not in held:
                yield at.finding("examples", rule.id, f"names the example {name}, which is not there; write it")
    for one in held.values():
        if not Expected.of(one).held_in(catalogue):
            says = "the catalogue answers otherwise than it expects; correct the rule or the example"
            yield at.finding("examples", one.id, says, one.facts)
