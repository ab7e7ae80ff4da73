"""An office with invented people, to try it with: roles, not names."""
