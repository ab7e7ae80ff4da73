"""Letters: what an office sends and signs. The texts are data (``texts/``), the bytes the same each time.

Everything up to the bytes is pure and knows no Django: a text, a file, what the officer typed, a day and a language
give a `LetterData`, and that gives a PDF. A practitioner corrects a text in ``texts/`` and a word around it in
``words.yaml``; each file is checked as a whole and faults are told with their line.

The door
--------
forms, texts, text
    The texts that a procedure's body can send; all of them; one by its id.
letter, missing
    Make one, or raise `NotReady` with every reason; why one cannot be made yet.
render
    A letter as PDF/A-2a and PDF/UA-1.
kept, said, keep
    The bytes of a letter that was made; what it says; keep one.
"""

from telusur.office.letters.asks import Ask, common
from telusur.office.letters.keeping import keep, kept, said
from telusur.office.letters.letter import forms, letter, missing
from telusur.office.letters.model import LetterData, NotReady, Person, Sender
from telusur.office.letters.render import render
from telusur.office.letters.texts import LetterText, text, texts

__all__ = [
    "Ask",
    "LetterData",
    "LetterText",
    "NotReady",
    "Person",
    "Sender",
    "common",
    "forms",
    "keep",
    "kept",
    "letter",
    "missing",
    "render",
    "said",
    "text",
    "texts",
]
