"""How much the server takes on at a time, and for how long it remembers."""

ANSWERS_AT_ONCE = 2  # answers being made at the same time; more wait in the queue
WAITING = 32  # questions of people, and as many of programs, in the queue; further ones are told to come back
EVENTS_AT_ONCE = 128  # of Gradio: each question of a page or of a Gradio client is one for as long as it waits
CHANGES_AT_ONCE = 4  # batches of files and clicks that change documents; they wait for each other at the store
SESSION_SECONDS = 3600  # after which the memory of an abandoned tab is freed
