"""Conversations: what was asked and answered, kept on the server, listed, exported, and judged by their readers."""
