"""Letters by Typst: the texts are data, the bytes the same each time."""
