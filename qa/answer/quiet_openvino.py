"""Import OpenVINO so that nothing is sent: the one door to it, for `import openvino` alone reports to its makers.

From openvino 2026.4.1 and openvino-telemetry 2025.2.0: `openvino/tools/ovc/__init__.py` sends an event when it is
imported, `convert_model` sends more, and without a file that refuses it this counts as consent. All of it goes through
the package `openvino_telemetry`; where that cannot be imported, openvino takes a stub of its own that does nothing.
"""

import importlib
import sys
from types import ModuleType

_TELEMETRY = "openvino_telemetry"
_CONVERTER = "openvino.tools.ovc"


def import_openvino() -> ModuleType:
    """Return the module `openvino`, whose telemetry is out of reach from now on, whoever imported it first."""
    sys.modules[_TELEMETRY] = None  # type: ignore[assignment]  # Python's way to say: not to be imported
    openvino = importlib.import_module("openvino")
    stub = importlib.import_module(f"{_CONVERTER}.telemetry_stub")
    for name, module in sorted(sys.modules.items()):
        if name.startswith(_CONVERTER) and hasattr(module, "tm"):  # the real one, if openvino was imported before
            vars(module)["tm"] = stub
    return openvino
