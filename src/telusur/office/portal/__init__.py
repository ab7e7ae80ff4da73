"""The respondent's own pages, entered by a one-time code from the served notice."""
