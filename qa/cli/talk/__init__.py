"""A conversation in the terminal: what is typed, what is done, what is shown. The command is in `qa.cli.chat`."""
