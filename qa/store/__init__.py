"""The SQLite file that holds documents, articles, passages and vectors; `qa.store.library` opens it."""
