"""Tables of the office, as they came to be."""
