"""What the program that sent the post tells."""

from records import ANDROID, IPHONE, act, ago, event, post, record
from telusur.domain.proposition import Proposition
from telusur.tracing import client
from telusur.tracing.bearing import table
from telusur.tracing.item import Abstained, Item

LINKED, OTHER, TAKEN_OVER = Proposition.LINKED_APP, Proposition.OTHER_WITH_ACCESS, Proposition.TAKEN_OVER
APP = "SebarOtomatis"


def only(program, given):
    [one] = client.weigh(act().at, program, given, table())
    return one


def connected(at, *, permissions=("read", "write"), name=APP):
    return event("app_connected", at, new=name, permissions=permissions)


def test_the_usual_program_speaks_against_a_linked_application():
    item = only(ANDROID, record())
    assert item.code == "session.client_habitual"
    assert item.weights[LINKED].upper < 0


def test_an_application_connected_days_ago_that_sent_the_post_speaks_for_itself():
    item = only(APP, record(connected(ago(days=5)), client=APP))
    assert item.code == "session.client_is_new_app"
    assert item.weights[LINKED].lower > 0
    assert "5 days" in item.what.en


def test_an_application_long_in_use_tells_less_than_a_new_one():
    posts = [post(ago(days=d, hours=5), client=APP) for d in range(1, 60)]
    item = only(APP, record(connected(ago(days=200)), *posts, client=APP))
    assert item.code == "session.client_is_habitual_app"
    new = table().rows["session.client_is_new_app"].weights[LINKED]
    assert item.weights[LINKED].log10_lr < new[0]


def test_an_application_that_may_only_read_cannot_have_sent_it():
    assert only(APP, record(connected(ago(days=5), permissions=("read",)))).code == "session.client_unlisted"


def test_an_application_connected_after_the_act_cannot_have_sent_it():
    assert only(APP, record(connected(ago(days=-2)))).code == "session.client_unlisted"


def test_an_unlisted_application_once_used_is_neither_new_nor_a_habit():
    answer = only(APP, record(post(ago(days=30), client=APP)))
    assert isinstance(answer, Abstained)
    assert "rarely used (1 of the" in answer.reason.en


def test_an_application_whose_leave_has_no_date_is_not_called_unlisted():
    answer = only(APP, record(connected(None), client=APP))
    assert isinstance(answer, Abstained)
    assert "since when it had leave" in answer.reason.en


def test_a_program_of_the_platform_never_used_before_speaks_for_somebody_else():
    item = only(IPHONE, record(client=IPHONE))
    assert item.code == "session.client_new"
    assert item.weights[OTHER].log10_lr > 0


def test_posts_of_the_last_week_are_no_habit():
    recent = [post(ago(days=d, hours=1), client=IPHONE) for d in (1, 2, 3, 4, 5, 6)]
    assert only(IPHONE, record(*recent, client=IPHONE)).code == "session.client_new"


def test_a_program_that_one_device_names_is_the_platform_s_own():
    device = event("device_added", ago(days=1), client="X untuk Kulkas", until=ago(days=-1))
    assert only("X untuk Kulkas", record(device)).code == "session.client_new"


def test_few_posts_show_no_habit():
    answer = only(ANDROID, record(days=10))
    assert not isinstance(answer, Item)
    assert "at least 20" in answer.reason.en


def test_a_record_without_the_program_says_so():
    assert "does not name" in only(None, record()).reason.en
