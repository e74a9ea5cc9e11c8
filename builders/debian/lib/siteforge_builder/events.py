"""Events for the application: one JSON object per line on standard output, and nothing else there."""
import json
import sys
import time
from contextlib import contextmanager

# A bar that moves ten times a second looks continuous; more only costs the reader time.
PROGRESS_INTERVAL_SECONDS = 0.1


class BuildError(Exception):
    """A failure that is explained to the user: what happened, and what to do next.

    `code` is in kebab case. `exit_status` is 1 for a failed build, 64 for a configuration that cannot be built.
    """

    def __init__(self, code, message, hint, exit_status=1):
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.exit_status = exit_status


class Events:
    """Writes events to `stream`, standard output unless a test gives another."""

    def __init__(self, stream=None):
        self._stream = stream or sys.stdout
        self._step = None
        self._last_progress = 0.0

    def _emit(self, event):
        self._stream.write(json.dumps(event, ensure_ascii=False) + '\n')
        self._stream.flush()

    def _emit_step(self, step, state):
        identifier, title = step
        self._emit(
            {'event': 'step', 'id': identifier, 'title': title, 'state': state, 'at': int(time.time() * 1000)}
        )

    def begin(self, identifier, title):
        """Finish the current step, if there is one, and start the next."""
        self.end()
        self._step = (identifier, title)
        self._emit_step(self._step, 'started')

    def end(self, state='finished'):
        if self._step:
            self._emit_step(self._step, state)
            self._step = None

    @contextmanager
    def step(self, identifier, title):
        self.begin(identifier, title)
        yield
        self.end()

    def progress(self, done, total, unit):
        """Progress of the current step; `unit` is packages, bytes or hooks. The last one is never left out."""
        now = time.monotonic()
        if not self._step or (done < total and now - self._last_progress < PROGRESS_INTERVAL_SECONDS):
            return
        self._last_progress = now
        self._emit({'event': 'progress', 'id': self._step[0], 'done': done, 'total': total, 'unit': unit})

    def warning(self, message):
        self._emit({'event': 'warning', 'message': message})

    def artifact(self, path, size, sha256, image_format):
        self._emit({'event': 'artifact', 'path': path, 'size': size, 'sha256': sha256, 'format': image_format})

    def error(self, error):
        self.end('failed')
        self._emit({'event': 'error', 'code': error.code, 'message': error.message, 'hint': error.hint})
