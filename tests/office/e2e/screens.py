"""People who take a case through its screens: every form is reached by a link, filled in and sent as it stands."""

from __future__ import annotations

import io
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from office.browsing import faults, press, send
from telusur import process
from telusur.office import store
from telusur.office.models import Case, Office

EXAMPLES = Path(__file__).parents[3] / "examples"
PASSPHRASE = "tiga kata rahasia"
LETTER = {"number": "800/017/CONTOH", "signer": "Pejabat Contoh", "signer_position": "Pejabat yang berwenang"}


@dataclass(frozen=True)
class Upload:
    """A file as somebody chooses it."""

    name: str
    content: bytes
    media: str = "application/pdf"

    @classmethod
    def of(cls, path: Path, media: str = "application/octet-stream") -> Upload:
        return cls(path.name, path.read_bytes(), media)

    def as_chosen(self) -> dict[str, Any]:
        return {"name": self.name, "mimeType": self.media, "buffer": self.content}


def paper(name: str) -> Upload:
    return Upload(name, f"%PDF-1.7\n{name}\n".encode())


def on(day: date) -> str:
    """Write a day as people in Indonesia type it."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def today() -> str:
    return on(timezone.localdate())


def in_days(days: int) -> str:
    return on(timezone.localdate() + timedelta(days))


def fill(page: Page, form: str, typed: Mapping[str, Any]) -> None:
    """Fill in a form by the names of its fields; a list ticks boxes or chooses files."""
    for name, value in typed.items():
        fields = page.locator(f"{form} [name='{name}']:not([type=hidden])")
        assert fields.count(), f"{page.url} asks for no {name}"
        _fill(fields, value)


def _fill(fields: Locator, value: Any) -> None:
    kind = fields.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    match kind:
        case "file":
            files = value if isinstance(value, Sequence) else [value]
            fields.first.set_input_files([one.as_chosen() for one in files])
        case "radio":
            fields.and_(fields.page.locator(f"[value='{value}']")).check()
        case "checkbox" if isinstance(value, bool):
            fields.first.set_checked(value)
        case "checkbox":
            for one in fields.all():
                one.set_checked(one.get_attribute("value") in value)
        case "select":
            fields.first.select_option(value)
        case _:
            fields.first.fill(value)


@dataclass
class Desk:
    """Somebody who works at the office, with a browser of their own."""

    page: Page
    case_id: Any = None
    wrong: list[str] = field(default_factory=list)
    #: Pages already looked at: each kind of page once.
    seen: set[str] = field(default_factory=set)

    @property
    def root(self) -> str:
        return "/".join(self.page.url.split("/")[:3])

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    @property
    def file(self) -> process.File:
        return store.file_of(self.case)

    def at_case(self) -> Page:
        """Go to the page of the case."""
        self.page.goto(f"{self.root}{reverse('desk:case', args=[self.case_id])}")
        return self.page

    def look(self, name: str) -> None:
        """Note what is wrong with the page as it stands, once for each name."""
        if name not in self.seen:
            self.seen.add(name)
            self.wrong += faults(self.page, name)

    def opens(self, name: str, about: str = "") -> Page:
        """Come to the page of an act by its link on the page of the case."""
        self.at_case()
        address = reverse("desk:act", args=[self.case_id, name])
        if about:
            link = self.page.locator(f"main a[href='{address}?untuk={about}']").first
        else:
            link = self.page.locator(f"main a[href='{address}']").first
        if not link.count():
            raise AssertionError(
                f"no link to {name}: " + " | ".join(self.page.locator(".task-list li").all_inner_texts())
            )
        if not link.is_visible():
            link.evaluate("e => { const d = e.closest('details'); if (d) d.open = true }")
        with self.page.expect_navigation():
            link.click()
        return self.page

    def writes(self, text: str) -> Page:
        """Come to the form of a letter by its link on the page of letters."""
        self.at_case()
        press(self.page, f"main a[href='{reverse('letters:list', args=[self.case_id])}']")
        self.look("letters")
        press(self.page, f"main a[href='{reverse('desk:act', args=[self.case_id, f'surat-{text}'])}']")
        return self.page

    def sends(self, typed: Mapping[str, Any]) -> None:
        fill(self.page, "main form", typed)
        self.look(f"filled: {self.page.url.split('/')[-2]}")
        send(self.page)

    def does(self, name: str, about: str = "", /, **typed: Any) -> process.File:
        """Do something that is allowed: by its link, by its form, and back at the case."""
        self.opens(name, about)
        self.sends(typed)
        expect(self.page).to_have_url(f"{self.root}{reverse('desk:case', args=[self.case_id])}")
        return self.file

    def refused(self, name: str, about: str = "", /, **typed: Any) -> str:
        """Try something that is refused, through its form; gives the reasons on the screen."""
        before = self.file.version
        self.opens(name, about)
        self.sends(typed)
        expect(self.page.locator(".errors")).to_be_visible()
        self.look(f"refused: {name}")
        assert self.file.version == before
        return self.page.locator(".errors").inner_text()

    def closed(self, name: str) -> str:
        """Go to the page of an act that is closed now, as an old tab would have it; gives the reasons."""
        before = self.file.version
        self.page.goto(f"{self.root}{reverse('desk:act', args=[self.case_id, name])}")
        notice = self.page.locator("main .notice--stop")
        expect(notice).to_be_visible()
        self.look(f"closed: {name}")
        assert self.file.version == before
        return notice.inner_text()

    def reasons(self, title: str) -> str:
        """Give what the page of the case says of an act that it lists as closed."""
        self.at_case()
        item = self.page.locator(".task-list li", has_text=title).first
        expect(item.locator(".tag--lock")).to_have_count(1)
        return item.locator(".hint").text_content() or ""

    def takes(self, move: str, **typed: Any) -> process.File:
        """Take a move."""
        return self.does(f"langkah-{move}", **typed)

    def makes(self, text: str, **typed: Any) -> str:
        """Make a letter, and read it: gives the words of its PDF."""
        self.writes(text)
        self.sends({**LETTER, **typed})
        expect(self.page.locator("main .notice--ok, main [role=status]").first).to_be_visible()
        press_to = reverse("letters:list", args=[self.case_id])
        self.page.goto(f"{self.root}{press_to}")
        link = self.page.locator("main table a").last.get_attribute("href")
        answer = self.page.request.get(f"{self.root}{link}")
        assert answer.headers["content-type"] == "application/pdf"
        paper = pypdf.PdfReader(io.BytesIO(answer.body()))
        assert paper.metadata is not None
        return " ".join(" ".join(one.extract_text() for one in paper.pages).split())


def office() -> None:
    """Set the office up, as the letters name it."""
    Office.objects.create(
        name="Instansi Contoh", agency="Kabupaten Rekaan", place="Kota Rekaan", zone="WIB", set_up_at=timezone.now()
    )


def work() -> None:
    """Let the worker do what waits, as the office runs it, until nothing waits any more."""
    held = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    try:
        call_command("db_worker", queue_name="*", interval=0, batch=True, startup_delay=False, verbosity=0)
    finally:
        for one, handler in held.items():
            signal.signal(one, handler)


def enter_as_respondent(page: Page, code: str) -> None:
    """Come in with the code of the letter, and choose a passphrase."""
    page.get_by_role("textbox").fill(code)
    send(page)
    for box in page.locator("main input[type=password]").all():
        box.fill(PASSPHRASE)
    send(page)
    expect(page.locator("h1")).to_contain_text("Berkas Anda")
