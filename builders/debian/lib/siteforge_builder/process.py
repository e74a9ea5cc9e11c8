"""Running programs so that they can be stopped at once, with everything that they have started."""
import os
import signal
import subprocess
import sys
from collections import deque

from .events import BuildError

TAIL_LINES = 40


class Cancelled(Exception):
    """The builder was asked to stop (SIGTERM or SIGINT)."""


def raise_cancelled(_signal_number, _frame):
    # A second signal must not interrupt the clean-up after the first.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Cancelled


def cancel_on_signals():
    signal.signal(signal.SIGTERM, raise_cancelled)
    signal.signal(signal.SIGINT, raise_cancelled)


def _stop(process):
    # The program leads a session of its own: this reaches its shells, chroots and package scripts as well.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def run(arguments, on_line=None, **options):
    """Run a program; its output goes to standard error as the raw log, and line by line to `on_line`.

    Returns (exit status, last lines). Raises Cancelled, after the program is dead, when the builder is stopped.
    """
    tail = deque(maxlen=TAIL_LINES)
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors='replace', start_new_session=True, **options,
    )
    try:
        for line in process.stdout:
            sys.stderr.write(line)
            tail.append(line.rstrip('\n'))
            if on_line:
                on_line(tail[-1])
        return process.wait(), list(tail)
    finally:
        if process.poll() is None:
            _stop(process)
        process.stdout.close()


def check(arguments, code, hint, **options):
    """Run a program that must succeed; otherwise raise a BuildError with the last line that it wrote."""
    try:
        status, tail = run(arguments, **options)
    except FileNotFoundError as error:
        raise BuildError(code, f'{arguments[0]} is not in the builder image.', hint) from error
    if status != 0:
        last = next((line for line in reversed(tail) if line.strip()), 'it wrote nothing')
        raise BuildError(code, f'{os.path.basename(arguments[0])} ended with status {status}: {last}', hint)
    return tail


def output_of(arguments):
    """Standard output of a program that must succeed, as text."""
    return subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout

