"""For files of other rooms that cite the law: what they are read with, so that their faults are told in the same way.

The door
--------
bench
    A workshop that knows the sources and instruments of the rules and of the terms.
Workshop, Document, walk
    What has been read and what was wrong; one file with its lines; the files of a folder.
take_sources
    Further sources, from a file beside the citing ones.
Strict, CitationIn, SourcesFile
    The shapes that such files share with the catalogue.
"""

from telusur.law.border import CitationIn, SourcesFile, Strict
from telusur.law.citing.bench import bench
from telusur.law.document import Document, walk
from telusur.law.make_parts import sources as take_sources
from telusur.law.workshop import Workshop

__all__ = ["CitationIn", "Document", "SourcesFile", "Strict", "Workshop", "bench", "take_sources", "walk"]
