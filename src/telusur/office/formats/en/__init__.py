"""English, as written in Indonesia: day first."""
