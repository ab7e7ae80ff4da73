"""The catalogue for people to read: every rule in words, with its source, its examples and what is open about it.

It is made of the same blocks as a dossier and holds nothing but the catalogue of this installation. Its door:
`render_book` gives it as one page, `write_book` puts that page into a folder, `Book` gives it leaf by leaf; `place`
says where a rule stands, as the book does.
"""

from telusur.dossier.book.leaves import Book, Leaf
from telusur.dossier.book.page import render_book
from telusur.dossier.book.saying import place
from telusur.dossier.book.writing import write_book

__all__ = ["Book", "Leaf", "place", "render_book", "write_book"]
