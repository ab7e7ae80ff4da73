"""What the head says of the case, and of what the respondent says."""

import pytest

from dossier.render import example
from dossier.render.example import words
from telusur.domain.account import Account
from telusur.dossier.case import Respondent, Statement
from telusur.dossier.render.parts import glance, head
from telusur.dossier.render.speech import Speech

SAY = Speech("id")


def said(**case):
    return words(head.blocks(example.assessment(posts=1, **case), SAY))


def test_it_says_what_it_is_and_is_not_before_anything_else():
    first = next(iter(head.blocks(example.assessment(posts=1), SAY)))
    assert "tidak memutus" in words([first])
    assert "tidak menunjukkan siapa yang bertindak" in words([first])


def test_an_unnamed_respondent_is_said_to_be_unnamed():
    assert "tidak disebut dalam perkara" in said(respondent=Respondent("pns"))


def test_an_account_of_which_only_the_platform_is_known_is_said():
    assert "Facebook" in said(accounts=(Account("facebook"),))
    assert "tidak ada akun" in said(accounts=())


def test_an_order_is_named():
    assert "perintah-3" in said(order="perintah-3", incident=None)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (Statement(False), "tidak disangkal"),
        (Statement(None, ("admits",)), "belum ditanyakan"),
        (Statement(True, (), "teks", False), "sebelum uraian perbuatan diterima"),
        (Statement(), "kesempatan nyata untuk menjawab"),
    ],
)
def test_a_statement_is_said_as_it_was_made(statement, expected):
    assert expected in said(statement=statement)


def test_an_act_without_a_time_says_its_day_or_that_it_is_unknown():
    dated = example.without_account()
    text = words(glance.blocks(dated, SAY))
    assert "jam tidak diketahui" in text
    assert "tidak diketahui" in text
    assert "alamat unggahan tidak dilaporkan" in text
