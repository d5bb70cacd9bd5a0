"""Settle the environment before Gradio and the model libraries are imported: offline, silent, no switches from outside.

Import nothing heavy here.
"""

import os
from collections.abc import MutableMapping

# Each of these could open the page to the world or add a server, behind the back of what launch was told.
_DROPPED = (
    "GRADIO_SHARE",
    "GRADIO_MCP_SERVER",
    "GRADIO_SSR_MODE",
    "GRADIO_VIBE_MODE",
    "GRADIO_ALLOWED_PATHS",
    "GRADIO_ROOT_PATH",
    "GRADIO_RUN_HISTORY",
    "GRADIO_WATCH_DIRS",
    "GRADIO_LOCAL_DEV_MODE",
)
_ALWAYS = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",  # an account of the user is not ours to use
    "DO_NOT_TRACK": "1",
}
# Whoever configures a model of the hub may say HF_HUB_OFFLINE=0 for its first download.
_UNLESS_SET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Threads of torch that wait for each other sleep instead of spinning: on two cores with others at work a search
    # took .1 s instead of .6 s (2026-11-26).
    "OMP_WAIT_POLICY": "PASSIVE",
}


def settle(environment: MutableMapping[str, str] = os.environ) -> None:
    """Drop what would open the server, switch telemetry off, stay offline unless told otherwise."""
    for name in _DROPPED:
        environment.pop(name, None)
    environment.update(_ALWAYS)
    for name, value in _UNLESS_SET.items():
        environment.setdefault(name, value)
