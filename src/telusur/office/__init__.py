"""The office: a Django site that carries a case from intake to letter, through every gate.

Floor 5. It holds no judgement of its own: what a person does becomes a step of the case file (`telusur.process`), and
`store.record` asks the process whether that step may be taken, and writes it, in one transaction. A case file is the
fold of its steps; the tables beside are projections for lists and files.

Rooms
-----
store
    Append steps; the file of a case.
actions
    One class per act of a person: ``check()`` and ``execute()``.
policies, roles.yaml
    Who may see and do what.
desk, intake, portal, public
    The screens of inspectors, of whoever takes reports in, of respondents, and of everybody.
letters
    Letters by Typst from texts that are data.
setup, demo
    The first run, and invented people to try it with.

Its door is what ``telusur serve`` calls (contracts.md, section 7): `Home`, `Place`, and in this order `opened`,
`prepare` (which gives a `Welcome`), `serve`; and `custody`, by which an office is checked. None of it needs Django
to be set up; `prepare` does that.
"""

from telusur.office.home import Home
from telusur.office.serving import Place, opened, prepare, serve
from telusur.office.welcome import Welcome

__all__ = ["Home", "Place", "Welcome", "custody", "opened", "prepare", "serve"]
