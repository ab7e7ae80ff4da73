"""Letter: the decision's letter holds facts, rules, answer, attribution, and the remedy with its last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from telusur.domain.text import Text
from telusur.process.file import File
from telusur.process.gates.gate import Gate, gate, listed
from telusur.process.steps import PARTS

_WORDS = {
    "facts": Text("fakta", "the facts"),
    "rules": Text("aturan", "the rules"),
    "answer": Text("jawaban terlapor dan bagaimana ditimbang", "the answer and how it was weighed"),
    "attribution": Text("siapa yang melakukannya dan dasarnya", "who did it and on what that rests"),
    "remedy": Text("upaya hukum", "the remedy"),
}


def letter(file: File, today: date) -> Gate:
    """Say whether the letter of the standing draft holds what it must."""
    del today
    return gate("letter", _reasons(file))


def _reasons(file: File) -> Iterator[Text]:
    draft = file.draft
    if draft is None:
        yield Text("Belum ada konsep keputusan yang dapat disuratkan.", "There is no draft decision to write out.")
        return
    made = [one for one in file.letters if one.step.letter in ("decision", "clearing") and one.n > draft.n]
    if not made:
        yield Text(
            "Surat keputusan belum dibuat dari konsep yang berlaku; buatlah.",
            "No letter was made from the standing draft; make it.",
        )
    else:
        last = made[-1].step
        # Who is cleared needs no remedy.
        needed = [part for part in PARTS if part != "remedy" or draft.step.sanction]
        missing = [_WORDS[part] for part in needed if part not in last.holds]
        if missing:
            yield Text(
                f"Surat keputusan belum memuat {listed(one.id for one in missing)}; lengkapi.",
                f"The letter does not hold {listed(one.en for one in missing)}; add it.",
            )
        if draft.step.sanction and last.remedy_until is None:
            yield Text(
                "Surat keputusan belum menyebut hari terakhir upaya hukum; sebutkan.",
                "The letter does not name the last day of the remedy; name it.",
            )
    if file.untold:
        names = listed(dict.fromkeys(one.gate for one in file.untold))
        yield Text(
            f"Terlapor belum diberi tahu bahwa suatu syarat dilewati ({names}); beri tahu.",
            f"The respondent was not told that a gate was overridden ({names}); tell them.",
        )
