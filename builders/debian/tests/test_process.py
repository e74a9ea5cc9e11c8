import os
import signal
import subprocess
import sys
import time
import unittest

import load_builder  # noqa: F401
from siteforge_builder import process
from siteforge_builder.events import BuildError

LIB = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib')
CANCELLED = """
import sys
from siteforge_builder import process
process.cancel_on_signals()
try:
    process.run(['sh', '-c', 'sleep 1000 & echo $!; wait'], on_line=lambda line: print(line, flush=True))
except process.Cancelled:
    sys.exit(9)
"""


class Run(unittest.TestCase):
    def test_gives_every_line_and_the_status(self):
        lines = []
        self.assertEqual(process.run(['sh', '-c', 'echo a; echo b >&2; exit 3'], on_line=lines.append), (3, ['a', 'b']))
        self.assertEqual(lines, ['a', 'b'])

    def test_a_failed_program_is_told_with_its_last_line(self):
        with self.assertRaisesRegex(BuildError, 'sh ended with status 2: no room'):
            process.check(['sh', '-c', 'echo no room; echo; exit 2'], 'iso-failed', 'hint')

    def test_a_program_that_is_not_there_is_told(self):
        with self.assertRaisesRegex(BuildError, 'not in the builder image'):
            process.check(['/nonexistent'], 'iso-failed', 'hint')

    def test_a_signal_ends_the_program_with_everything_it_started(self):
        builder = subprocess.Popen([sys.executable, '-c', CANCELLED], env={**os.environ, 'PYTHONPATH': LIB},
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        grandchild = int(builder.stdout.readline())
        builder.send_signal(signal.SIGTERM)
        self.assertEqual(builder.wait(timeout=10), 9)
        builder.stdout.close()
        for _attempt in range(50):
            if not alive(grandchild):
                return
            time.sleep(0.1)
        self.fail('the grandchild is still running')


def alive(pid):
    try:
        with open(f'/proc/{pid}/stat', encoding='ascii') as file:
            return file.read().rsplit(')', 1)[1].split()[0] != 'Z'
    except OSError:
        return False


if __name__ == '__main__':
    unittest.main()
