"""A wire between browser and server that can be cut: all connections end, and no new one is made until it is mended."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Relay:
    """Hands bytes on, in both directions.

    Attributes:
        url: What the browser opens.
    """

    url: str
    target: int
    broken: bool = False
    open: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """End all connections; new ones are closed as soon as they are made."""
        self.broken = True
        for one in self.open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def mend(self) -> None:
        """Let new connections through."""
        self.broken = False

    def take(self, client: socket.socket) -> None:
        """Connect a browser that has come with the server."""
        if self.broken:
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", self.target))
        self.open += [client, server]
        for one, other in ((client, server), (server, client)):
            threading.Thread(target=_pour, args=(one, other), daemon=True).start()


def _pour(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay(port: int) -> Iterator[Relay]:
    """Listen on a free port of this machine for what is meant for another one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        between = Relay(f"http://127.0.0.1:{listener.getsockname()[1]}", port)

        def listen() -> None:
            with suppress(OSError):  # the listener is closed at the end
                while True:
                    between.take(listener.accept()[0])

        threading.Thread(target=listen, daemon=True).start()
        try:
            yield between
        finally:
            between.cut()
            listener.shutdown(socket.SHUT_RDWR)
