"""Devices, networks and credentials of an account, put together from every record and document.

Door: `graph_of` gives the `Graph`; `weigh` weighs it at the time of an act, `acting_device` says which
device seems to have sent the post. A row that is absent is no evidence of
absence: long sessions write no new login, and platforms keep such logs for a short time. Mobile operators share one
address among many people (carrier-grade NAT), so that a network says less than a device.
"""

from telusur.tracing.sessions.acting import ActingDevice, acting_device
from telusur.tracing.sessions.graph import CREDENTIALS, graph_of
from telusur.tracing.sessions.networks import network_of
from telusur.tracing.sessions.values import Change, Device, Graph, Network, Sighting
from telusur.tracing.sessions.weigh import weigh

__all__ = [
    "CREDENTIALS",
    "ActingDevice",
    "Change",
    "Device",
    "Graph",
    "Network",
    "Sighting",
    "acting_device",
    "graph_of",
    "network_of",
    "weigh",
]
