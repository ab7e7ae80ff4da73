"""Whether the reported account is the respondent's."""

from dataclasses import replace

from records import ACCOUNT, act, ago, event, record
from telusur.domain.account import Account
from telusur.domain.proposition import Proposition
from telusur.tracing import identity
from telusur.tracing.bearing import table
from telusur.tracing.item import Abstained

IMITATION = Proposition.IMPERSONATION


def test_the_number_decides_whose_record_it_is_whatever_the_handle():
    assert identity.is_of(record(), replace(ACCOUNT, handle="nama_baru"))
    assert not identity.is_of(record(), replace(ACCOUNT, account_id="42"))


def test_without_a_number_any_handle_the_account_ever_had_will_do():
    renamed = record(event("handle_changed", ago(days=300), old="Nama_Lama", new="contoh_pegawai"))
    assert identity.is_of(renamed, Account("x", "@nama_lama"))
    assert not identity.is_of(record(), Account("x", "orang_lain"))
    assert not identity.is_of(record(), Account("x"))


def test_a_record_of_another_platform_is_of_another_account():
    assert not identity.is_of(record(), replace(ACCOUNT, platform="facebook"))


def test_the_same_account_speaks_against_an_imitation():
    (item,) = identity.weigh_same(act(), record(), table())
    assert item.weights[IMITATION].upper < 0
    assert "1000000001" in item.what.en


def test_the_same_handle_will_do_where_no_number_is_known():
    (item,) = identity.weigh_same(act(account=replace(ACCOUNT, account_id=None)), record(), table())
    assert "@contoh_pegawai" in item.what.en


def test_an_address_with_a_handle_the_account_never_had_is_not_called_the_same():
    other = act(url="https://x.com/contoh_pegawal/status/123456789012345678")
    assert not list(identity.weigh_same(other, record(), table()))
    assert not list(identity.weigh_same(act(account=None, url=None), record(), table()))


def test_a_captured_page_does_not_show_whose_account_it_is():
    assert not list(identity.weigh_same(act(), record(kind="web_archive"), table()))


def test_a_look_alike_handle_with_another_number_speaks_for_an_imitation():
    item = identity.weigh_other(Account("x", "contoh_pegawal", "42"), record(), table())
    assert item.weights[IMITATION].lower > 0


def test_a_record_of_an_unlike_account_is_not_weighed():
    answer = identity.weigh_other(Account("x", "zzz", "42"), record(), table())
    assert isinstance(answer, Abstained)
    assert "not weighed" in answer.reason.en
