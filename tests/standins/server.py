"""The base of every stand-in: one HTTP/1.1 server on a free loopback port."""

from __future__ import annotations

import json
import socket
import struct
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

__all__ = ["Exchange", "Request", "StandIn"]


@dataclass(frozen=True)
class Request:
    """One request as it arrived; header names are lower-case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else {}


class Exchange:
    """One request and the ways to answer it, the bad ones included."""

    def __init__(self, handler: BaseHTTPRequestHandler, stopping: threading.Event) -> None:
        self._handler = handler
        self._stopping = stopping
        split = urlsplit(handler.path)
        self.request = Request(
            method=handler.command,
            path=split.path,
            query=split.query,
            headers={name.lower(): value for name, value in handler.headers.items()},
            body=_body(handler),
        )

    def send(
        self, status: int, body: object, *, content_type: str = "application/json", **headers: str
    ) -> None:
        """Answer at once: bytes as they are, anything else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._head(status, content_type, {"Content-Length": str(len(data)), **headers})
        self._handler.wfile.write(data)

    def begin(
        self, status: int, *, content_type: str, length: int, headers: Mapping[str, str]
    ) -> None:
        """Send the head of an answer whose body follows by `write`."""
        self._head(status, content_type, {"Content-Length": str(length), **headers})

    def write(self, data: bytes) -> None:
        self._handler.wfile.write(data)

    def start_stream(self, *, content_type: str) -> None:
        """Answer 200 and begin a chunked body, as Go's net/http streams."""
        self._head(200, content_type, {"Transfer-Encoding": "chunked"})

    def send_chunk(self, data: bytes) -> None:
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self._handler.wfile.flush()

    def end_stream(self) -> None:
        self._handler.wfile.write(b"0\r\n\r\n")

    def drop(self) -> None:
        """Close the connection in the middle of whatever was being said."""
        self._handler.close_connection = True
        with suppress(OSError):
            self._handler.connection.shutdown(socket.SHUT_RDWR)

    def reset(self) -> None:
        """Close the connection with RST: the client sees a reset, not an end."""
        self._handler.close_connection = True
        connection = self._handler.connection
        with suppress(OSError):
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            # A socket closes only after the files made of it.
            self._handler.rfile.close()
            connection.close()

    def hang(self, seconds: float | None = None) -> None:
        """Say nothing for so long, or until the stand-in stops; then close the connection."""
        self._stopping.wait(seconds)
        self.drop()

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the stand-in."""
        self._stopping.wait(seconds)

    def _head(self, status: int, content_type: str, headers: Mapping[str, str]) -> None:
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # With the usual 5, the sixth of many clients that come at once waits a second.
    request_queue_size = 128


def _body(handler: BaseHTTPRequestHandler) -> bytes:
    """Read the body by its length, or by its chunks (RFC 9112, 7.1)."""
    if handler.headers.get("transfer-encoding", "").lower() != "chunked":
        return handler.rfile.read(int(handler.headers.get("content-length") or 0))
    body = b""
    while size := int(handler.rfile.readline().split(b";")[0], 16):
        body += handler.rfile.read(size)
        handler.rfile.readline()
    handler.rfile.readline()
    return body


class StandIn(ABC):
    """A loopback server. Subclasses answer in `handle`; `requests` keeps all that arrived."""

    def __init__(self, *, port: int = 0) -> None:
        self.requests: list[Request] = []
        self.lock = threading.Lock()
        self._stopping = threading.Event()
        self._connections: set[BaseHTTPRequestHandler] = set()
        self._listening = threading.Lock()
        self._server = self._listen(port)
        self.port: int = self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._serve()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        with self._listening:
            self._close()
        # A client that keeps its connection must not be answered by one that is gone.
        self._end_connections(socket.SHUT_RDWR)

    @abstractmethod
    def handle(self, exchange: Exchange) -> None:
        """Answer one request; called on a thread of its own."""

    def refuse(self, seconds: float) -> None:
        """Refuse connections for so long: no socket listens, and idle connections end."""
        with self._listening:
            self._close()
            self._end_connections(socket.SHUT_RD)
            if not self._stopping.wait(seconds):
                self._server = self._listen(self.port)
                self._serve()

    def _end_connections(self, how: int) -> None:
        with self.lock:
            connections = list(self._connections)
        for handler in connections:
            handler.close_connection = True
            with suppress(OSError):
                handler.connection.shutdown(how)

    def _listen(self, port: int) -> ThreadingHTTPServer:
        return _Server(("127.0.0.1", port), self._handler_class())

    def _serve(self) -> None:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def _close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler_class(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are two writes: without this, Nagle holds the second for 40 ms.
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                with stand_in.lock:
                    stand_in._connections.add(self)

            def finish(self) -> None:
                with stand_in.lock:
                    stand_in._connections.discard(self)
                with suppress(OSError):
                    super().finish()

            def handle(self) -> None:
                # A client that hangs up is one of the things under test.
                with suppress(ConnectionError):
                    super().handle()

            def handle_any(self) -> None:
                exchange = Exchange(self, stand_in._stopping)
                with stand_in.lock:
                    stand_in.requests.append(exchange.request)
                with suppress(ConnectionError):
                    stand_in.handle(exchange)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_any  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Keep the test run's output clean; `requests` is the log."""

        return Handler
