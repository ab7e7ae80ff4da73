"""Weigh everything that is known of one act for all propositions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from telusur.domain.evidence import Grade
from telusur.domain.record import AccountRecord
from telusur.tracing import (
    client,
    consistency,
    contested,
    documents,
    identity,
    integrity,
    leaving_out,
    requests,
    sessions,
    statement,
    writing,
)
from telusur.tracing.bearing import Table, table
from telusur.tracing.combined import combine
from telusur.tracing.contested import Found
from telusur.tracing.item import Abstained, Item
from telusur.tracing.question import Question
from telusur.tracing.result import Takeover, Tracing
from telusur.tracing.sessions import ActingDevice, Graph
from telusur.tracing.style import StyleModel


@dataclass(frozen=True, slots=True)
class _Records:
    """The records of the contested account, and the one of them whose posts are looked at.

    Parameters
    ----------
    own
        All of them, best grade first.
    posts
        The best one that holds posts: an export before a page, since a page shows a part only.
    """

    own: tuple[AccountRecord, ...]
    posts: AccountRecord | None

    @property
    def inside(self) -> tuple[AccountRecord, ...]:
        """Those that tell of sessions: what the platform keeps, not what a visitor sees."""
        return tuple(record for record in self.own if record.kind != "web_archive")

    def standing_in(self, answers: Iterable[Item | Abstained], *, page: bool = False) -> Iterator[Item | Abstained]:
        """Name the files that items stand in: all of one grade and kind come from one hand.

        Parameters
        ----------
        answers
            What was found in the records.
        page
            Whether in a captured page rather than in what the platform keeps.
        """
        for answer in answers:
            if isinstance(answer, Item):
                kinds = [record for record in self.own if (record.kind == "web_archive") is page]
                paths = sorted(record.path for record in kinds if record.grade is answer.grade)
                yield replace(answer, source=" + ".join(paths))
            else:
                yield answer

    def standing_in_posts(self, answers: Iterable[Item | Abstained]) -> Iterator[Item | Abstained]:
        """Name the files of items that were found in the posts."""
        return self.standing_in(answers, page=self.posts is not None and self.posts.kind == "web_archive")


def weigh(question: Question, style: StyleModel | None = None) -> Tracing:
    """Weigh who did one act.

    Parameters
    ----------
    question
        The act, the records and documents, and what the respondent states.
    style
        Model of how people write; the shipped one if left out.

    Returns
    -------
    Tracing
        Every item with its weights in bans, all of them together, the reasons for every abstention, and what to ask
        for next. Never a verdict, never a probability.
    """
    weights = table()
    records, answers = _choose(question, weights)
    found = contested.find(question.act, records.posts) if records.posts else None
    takeover: Takeover | None = None
    graph = sessions.graph_of(records.inside, question.documents)
    sender = found.event.client if found else None
    at = question.act.at
    device = sessions.acting_device(at, sender, graph) if at is not None and records.inside else None
    answers += _of_records(question, records, found, graph, device, weights)
    acting = device if isinstance(device, ActingDevice) else None
    said = list(documents.weigh(question, acting, weights, on_record=_tells_of_sessions(records.inside)))
    answers += said
    if any(isinstance(one, Item) and one.code.startswith("document.login") for one in said):
        # A notice names a device as a record does, and as little who held it.
        answers.append(weights.weighed("session.holder_unknown", Grade.D))
    if records.posts is not None and not records.inside:
        # A page that shows the post rules out that it was made up; that alone must not single out the owner.
        answers.append(weights.weighed("session.entry_unknown", records.posts.grade))
        if not any(isinstance(one, Item) and one.group == "identity" for one in answers):
            answers.append(weights.weighed("identity.whose_unknown", records.posts.grade))
    answers += integrity.weigh_number(question.act, question.capture_grade, weights)
    written, takeover = writing.weigh(question, records.posts, found, weights, style)
    answers += records.standing_in_posts(written)
    answers += statement.weigh(question.claims, signed=question.signed_after_particulars, table=weights)

    found_items = [answer for answer in answers if isinstance(answer, Item)]
    items = weights.discounted(found_items)
    abstained = [answer for answer in answers if isinstance(answer, Abstained)]
    combined = combine(items)
    lacking = requests.states(question, items, abstained, combined, has_record=bool(records.inside))
    without = leaving_out.each(found_items, weights)
    return Tracing(items, combined, takeover, abstained, requests.next_evidence(question, lacking), without)


def _choose(question: Question, weights: Table) -> tuple[_Records, list[Item | Abstained]]:
    """Give the records of the contested account, and what is to be said of the other ones."""
    account = question.act.account
    if account is None:
        return _Records((), None), []
    # A is the best grade and sorts first.
    own = tuple(sorted((r for r in question.records if identity.is_of(r, account)), key=lambda r: r.grade))
    holding = [r for r in own if r.kind != "provider_record"]
    posts = min(holding, key=lambda r: (r.kind == "web_archive", r.grade), default=None)
    records = _Records(own, posts)
    answers: list[Item | Abstained] = [
        weights.abstain("session", "further_record", path=r.path, grade=r.grade.value)
        for r in holding
        if r is not posts and r.kind == "platform_export"
    ]
    if records.inside:
        return records, answers
    others = [r for r in question.records if r.account.platform == account.platform and r not in own]
    if not others:
        answers.append(weights.abstain("session", "no_record"))
    if "not_mine" in question.claims and not others:
        answers.append(weights.abstain("identity", "likeness"))
    return records, [*answers, *(identity.weigh_other(account, record, weights) for record in others)]


def _of_records(
    question: Question,
    records: _Records,
    found: Found | None,
    graph: Graph,
    device: ActingDevice | str | None,
    weights: Table,
) -> Iterator[Item | Abstained]:
    act, posts = question.act, records.posts
    if posts is not None:
        yield from records.standing_in_posts(identity.weigh_same(act, posts, weights))
        yield from records.standing_in_posts(integrity.weigh_record(act, posts, found, weights))
    if act.at is None:
        return
    inside = records.inside
    sender = found.event.client if found else None
    if inside:
        yield from records.standing_in(sessions.weigh(act.at, device, graph, inside, weights))
    if inside and (found is not None or posts not in inside):
        yield weights.weighed("session.holder_unknown", inside[0].grade)
    yield from consistency.weigh(act.at, inside, question.documents, weights)
    if found is not None and found.event.action in {"post", "deleted_post", "comment"} and posts in inside:
        yield from records.standing_in(client.weigh(act.at, sender, posts, weights))


def _tells_of_sessions(records: Sequence[AccountRecord]) -> bool:
    return any(log.found for record in records for log in record.logs if log.name in {"logins", "sessions", "devices"})
