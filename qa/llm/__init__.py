"""An optional language model that may only say what it can prove; off unless `llm.base_url` and `llm.model` are set."""
