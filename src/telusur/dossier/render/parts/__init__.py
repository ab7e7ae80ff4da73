"""The parts of a dossier, in the order in which a reader needs them; each gives blocks.

The door is `page.page_of`, one floor up: nobody else puts a dossier together.
"""
