"""Who acted: items of evidence, each weighed for stated propositions against the owner having acted.

Floor 2. Its door: `weigh` answers a `Question` with a `Tracing`; `style` and `changepoint` hold the two models of how
people write and when the writer changes; `models` names the parameters that were used; `network_of` says which network
an address belongs to. What a `Tracing` is made of stands beside it, for whoever shows it. Which item bears on which
proposition stands in one table, ``bearing.yaml``. It takes events from the domain and knows nothing of exports.
"""

from telusur.tracing import changepoint, style
from telusur.tracing.question import Question
from telusur.tracing.result import Combined, Item, NextEvidence, Takeover, Tracing
from telusur.tracing.session import network_of
from telusur.tracing.weigh import weigh

__all__ = [
    "Combined",
    "Item",
    "NextEvidence",
    "Question",
    "Takeover",
    "Tracing",
    "changepoint",
    "models",
    "network_of",
    "style",
    "weigh",
]


def models() -> dict[str, str]:
    """Give name and SHA-256 of each file of shipped parameters."""
    return {"style": style.load().sha256}
