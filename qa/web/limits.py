"""How much the server takes on at a time, and for how long it remembers."""

ANSWERS_AT_ONCE = 2  # answers being made at the same time; more wait in the queue
WAITING = 32  # questions of people, and as many of programs, in the queue; further ones are told to come back
EVENTS_AT_ONCE = 128  # of Gradio: each question of a page or of a Gradio client is one for as long as it waits
CHANGES_AT_ONCE = 4  # batches of files and clicks that change documents; they wait for each other at the store
CONVERSATIONS = 100_000  # kept of all visitors; one more is refused, and says so
CONVERSATIONS_OF_VISITOR = 1_000
CONVERSATION_MEGABYTES = 4_096  # that all of them take on the disk
PASSING_CONVERSATIONS = 2_000  # of browsers without cookies, in memory; one more forgets the oldest
SESSION_SECONDS = 3600  # after which the memory of an abandoned tab is freed
