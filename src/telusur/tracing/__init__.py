"""Who acted: items of evidence, each weighed for stated propositions against the owner having acted.

Floor 2. Its door: `weigh` answers a `Question` with a `Tracing`; `style` and `changepoint` hold the two models of how
people write and when the writer changes; `models` names the parameters that were used; `graph_of` puts the devices
and networks of an account together, `is_of` says whether a record is of an account, and `network_of` says which
network an address belongs to. What a `Tracing` and a `Graph` are made of stands beside them, for whoever shows them.
Which item bears on which proposition stands in one table, ``bearing.yaml``. It takes events and documents from the
domain and knows nothing of exports.
"""

from telusur.tracing import changepoint, gains, prior, record_weights, style
from telusur.tracing.combined import Combined
from telusur.tracing.feature import Feature
from telusur.tracing.identity import is_of
from telusur.tracing.item import Item, Limit
from telusur.tracing.question import Question
from telusur.tracing.result import NextEvidence, Takeover, Tracing, Without
from telusur.tracing.sessions import Change, Device, Graph, Network, Sighting, graph_of, network_of
from telusur.tracing.weigh import weigh

__all__ = [
    "Change",
    "Combined",
    "Device",
    "Feature",
    "Graph",
    "Item",
    "Limit",
    "Network",
    "NextEvidence",
    "Question",
    "Sighting",
    "Takeover",
    "Tracing",
    "Without",
    "changepoint",
    "graph_of",
    "is_of",
    "models",
    "network_of",
    "prior",
    "style",
    "weigh",
]


def models() -> dict[str, str]:
    """Give name and SHA-256 of each file of shipped parameters."""
    return {
        "gains": gains.load().sha256,
        "records": record_weights.load().sha256,
        "style": style.load().sha256,
    }
