"""What nobody gets past: every view asks who comes, and no page, file, cookie, log or address says too much."""

from __future__ import annotations

import ast
import io
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as office_settings
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import transaction
from django.test import Client

import telusur.office
from office.walking import ANYBODY, NIP, NO_ROLE, Walk, everybody, some, views, walk
from telusur.office import policies
from telusur.office.models import Exhibit, User
from telusur.office.policies import PUBLIC
from telusur.office.setup import roles

pytestmark = pytest.mark.django_db
SOURCE = Path(telusur.office.__file__).parent
GOLDEN = Path(__file__).parent / "access.golden.txt"
PASSWORD = "sebuah kata sandi panjang"  # of the tests' own people

#: Views of others, or that need nobody's permission, each with its reason.
EXEMPT = {
    "language": "changes how pages are shown to this browser, and nothing else",
    "allauth.": "decides by itself who may enter: logging in and out, one's own password and second factor",
}
#: Whom an act favours is a fact of a case that the law asks for; nothing may list, filter or count people by it.
LEANING = re.compile(
    r"benefi|contestant|leaning|favou?r|candidate|campaign|\btarget|party|paslon|calon|kandidat|kontestan|partai"
    r"|memihak|keberpihak|untung|dukung|kubu",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def walking(django_db_setup, django_db_blocker):
    def go(*args, **kwargs):
        with django_db_blocker.unblock(), transaction.atomic():
            found = walk(*args, **kwargs)
            transaction.set_rollback(True)
        return found

    return go


@pytest.fixture(scope="module")
def walked(walking) -> Walk:
    return walking(some(), every_act=False)


# -- Who may enter --


def test_every_view_says_what_it_needs():
    unsaid = [
        (name, pattern.callback.__module__)
        for name, pattern in views()
        if not hasattr(pattern.callback, "permission")
        and name not in EXEMPT
        and not any(pattern.callback.__module__.startswith(one) for one in EXEMPT if one.endswith("."))
    ]
    assert unsaid == []


def test_every_permission_that_a_view_needs_is_somebodys():
    own, in_procedure = policies.roles()
    given = {one for role in own.values() for one in role.may} | in_procedure | {PUBLIC}
    needed = {getattr(pattern.callback, "permission", PUBLIC) for _, pattern in views()}
    assert needed <= given


def collapsed(names: set[str]) -> str:
    """Write roles shortly: a whole group as ``group/*``."""
    said = sorted(names - roles.known())
    for group in roles.groups():
        here = names & set(group.roles)
        said += [f"{group.id}/*"] if here == set(group.roles) else sorted(here)
    return ", ".join(said)


def table(walked: Walk) -> str:
    """Write who gets in where, and what everybody else is told."""
    lines = []
    for where in dict.fromkeys(one.where for one in walked.visits):
        said = {}
        for one in walked.visits:
            if (one.where, one.method) == (where, "GET"):
                said.setdefault(one.outcome, set()).add(one.role)
        told = "; ".join(f"{outcome}: {collapsed(names)}" for outcome, names in sorted(said.items()))
        lines.append(f"{where} -- {told}")
    return "\n".join(lines) + "\n"


def agreed() -> dict[tuple[str, str], str]:
    """Read the table: what a role meets at a place."""
    found = {}
    for line in GOLDEN.read_text("utf-8").splitlines():
        where, told = line.split(" -- ")
        for part in told.split("; "):
            outcome, names = part.split(": ")
            for name in names.split(", "):
                group = [one for one in roles.known() if one.startswith(name[:-1])] if name.endswith("/*") else [name]
                found |= {(where, one): outcome for one in group}
    return found


def test_who_gets_in_where_is_as_it_was_agreed(walked):
    table = agreed()
    met = [one for one in walked.visits if one.method == "GET"]
    other = [(one.where, one.role, one.outcome) for one in met if table.get((one.where, one.role)) != one.outcome]
    assert other == []


@pytest.mark.long
def test_every_role_meets_at_every_act_what_was_agreed(walking):
    found = table(walking(everybody(), every_act=True))
    if os.environ.get("TELUSUR_GOLDEN") == "write":
        GOLDEN.write_text(found, "utf-8")
    assert found.splitlines() == GOLDEN.read_text("utf-8").splitlines()


def test_no_page_breaks_for_anybody(walked):
    assert [(one.address, one.role) for one in walked.visits if one.status >= 500 and one.view != "ready"] == []


def test_whoever_may_not_look_may_not_send_either(walked):
    refused = {(one.view, one.procedure, one.role) for one in walked.visits if one.method == "POST"}
    assert len(refused) > 100
    passed = [one for one in walked.visits if one.method == "POST" and one.outcome not in ("login", "403")]
    assert [(one.view, one.role, one.status) for one in passed] == []


def test_without_a_login_only_public_pages_open(walked):
    public = {name for name, pattern in views() if getattr(pattern.callback, "permission", None) == PUBLIC}
    entered = {
        one.view for one in walked.visits if one.role in (ANYBODY, NO_ROLE) and one.outcome in ("open", "led on")
    }
    assert entered <= public | {"language"}


def test_a_role_of_one_procedure_opens_no_case_of_another(walked):
    crossed = [
        one
        for one in walked.visits
        if one.procedure and not one.role.startswith("office/") and one.role not in (ANYBODY, NO_ROLE)
        if one.role.split("/")[0] != one.procedure and one.outcome == "open"
    ]
    assert crossed == []


def test_the_administrator_sees_no_case(walked):
    opened = {one.view for one in walked.visits if one.role == "office/administrator" and one.outcome == "open"}
    assert not {one for one in opened if one.split(":")[0] in ("desk", "letters", "intake")} - {
        "intake:report",
        "intake:follow",
    }


# -- Nobody is sorted by whom they favour --


def test_no_route_and_no_model_field_is_about_whom_an_act_favours():
    addresses = [f"{name} {pattern.pattern}" for name, pattern in views()]
    fields = [
        f"{model.__name__}.{one.name}"
        for model in apps.get_app_config("office").get_models()
        for one in model._meta.get_fields()
    ]
    assert [one for one in (*addresses, *fields) if LEANING.search(one)] == []


#: Where the self-check asks a reader about their own plans: nothing of it is stored, and it is about nobody.
ASKS_READERS = "public"


def python_files():
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_no_list_is_filtered_ordered_or_counted_by_it():
    """Look at every keyword of a query, and every parameter that a list reads from its address."""
    found = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in ("filter", "exclude", "order_by", "values", "values_list", "annotate", "aggregate"):
                names = [one.arg or "" for one in node.keywords]
                names += [
                    one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                # What a step or a report says is stored as one document; no query looks into it.
                inside = [one for one in names if re.match(r"(.*__)?(body|told|result|asked)__", one)]
                found += [(path.name, one) for one in (*inside, *(one for one in names if LEANING.search(one)))]
            source = ast.unparse(node.func.value)
            if node.func.attr in ("get", "getlist") and source.endswith((".GET", "wanted", "asked")) and node.args:
                name = node.args[0]
                if isinstance(name, ast.Constant) and LEANING.search(str(name.value)):
                    found.append((path.name, name.value))
    assert found == []


def test_no_search_form_and_no_exported_table_names_it(walked):
    """Look at what forms that search send, and at the heads of tables, on pages and in files."""
    found = []
    for one in walked.visits:
        if one.headers.get("Content-Type", "").startswith("text/csv"):
            found += [(one.view, word) for word in LEANING.findall(one.body.splitlines()[0])] if one.body else []
    for one in walked.pages:
        if one.outcome != "open" or one.view.startswith(f"{ASKS_READERS}:"):
            continue
        for form in re.findall(r"<form(?![^>]*method=.post)[^>]*>.*?</form>", one.body, re.DOTALL):
            found += [(one.view, name) for name in re.findall(r'name="([^"]*)"', form) if LEANING.search(name)]
        found += [
            (one.view, head)
            for head in re.findall(r"<th[^>]*scope=.col[^>]*>([^<]*)", one.body)
            if LEANING.search(head)
        ]
    assert found == []


# -- What every answer carries --


def test_every_page_says_what_the_browser_may_not_do(walked):
    for one in walked.visits:
        held = one.headers
        policy = held["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        if one.is_page:
            assert "script-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "form-action 'self'" in policy
        assert "camera=()" in held["Permissions-Policy"]
        assert held["X-Frame-Options"] == "DENY"
        assert held["X-Content-Type-Options"] == "nosniff"
        assert held["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert held["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_cookie_can_be_read_by_a_script_or_sent_by_another_site(walked):
    seen = {name: held for one in walked.visits for name, held in one.cookies.items()}
    assert "csrftoken" in seen
    assert all(held["httponly"] and held["samesite"] in ("Lax", "Strict") for held in seen.values()), seen


class Inline(HTMLParser):
    """Collects what a policy without "unsafe-inline" would refuse."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.found += [(tag, name) for name in held if name.startswith(("on", "hx-on")) or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in held):
            self.found.append((tag, "inline"))
        self.found += [
            (tag, value) for value in held.values() if (value or "").strip().lower().startswith("javascript:")
        ]


def test_no_page_holds_inline_script_or_style(walked):
    found = set()
    for one in walked.pages:
        looked = Inline()
        looked.feed(one.body)
        found |= {(one.view, *what) for what in looked.found}
    assert found == set()


def test_no_template_holds_inline_script_or_style():
    wrong = re.compile(
        r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)|javascript:|hx-on", re.IGNORECASE
    )
    found = [
        (str(path.relative_to(SOURCE)), match[0])
        for path in (SOURCE / "templates").rglob("*.html")
        for match in wrong.finditer(path.read_text("utf-8"))
    ]
    assert found == []


# -- Numbers and codes --


def test_no_log_line_holds_a_number_or_a_code(walked):
    assert "Not Found" in walked.log
    assert "Forbidden" in walked.log
    assert not re.search(r"\d{6,}", walked.log)
    assert NIP not in walked.log


def test_no_address_holds_a_number_a_code_or_a_name(walked):
    addresses = {one.address for one in walked.visits}
    for one in walked.pages:
        addresses |= set(re.findall(r'(?:href|action|src|hx-[a-z]+)="(?!data:|https?:)([^"]*)"', one.body))
    held = [*walked.codes, NIP]
    assert len(addresses) > 60
    ids = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}"
    for address in addresses:
        bare = re.sub(ids, "", address)
        assert not any(one in address for one in held), address
        assert not re.search(r"\d{12,}|Terlapor|contoh_pegawai", bare), address


def test_the_number_is_masked_wherever_it_is_not_asked_for(walked):
    shown = {one.view for one in walked.pages if NIP in re.sub(r"\D", "", one.body) or NIP in one.body}
    assert shown <= {"letters:preview"}, shown


# -- Logging in --


def test_a_password_is_kept_as_a_slow_hash(walked):
    assert walked.passwords
    assert all(one.startswith("pbkdf2_sha256$") and int(one.split("$")[1]) >= 600_000 for one in walked.passwords)


def enter(client, username, password=PASSWORD):
    return client.post("/masuk/login/", {"login": username, "password": password})


def test_after_five_wrong_passwords_the_right_one_waits_too(person):
    user = person(username="petugas-a")
    client = Client()
    for _ in range(5):
        answer = enter(client, "petugas-a", "salah sama sekali")
    assert enter(client, "petugas-a").status_code in (403, 429)
    locked = enter(client, "petugas-a").text
    assert "Terlalu banyak percobaan" in locked
    assert "_auth_user_id" not in client.session
    assert "petugas-a" not in answer.text.replace('value="petugas-a"', "")
    other = person(username="petugas-b", factor=False)
    assert enter(Client(), "petugas-b").status_code == 302
    assert other.pk != user.pk


def test_a_login_gets_a_session_of_its_own(person):
    """A session that somebody slipped in before the login opens nothing afterwards."""
    person(username="petugas-a", factor=False)
    client = Client()
    session = client.session
    session["slipped"] = "in"
    session.save()
    before = session.session_key
    client.cookies[office_settings.SESSION_COOKIE_NAME] = before
    enter(client, "petugas-a")
    assert client.session.session_key != before
    slipped = Client()
    slipped.cookies[office_settings.SESSION_COOKIE_NAME] = before
    assert "_auth_user_id" not in slipped.session


def test_with_a_second_factor_the_password_alone_opens_nothing(person):
    person("bawaslu-general/reviewer", username="petugas-a")
    client = Client()
    assert enter(client, "petugas-a").headers["Location"].startswith("/masuk/2fa/authenticate/")
    assert client.get("/meja/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path",
    ["email/", "confirm-email/", "login/code/confirm/", "password/set/", "password/reset/done/"],
)
def test_what_allauth_brings_for_mail_is_not_here(path, client):
    assert client.get(f"/masuk/{path}").status_code == 404
    assert client.post("/masuk/password/reset/", {"email": "a@example.org"}).status_code == 404
    assert client.get("/masuk/password/reset/").status_code == 200


def test_nobody_signs_up(client):
    sent = {"username": "baru", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/masuk/signup/", sent)
    assert not User.objects.exists()


# -- Files --


def test_no_file_that_somebody_sent_is_shown_by_the_browser(walked):
    views = {"desk:original", "intake:report_original"}
    sent = [one for one in walked.visits if one.view in views and one.status == 200]
    assert {one.view for one in sent} == views
    for one in sent:
        assert one.headers["Content-Disposition"].startswith("attachment")
        assert one.headers["Content-Type"] == "application/octet-stream"
        assert one.headers["Content-Security-Policy"].startswith("sandbox")
        assert "no-store" in one.headers["Cache-Control"]


def test_no_address_serves_the_folders_of_files():
    assert office_settings.MEDIA_URL in ("", "/")
    assert not any(str(office_settings.OFFICE.objects).startswith(str(one)) for one in (office_settings.STATIC_ROOT,))
    assert Exhibit._meta.get_field("sha256").get_internal_type() == "CharField"  # no file field, hence no `.url`


#: Views that show or hand out evidence, letters or a number: each time one of them opens, an entry says so.
TOUCHES = {
    "desk:evidence_bundle",
    "desk:exhibit",
    "desk:original",
    "intake:report_file",
    "intake:report_original",
    "letters:show",
}


def test_every_view_that_touches_evidence_enters_it_in_the_ledger_and_no_other_look_does(walked):
    looked = [one for one in walked.visits if one.method == "GET" and one.status == 200]
    assert {one.view for one in looked} >= TOUCHES
    assert {one.view for one in looked if one.view in TOUCHES and one.entered != 1} == set()
    assert {one.view for one in looked if one.view not in TOUCHES and one.entered} == set()
    assert not any(one.entered for one in walked.visits if one.status in (302, 403, 404))


def test_every_page_that_shows_evidence_says_its_grade_and_what_integrity_does_not_show(walked):
    pages = [one for one in walked.visits if one.view in ("desk:exhibit", "intake:report_file") and one.status == 200]
    assert pages
    for page in pages:
        assert "tidak menunjukkan siapa yang melakukannya" in page.body
        assert "Tingkat" in page.body


# -- The settings as a whole --

#: What Django's own check for deployment still says, and why it stands.
EXPLAINED = {
    "security.W005": "subdomains are another office's to decide",
    "security.W008": "nothing answers without TLS beyond this machine, so nothing is redirected",
    "security.W021": "to be in the browsers' preload list is not this program's to ask for",
}


def test_django_finds_nothing_wrong_that_is_not_explained(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    found = {one.id for one in run_checks(include_deployment_checks=True)}
    assert found <= set(EXPLAINED), found - set(EXPLAINED)
    assert {one.id for one in run_checks(tags=[Tags.security])} == set()


def test_the_tables_are_as_the_migrations_make_them():
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())
