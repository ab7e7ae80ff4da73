"""Devices, networks and credentials of an account, put together from every record and document.

Door: `graph_of` gives the `Graph`; `weigh` weighs it at the time of an act, `acting_of` says which device seems to have
sent the post. A row that is absent is no evidence of
absence: long sessions write no new login, and platforms keep such logs for a short time. Mobile operators share one
address among many people (carrier-grade NAT), so that a network says less than a device.
"""

from telusur.tracing.sessions.graph import CREDENTIALS, Change, Device, Graph, Network, Sighting, graph_of
from telusur.tracing.sessions.networks import network_of
from telusur.tracing.sessions.weigh import acting_of, weigh

__all__ = [
    "CREDENTIALS",
    "Change",
    "Device",
    "Graph",
    "Network",
    "Sighting",
    "acting_of",
    "graph_of",
    "network_of",
    "weigh",
]
