"""Overviews of one store, kept in memory until its contents change; the slow parts come from a process of their own.

Nobody waits here: what is known is returned at once, and what is missing is begun.
"""

import os
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import qa
from qa.overview.figures import Figures, figures_of
from qa.overview.parts import Parts, with_line
from qa.store.library import Library
from qa.store.standing import Standing, standing_of

_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "HOME", "TMPDIR", "TEMP", "TMP")
_LONGEST_ERROR = 300  # characters


class Overviews:
    """The overview of a store. Safe to share between threads.

    Attributes:
        listener: The thread that hears from the latest process, and ends after it; None before the first.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._mutex = threading.Lock()
        self._figures: Figures | None = None
        self._parts = Parts()
        self._standing: Standing | None = None
        self._child: subprocess.Popen[str] | None = None
        self.listener: threading.Thread | None = None

    def figures(self, generation: int) -> Figures:
        """Return the figures of a generation, or of a later one.

        Raises:
            StoreError: The store cannot be read.
        """
        with self._mutex:
            standing = standing_of(self._store)
            if standing != self._standing:  # generations of another file have nothing in common with ours
                self._figures, self._parts, self._standing = None, Parts(), standing
            known = self._figures
        if known is None or known.generation != generation:
            with closing(Library.open(self._store)) as library:
                known = self._figures = figures_of(library)
        return known

    def parts(self, generation: int) -> Parts:
        """Return what is known, of an earlier generation perhaps, and see to it that this one is worked out.

        One process works at a time: a store that changes while it is looked at is worked out again afterwards.
        """
        with self._mutex:
            if self._child is None and (self._parts.generation != generation or not self._parts.finished):
                self._begin(generation)
            return self._parts

    def close(self) -> None:
        """End the process that is at work, if there is one."""
        with self._mutex:
            if self._child is not None:
                self._child.kill()

    def _begin(self, generation: int) -> None:
        places = [str(Path(qa.__file__).parent.parent), *(str(Path(one).absolute()) for one in sys.path if one)]
        kept = {name: os.environ[name] for name in _VARIABLES if name in os.environ}
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "qa.overview.work", str(self._store.absolute())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={
                **kept, "PYTHONPATH": os.pathsep.join(places), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1",
                "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
            },
            encoding="utf-8",
            start_new_session=True,  # the terminal's interrupt is for the parent
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        self.listener = threading.Thread(target=self._listen, args=(self._child, generation), daemon=True)
        self.listener.start()

    def _listen(self, child: "subprocess.Popen[str]", generation: int) -> None:
        assert child.stdin is not None and child.stdout is not None and child.stderr is not None
        said: list[str] = []
        complaints = threading.Thread(target=lambda: said.extend(child.stderr or ()), daemon=True)
        complaints.start()
        parts, problem = Parts(generation), ""
        try:
            for line in child.stdout:
                parts = with_line(parts, line)
                with self._mutex:
                    self._parts = parts
        except ValueError as error:
            problem = str(error)
            child.kill()
        child.stdin.close()
        code = child.wait()
        complaints.join()
        child.stdout.close()
        child.stderr.close()
        if code and not problem:
            problem = said[-1].strip()[:_LONGEST_ERROR] if said else f"the process ended with {code}"
        with self._mutex:
            self._parts = replace(parts, finished=True, problem=problem)
            self._child = None
