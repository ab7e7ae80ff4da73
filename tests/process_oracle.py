"""What must be true of the steps before a sanction, told a second time from the law's side and from raw steps alone.

It shares no code with the gates: where the two differ, one of them is wrong.
"""

from __future__ import annotations

from telusur import law, process
from telusur.process.steps import Recorded


def flat(steps):
    """Give the steps with those that another body carried over written out where they came in."""
    for step in steps:
        yield step
        if isinstance(step, process.Opened):
            yield from step.carried


def faults(steps, today):
    """Say what forbids a sanction after these steps."""
    steps = list(flat(steps))
    opening = steps[0]
    drafts = of(steps, process.Drafted)
    if not drafts:
        return ["no draft"]
    at, draft = drafts[-1]
    proven = [one.act for one in draft.findings if one.result == "proven"]
    found = [] if proven else ["nothing proven"]
    if any(n > at and step.draft == draft.draft for n, step in of(steps, process.Returned)):
        found.append("sent back")
    approvals = [step for _, step in of(steps, process.Approved) if step.draft == draft.draft]
    if not approvals:
        found.append("not approved")
    if draft.sanction and not law.rule(draft.sanction.rule).allows_sanction:
        found.append("a rule that is only reported")
    stated = {step.act: (n, step) for n, step in of(steps, process.ActStated)}
    informed = told(steps, stated)
    if informed is None:
        found.append("no particulars")
    elif not heard(steps, informed, today):
        found.append("not heard")
    found += [f"{act}: {why}" for act in proven for why in untraced(steps, *stated[act])]
    found += dependent(steps, opening, draft, approvals, proven)
    return found


def of(steps, kind):
    return [(n, step) for n, step in enumerate(steps) if isinstance(step, kind)]


def told(steps, stated):
    """Give the place by which every act, as last stated, was in particulars."""
    places = []
    for act, (since, _) in stated.items():
        mine = [n for n, step in of(steps, process.ParticularsGiven) if n > since and act in step.acts]
        if not mine:
            return None
        places.append(mine[-1])
    return max(places)


def heard(steps, informed, today):
    if any(n > informed for n, _ in of(steps, process.Answered)):
        return True
    if any(n > informed and step.signed for n, step in of(steps, process.HearingWaived)):
        return True
    calls = [
        step
        for n, step in of(steps, process.Served)
        if n > informed
        and step.proof
        and step.reply_until
        and step.what in ("particulars", "summons", "second_summons")
    ]
    twice = any(two.day > one.reply_until for one in calls for two in calls)
    last = [step.until for _, step in of(steps, process.Extended) if step.term == "reply"]
    return twice and today > max([*last, *(one.reply_until for one in calls)])


def untraced(steps, since, act):
    if not act.on_account:
        return
    traced = [n for n, step in of(steps, process.Traced) if step.act == act.act and n > since]
    decided = [(n, step) for n, step in of(steps, process.ControlDecided) if step.act == act.act and n > since]
    if decided and decided[-1][1].value != "owner":
        yield "somebody else's by the decision on control"
    admitted = [
        step
        for n, step in of(steps, process.StatementSigned)
        if step.act == act.act
        and n > since
        and step.admits
        and set(step.corroboration) - {step.document, *act.evidence}
    ]
    if admitted:
        return
    if not traced:
        yield "not traced"
    elif not decided or decided[-1][0] < traced[-1]:
        yield "control not decided since it was traced"
    elif decided[-1][1].by == process.SYSTEM:
        yield "decided by a program"


def dependent(steps, opening, draft, approvals, proven):
    judges = {draft.by, *(step.by for step in approvals)}
    judges |= {step.by for _, step in of(steps, process.ControlDecided) if step.act in proven and last(steps, step)}
    if draft.by in {step.by for step in approvals}:
        yield "approved by its drafter"
    if judges & {step.person for _, step in of(steps, process.Recused)}:
        yield "judged by somebody who is recused"
    if judges & {opening.reporter, opening.respondent, process.SYSTEM}:
        yield "judged by a party"
    ties = [n for n, step in of(steps, process.TieDeclared) if step.with_whom]
    if opening.reporter and not any(step.who == opening.reporter for _, step in of(steps, process.TieDeclared)):
        yield "nobody asked the reporter of ties"
    if ties and ties[-1] > steps.index(draft):
        yield "a tie came to light after the draft"


def last(steps, step: Recorded):
    return [one for _, one in of(steps, process.ControlDecided) if one.act == step.act][-1] is step
