"""Facebook and Instagram exports: JSON of every generation, known by root keys and shapes, never by labels."""
