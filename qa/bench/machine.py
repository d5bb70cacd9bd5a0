"""What a figure was measured on, and how much memory this process has used; measures no time."""

import os
import platform
import resource
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


def peak_bytes() -> int:
    """Return the most memory that this process has held at once, in bytes.

    From VmHWM where Linux offers it: `ru_maxrss` starts, in a child, from what its parent held.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def describe() -> dict[str, str | int]:
    """Return processor, cores and the versions that decide the figures."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "system": platform.platform(),
        "python": platform.python_version(),
        "torch": version("torch"),
        "openvino": version("openvino") if find_spec("openvino") else "",
        "sentence-transformers": version("sentence-transformers"),
        "wenju": version("wenju"),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
