"""A browser without scripts: it reads a page's form, fills it in and sends it, as a person without JavaScript does."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client


@dataclass
class Form:
    action: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What a page says, and its forms."""

    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.response = response
        self.forms, self.links, self.words, self.title = [], [], [], ""
        self._form = self._textarea = self._select = None
        self._in = []
        self.feed(response.content.decode())
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self._in.append(tag)
        if tag == "form":
            self._form = Form(held.get("action", ""))
            self.forms.append(self._form)
        elif tag == "a":
            self.links.append(held.get("href", ""))
        if self._form is not None:
            self._held(tag, held)

    def _held(self, tag, held):
        if tag == "input":
            name, value, kind = held.get("name"), held.get("value", ""), held.get("type", "text")
            if kind == "hidden":
                self._form.hidden.append((name, value))
            elif kind in ("radio", "checkbox"):
                self._form.choices.setdefault(name, []).append(value)
                if "checked" in held:
                    self._form.checked.append(value)
            else:
                self._form.fields[name] = value
        elif tag == "textarea":
            self._textarea = held["name"]
            self._form.fields[self._textarea] = ""
        elif tag == "select":
            self._select = held["name"]
        elif tag == "option" and "selected" in held:
            self._form.fields[self._select] = held.get("value", "")
        elif tag == "button" and held.get("name"):
            self._form.buttons.append((held["name"], held["value"]))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._textarea = None
        if tag in self._in:
            self._in.reverse()
            self._in.remove(tag)
            self._in.reverse()

    def handle_data(self, data):
        if self._textarea and self._form:
            self._form.fields[self._textarea] += data
        if "title" in self._in:
            self.title += data
        if "script" not in self._in:
            self.words.append(data)

    @property
    def form(self):
        """The page's own form: the choosers of language and zone stand in the frame."""
        ours = [one for one in self.forms if one.action.startswith(("/periksa", "/tenggat", "/akun"))]
        return next(one for one in ours if one is not self.choosers and ("zone", "WIT") not in one.buttons)

    @property
    def choosers(self):
        """The frame's form for the language."""
        return next(one for one in self.forms if ("language", "en") in one.buttons)


class Browser:
    """Somebody without a login and without scripts."""

    def __init__(self, language):
        self.client = Client()
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        self.language = language
        self.seen = []

    def _page(self, response):
        self.seen.append(response)
        assert response.status_code == 200, response
        return Page(response)

    def get(self, address):
        return self._page(self.client.get(address))

    def send(self, page, *, button=None, form=None, **typed):
        """Send the page's form with what was typed: a list for boxes, text for fields."""
        form = form or page.form
        sent = {}
        for name, value in form.hidden:
            sent.setdefault(name, []).append(value)
        sent |= {name: [value] for name, value in form.fields.items()}
        for name, value in typed.items():
            sent[name] = value if isinstance(value, list) else [value]
        if button:
            sent[button[0]] = [button[1]]
        sent.pop("berkas", None) if sent.get("berkas") == [""] else None
        return self._page(self.client.post(form.action, sent))


@pytest.fixture(params=["id", "en"])
def browser(request):
    """Give a browser in each language."""
    return Browser(request.param)
