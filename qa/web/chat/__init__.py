"""The chat: questions, answers, and the conversations that they make up."""
