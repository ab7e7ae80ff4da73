"""The parts of a letter that are worked out from the file, one module a matter."""
