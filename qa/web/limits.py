"""How much the server takes on at a time, and for how long it remembers."""

ANSWERS_AT_ONCE = 2  # answers being made at the same time; more wait in the queue
WAITING = 32  # questions in the queue; further ones are told to come back
CHANGES_AT_ONCE = 4  # batches of files and clicks that change documents; they wait for each other at the store
SESSION_SECONDS = 3600  # after which the memory of an abandoned tab is freed
