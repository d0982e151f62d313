"""Decides which network addresses may be connected to, and connects to exactly the address that was checked.

In: a host name. Out: a connection to one of its public addresses, or a FetchError. The name is resolved once, every
address is checked, and the connection goes to the address itself, so that a name that changes its answer in between
gains nothing; host header and TLS name stay the name's.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import time
from collections.abc import Iterable
from functools import cache
from importlib import resources
from threading import Thread
from typing import Any

import httpcore2

from dragoman.errors import FetchError

_RESOLVE_WITHIN = 10.0  # seconds; the system's resolver takes no limit of its own


@cache
def _denied() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    data = json.loads(resources.files(__package__).joinpath("data", "denied_networks.json").read_text("utf-8"))
    return tuple(ipaddress.ip_network(network) for network in data["networks"])


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet. Python's own `is_global` lets NAT64, 6to4 and others pass."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return parsed.is_global and not any(parsed in net for net in _denied() if net.version == parsed.version)


def resolve(host: str, port: int, *, allow_private: bool = False) -> list[str]:
    """The addresses of `host`, all of them allowed; FetchError when there is none or one is not."""
    answer: list[Any] = []

    def ask() -> None:
        try:
            answer.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as problem:
            answer.append(problem)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_RESOLVE_WITHIN)
    if not answer or isinstance(answer[0], Exception):
        raise FetchError("no such host" if answer else "the name is not resolved in time", where=host)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in answer[0]))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise FetchError(
                f"the name leads to {address}, which is not on the public internet",
                where=host,
                expected="a public address",
                todo="Allow private addresses only for sites you run yourself",
            )
    return addresses


class _Stream(httpcore2.NetworkStream):
    """A stream whose every read and write must end before the guard's deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, guard: GuardedBackend) -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._guard.left(timeout)), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and within `deadline` (a time of `time.monotonic`)."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self.allow_private = allow_private
        self.deadline = float("inf")
        self._backend = httpcore2.SyncBackend()

    def left(self, timeout: float | None) -> float:
        """What is left of the time, at most `timeout`; ReadTimeout when nothing is."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for this address is over")
        return min(left, 60.0 if timeout is None else timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        problem: Exception | None = None
        for address in resolve(host, port, allow_private=self.allow_private)[:4]:
            try:
                stream = self._backend.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Stream(stream, self)
            except httpcore2.ConnectError as error:
                problem = error
        raise problem or httpcore2.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise FetchError("a socket file is no address", where=path)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
