"""What every HTTP client of OneReel is made with: whom it trusts, and where no proxy stands."""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import ssl

    import httpx

__all__ = ["certificates", "http_client", "is_local", "is_loopback"]


@cache
def certificates() -> ssl.SSLContext:
    """The authorities that vouch for a server, from `$SSL_CERT_FILE` or certifi.

    Read once: that takes 50 ms of processor, and httpx would read them for every client, also for
    one of this machine that needs none.
    """
    import httpx

    return httpx.create_ssl_context()


def http_client(address: str, *, timeout: httpx.Timeout | float) -> httpx.AsyncClient:
    """A client for the host of an address. Redirects are not followed: a key goes to the host that
    it belongs to, and nowhere else."""
    import httpx

    return httpx.AsyncClient(
        verify=certificates(),
        timeout=timeout,
        # HTTP_PROXY is meant for the world outside; httpx would send 127.0.0.1 there too.
        trust_env=not is_local(address),
    )


def is_local(address: str) -> bool:
    """Whether an address, with its scheme or without, is of this machine."""
    name = urlsplit(address if "://" in address else f"http://{address}").hostname
    return is_loopback(name or "127.0.0.1")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine; an IPv6 address stands without brackets,
    as `urlsplit` and httpx give it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
