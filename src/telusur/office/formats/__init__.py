"""How Django itself writes and reads dates and figures here, by language; never month-first."""
