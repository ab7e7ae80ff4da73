"""Checkpoints: three lines, each written in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.evidence.signing import Checkpoint, NoteRefused, SigningKey, open_checkpoint, sign

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
EXAMPLE = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"


def test_the_example_of_the_format_is_read() -> None:
    found = Checkpoint.parse(EXAMPLE)

    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.text() == EXAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"\n1\n{ROOT}\n",
        f"a\n1\n{ROOT}",
        "a\n1\n",
        f"a\n{ROOT}\n1\n",
        f"a\n01\n{ROOT}\n",
        f"a\n00\n{ROOT}\n",
        f"a\n+1\n{ROOT}\n",
        f"a\n-1\n{ROOT}\n",
        f"a\n 1\n{ROOT}\n",
        f"a\n1 \n{ROOT}\n",
        f"a\n1_0\n{ROOT}\n",
        f"a\n١\n{ROOT}\n",
        f"a\n1e3\n{ROOT}\n",
        f"a\n9223372036854775808\n{ROOT}\n",
        f"a\n{'9' * 5000}\n{ROOT}\n",
        f"a\n\n{ROOT}\n",
        "a\n1\n\n",
        "a\n1\nAAAA\n",
        f"a\n1\n{ROOT[:-1]}\n",
        f"a\n1\n{ROOT.replace('I=', 'J=')}\n",
        f"a\n1\n{ROOT}\nextension\n",
        f"a\n1\n{ROOT}\n\n",
        f"a\n1\n{ROOT}\n{ROOT}\n",
        f"a\n1\n{ROOT} \n",
    ],
)
def test_any_other_way_of_writing_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        Checkpoint.parse(text)


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_every_checkpoint_comes_back(size: int, root: bytes) -> None:
    made = Checkpoint("kantor/log", size, root)

    assert Checkpoint.parse(made.text()) == made


def test_a_checkpoint_of_another_log_is_refused_although_the_key_signed_it() -> None:
    key = SigningKey("kantor/log", bytes(32))
    other = Checkpoint("kantor/lain", 1, bytes(32))

    with pytest.raises(NoteRefused, match="of the log 'kantor/lain'"):
        open_checkpoint(sign(other.text(), [key]), [key.verify_key])


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    log, other = SigningKey("kantor/log", bytes(32)), SigningKey("kantor/saksi", bytes([1]) * 32)
    note = sign(Checkpoint("kantor/log", 1, bytes(32)).text(), [other])

    with pytest.raises(NoteRefused):
        open_checkpoint(note, [log.verify_key, other.verify_key])
