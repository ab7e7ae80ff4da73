"""What a statement weighs."""

from telusur.domain.proposition import ALTERNATIVES
from telusur.tracing import statement
from telusur.tracing.bearing import table
from telusur.tracing.item import Abstained, Item


def answers(*claims, signed=None):
    return list(statement.weigh(claims, signed=signed, table=table()))


def test_an_admission_supports_the_owner_and_a_signed_one_is_never_weaker():
    [plain], [signed] = answers("admits"), answers("admits", signed=True)
    for p in ALTERNATIVES:
        assert plain.weights[p].log10_lr < 0
        assert abs(signed.weights[p].floor) > abs(plain.weights[p].floor)


def test_a_denial_is_recorded_and_weighs_nothing():
    for claim in ("not_mine", "taken_over", "fabricated", "shared_device"):
        [answer] = answers(claim)
        assert isinstance(answer, Abstained)


def test_silence_is_nothing_at_all():
    assert answers() == []


def test_an_admission_alone_never_reaches_a_ban():
    [item] = answers("admits", signed=True)
    assert isinstance(item, Item)
    assert all(abs(w.log10_lr) < 1 for w in item.weights.values())
