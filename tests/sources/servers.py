"""A server on loopback whose answers a test writes byte by byte."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import socket

Answer = Callable[[socket, str], None]


@dataclass
class Server:
    """Where the server is, and which paths it was asked for, with their header lines."""

    address: str
    asked: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


def say(body: bytes, *, status: str = "200 OK", **headers: str) -> Answer:
    """An ordinary answer."""

    def answer(connection: socket, path: str) -> None:
        lines = {"Content-Length": str(len(body)), "Content-Type": "text/html; charset=utf-8", "Connection": "close"}
        lines |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return answer


@contextmanager
def serving(answers: dict[str, Answer | list[Answer]]) -> Iterator[Server]:
    """A server that gives these answers by path; a list is given one after another; anything else is a 404."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            raw = b""
            while b"\r\n\r\n" not in raw:
                piece = self.request.recv(4096)
                if not piece:
                    return
                raw += piece
            path = raw.split(b" ")[1].decode()
            server.asked.append(path)
            server.headers.append(raw.decode("latin-1"))
            answer = answers.get(path) or say(b"", status="404 Not Found")
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            with suppress(OSError):
                answer(self.request, path)

    class Quiet(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        block_on_close = False

    with Quiet(("127.0.0.1", 0), Handler) as running:
        server = Server(f"http://127.0.0.1:{running.server_address[1]}")
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            running.shutdown()
            thread.join()
