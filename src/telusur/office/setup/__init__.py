"""The first run: the first administrator, the office, its key; and who works here."""
