"""Whether, and from which post on, somebody else was writing.

Two questions, two doors. `around`: was a stretch of posts that holds one contested post written by another person than
the earlier ones? It is what the tracing of an act weighs, and `behaviour` says beside it what the hours add.
`detect`: did the writer of a timeline change at all, when, and did the owner come back?

Both weigh *stretches*, never sums of single posts: an author's posts share an offset, so that per-post weights are no
independent news. `around` compares every stretch in question as one window with the early, undisputed posts; the
average over all stretches, the strongest counting most, is calibrated together with how the owner's own earlier posts
fare in the same comparison. `detect` counts: the likelihood of the timeline as one person's, against that of a change
at each place, with a return or without, has a closed form (`telusur.tracing.changepoint.segments`); what it says where
a change is likeliest, and what the same count says inside the owner's own part, is calibrated. Both calibrations rest
on spliced streams of real accounts.

The contested post itself is left out: what is contested is often about another subject, and a change of subject is no
change of person.
"""

from telusur.tracing.changepoint.conduct import behaviour
from telusur.tracing.changepoint.stretch import LONGEST, REACH, StretchWeight, around
from telusur.tracing.changepoint.takeover import KNOWN_SHARE, REPORTED_FROM, TakeoverResult, detect
from telusur.tracing.changepoint.timeline import Post, in_time_order

__all__ = [
    "KNOWN_SHARE",
    "LONGEST",
    "REACH",
    "REPORTED_FROM",
    "Post",
    "StretchWeight",
    "TakeoverResult",
    "around",
    "behaviour",
    "detect",
    "in_time_order",
]
