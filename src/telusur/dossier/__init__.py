"""The spine: a case folder in, an assessment, a dossier that people can read out. Read this room first.

Floor 4. Its door: `read_case`, `read_decisions`, `apply_decisions` and `read_facts` take in what people wrote,
telling every fault at once, and `read_asked` what reducing an export needs of it; `assess` gives the one `Assessment`;
`write` renders it as JSON, HTML and PDF in a folder; `write_template` makes a case folder to fill in; `write_book`
gives the catalogue of rules to read; `set_pdf` sets words on paper by a template, `check_pdf` says whether this machine
can; `visible` makes foreign words fit to be shown, and `Speech` says numbers and times as the dossier does.
"""

from telusur.dossier.assessing import assess, made_by, trace
from telusur.dossier.assessment import ActAssessment, Assessment
from telusur.dossier.book import write_book
from telusur.dossier.case import Case, Source
from telusur.dossier.decisions import apply_decisions, read_decisions
from telusur.dossier.facts_file import facts_of, line_of_fact, read_facts
from telusur.dossier.material import Material, read_records
from telusur.dossier.output import check_place, write
from telusur.dossier.reading import read_case
from telusur.dossier.reduction import read_asked
from telusur.dossier.render import Speech, check_pdf, render_prior, set_pdf, visible
from telusur.dossier.template import write_template

__all__ = [
    "ActAssessment",
    "Assessment",
    "Case",
    "Material",
    "Source",
    "Speech",
    "apply_decisions",
    "assess",
    "check_pdf",
    "check_place",
    "facts_of",
    "line_of_fact",
    "made_by",
    "read_asked",
    "read_case",
    "read_decisions",
    "read_facts",
    "read_records",
    "render_prior",
    "set_pdf",
    "trace",
    "visible",
    "write",
    "write_book",
    "write_template",
]
