"""The pace at which a service is asked, kept by all processes of an installation together.

A turn holds a file lock for as long as its question takes: one question is under way at a time,
and the next begins a pause after the last was answered, so that a service never sees two within
that pause however late the first reached it. The lock goes with its process, so a killed one
blocks nobody. Beside it lies a small JSON file with what the next in line must know:

    quiet   the moment (seconds since 1970) before which nothing may be asked
    failed  how many questions in a row were not answered
    refused the service's refusal, as long as it stands

A circuit breaker (Nygard, Release It!) on an outage: after FAILURES unanswered questions in a row
nothing is asked for OUTAGE seconds; then a single question probes, and each that fails doubles
the time, up to LONGEST_OUTAGE.
"""

import contextlib
import json
import os
import re
import time
from pathlib import Path

from filelock import FileLock, Timeout

from geo.errors import AskLater, CouldNotAsk, Refused

FAILURES = 3
OUTAGE = 30.0
LONGEST_OUTAGE = 900.0
REFUSAL = 600.0
LONGEST_WAIT = 3600.0  # a service that asks for more is asked again after an hour
FRESH = {"quiet": 0.0, "failed": 0, "refused": ""}


class Turnstile:
    """Turns at one service. Raises nothing but CouldNotAsk and what the question itself raises."""

    def __init__(self, folder, service, pause=1.0, clock=time.time, sleep=time.sleep):
        """`pause` in seconds; `service` is the address that the pace is kept for."""
        name = re.sub(r"[^a-z0-9.-]+", "-", service.lower()).strip("-")[:100]
        self._folder, self._service = Path(folder), service
        self._file, self._lock = self._folder / f"{name}.pace", self._folder / f"{name}.lock"
        self._pause, self._clock, self._sleep = pause, clock, sleep

    @contextlib.contextmanager
    def turn(self, patience):
        """Wait for a turn, at most `patience` seconds; ask within.

        Raises AskLater where that is not enough, at once where it is known; Refused while a
        refusal stands. What the question raises is noted for those who come after.
        """
        deadline = self._clock() + patience
        with self._held(patience):
            state = self._state()
            self._wait(state, deadline - self._clock())
            try:
                yield
            except CouldNotAsk as error:
                self._note(_after_failure(state, error, self._clock(), self._pause))
                raise
            except BaseException:  # such as Ctrl-C: asked it was, and says nothing of the service
                self._note(state | {"quiet": self._clock() + self._pause})
                raise
            self._note(FRESH | {"quiet": self._clock() + self._pause})

    @contextlib.contextmanager
    def _held(self, patience):
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._lock, timeout=max(0.0, patience))
            lock.acquire()
        except Timeout as error:
            raise AskLater(f"Others are waiting for {self._service} too.") from error
        except OSError as error:
            message = f"The folder {self._folder} cannot be written to: {error.strerror}."
            raise CouldNotAsk(message) from error
        try:
            yield
        finally:
            lock.release()

    def _wait(self, state, patience):
        wait = state["quiet"] - self._clock()
        if wait > LONGEST_WAIT:  # the clock has been set back
            wait = self._pause
        if wait > patience:
            if state["refused"]:
                raise Refused(state["refused"])
            silent = state["failed"] >= FAILURES
            why = "has not been answering" if silent else "is to be asked slowly"
            raise AskLater(f"{self._service} {why}: it is asked again in {wait:.0f} s.", wait)
        if wait > 0:
            self._sleep(wait)

    def _state(self):
        try:
            read = json.loads(self._file.read_text())
            kinds = ((float, int), int, str)
            known = zip(FRESH, kinds, strict=True)
            if isinstance(read, dict) and all(isinstance(read.get(k), kind) for k, kind in known):
                return {name: read[name] for name in FRESH}
        except FileNotFoundError:
            return dict(FRESH)
        except (OSError, ValueError):
            pass
        return FRESH | {"quiet": self._clock() + self._pause}  # unreadable: careful, not hasty

    def _note(self, state):
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps(state))
        os.replace(beside, self._file)


def _after_failure(state, error, now, pause):
    """What the next in line must know after a question that was not answered."""
    failed = state["failed"] + 1
    if isinstance(error, Refused):
        return {"quiet": now + REFUSAL, "failed": failed, "refused": str(error)}
    asked_for = min(getattr(error, "wait", None) or 0.0, LONGEST_WAIT)
    outage = 0.0
    if failed >= FAILURES:
        outage = min(OUTAGE * 2 ** (failed - FAILURES), LONGEST_OUTAGE)
    return {"quiet": now + max(pause, asked_for, outage), "failed": failed, "refused": ""}
