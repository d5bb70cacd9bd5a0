"""Take a port before anything slow begins, and say what to do when it cannot be had. Serves nothing."""

import os
import socket

from qa.errors import RemedyError


def bind(host: str, port: int) -> socket.socket:
    """Take the port, so that a port in use is found out before the documents are read; nobody can connect yet.

    Args:
        host: Address or name of this machine.
        port: 1 to 65535, or 0 for any free one.

    Raises:
        RemedyError: The port is in use or not allowed, or the address is not one of this machine.
    """
    if not 0 <= port <= 65535:
        raise RemedyError(f"There is no port {port}.", "Choose one from 1 to 65535: --port 7860.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise RemedyError(f"There is no address {host}.", "Use --host 127.0.0.1.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        return listener
    except OSError as error:
        listener.close()
        raise port_error(host, port, error) from error


def port_error(host: str, port: int, error: OSError) -> RemedyError:
    """Return why a port cannot be had, and what to try instead."""
    why = os.strerror(error.errno).lower() if error.errno else str(error)
    other = port + 1 if 0 < port < 65535 else 7860
    return RemedyError(f"Port {port} on {host} cannot be used: {why}.", f"Try another one: --port {other}.")
