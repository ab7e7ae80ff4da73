"""A self-report: what the owner of an account that was taken over says of it, dated, on paper.

It is made on the owner's machine or in the office's memory, and sent nowhere. The files that the owner has are named by
size and hash, so that it can be shown later that they were the same on that day. Pure but for `attach`, which reads.

The door
--------
SelfReport, Attached, ACCESS
    What is said, and the files that are named.
check
    What keeps a report from being made.
read_self_report
    A report as somebody wrote it in YAML.
attach, Hashing
    A file's size and hash, from a path or chunk by chunk.
self_report_pdf, data, as_json
    The report on paper (PDF/A-2a and PDF/UA-1, the same bytes each time), every word of it, and as a document.
"""

from telusur.dossier.selfreport.attached import Attached, Hashing, attach
from telusur.dossier.selfreport.paper import as_json, data, self_report_pdf
from telusur.dossier.selfreport.reading import read_self_report
from telusur.dossier.selfreport.report import ACCESS, SelfReport, check

__all__ = [
    "ACCESS",
    "Attached",
    "Hashing",
    "SelfReport",
    "as_json",
    "attach",
    "check",
    "data",
    "read_self_report",
    "self_report_pdf",
]
