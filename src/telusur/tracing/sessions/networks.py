"""Which network an address belongs to, and how much that can tell."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final

#: Addresses that a carrier shares among its subscribers (RFC 6598).
_SHARED: Final = ipaddress.IPv4Network("100.64.0.0/10")
_PREFIX: Final = {4: 24, 6: 48}


@lru_cache(maxsize=65_536)
def network_of(ip: str) -> str | None:
    """Give the network that an address belongs to: its /24 (IPv4) or /48 (IPv6); ``None`` if it is no address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return None
    return str(ipaddress.ip_network(f"{address}/{_PREFIX[address.version]}", strict=False))


def is_shared(prefix: str) -> bool:
    """Whether a network is one that a carrier shares among many people (carrier-grade NAT, RFC 6598)."""
    network = ipaddress.ip_network(prefix)
    return isinstance(network, ipaddress.IPv4Network) and network.subnet_of(_SHARED)
