import io
import json
import unittest

import load_builder  # noqa: F401
from siteforge_builder.dib_log import DibLog
from siteforge_builder.events import Events

STAMP = '2026-01-02 03:04:05.678 | '


def follow(*lines):
    stream = io.StringIO()
    log = DibLog(Events(stream))
    log.start()
    for line in lines:
        log.line(STAMP + line)
    return log, [json.loads(line) for line in stream.getvalue().splitlines()]


def started(events):
    return [event['id'] for event in events if event['event'] == 'step' and event['state'] == 'started']


class DibLogSteps(unittest.TestCase):
    def test_takes_the_steps_from_the_hooks(self):
        _log, events = follow(
            'dib-run-parts Running /x/hooks/root.d/08-debootstrap',
            'dib-run-parts Running /tmp/in_target.d/pre-install.d/00-x',
            'dib-run-parts Running /tmp/in_target.d/post-install.d/00-x',
            'dib-run-parts Running /tmp/in_target.d/finalise.d/90-siteforge-initramfs',
            'siteforge: squash',
        )
        self.assertEqual(started(events), ['compose.root', 'compose.packages', 'compose.profile', 'compose.initramfs',
                                           'compose.squash'])

    def test_never_goes_back_to_an_earlier_step(self):
        _log, events = follow('siteforge: squash', 'dib-run-parts Running /tmp/in_target.d/pre-install.d/00-x')
        self.assertEqual(started(events), ['compose.root', 'compose.squash'])

    def test_finishes_each_step_before_the_next(self):
        _log, events = follow('siteforge: squash')
        self.assertEqual([(event['id'], event['state']) for event in events],
                         [('compose.root', 'started'), ('compose.root', 'finished'), ('compose.squash', 'started')])

    def test_counts_each_package_twice_unpacked_and_set_up(self):
        _log, events = follow(
            'dib-run-parts Running /tmp/in_target.d/pre-install.d/00-x',
            '> 0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.',
            '> Unpacking less (590-2.1) ...',
            '> Setting up less (590-2.1) ...',
        )
        self.assertEqual([(event['done'], event['total'], event['unit']) for event in events if event['event'] == 'progress'][-1],
                         (2, 2, 'packages'))


class DibLogFailures(unittest.TestCase):
    CASES = (
        ('> E: Unable to locate package nosuch', 'package-not-found', 'nosuch'),
        ("> E: Package 'nosuch' has no installation candidate", 'package-not-found', 'nosuch'),
        ('E: Failed getting release file http://m/dists/x/Release', 'mirror-failed', 'http://m/dists/x/Release'),
        ("E: The repository 'http://r.example ./ Release' is not signed.", 'mirror-not-trusted', 'http://r.example'),
        ("E: The repository 'http://m x-security Release' does not have a Release file.", 'mirror-failed', 'x-security'),
        ("Temporary failure resolving 'mirror.example'", 'mirror-unreachable', 'mirror.example'),
        ('cp: error writing: No space left on device', 'no-space', 'full'),
        ('siteforge: unit-failed: systemctl enable x.service: no such unit', 'unit-failed', 'systemctl enable x.service'),
        ("diskimage_builder.element_dependencies.MissingElementException: Element 'nosuch' not found",
         'element-not-found', 'nosuch'),
    )

    def test_names_the_cause(self):
        for line, code, part in self.CASES:
            with self.subTest(line=line):
                # the traceback quotes the source before it tells the name
                quoted = 'raise MissingElementException("Element \'%s\' not found" % element)'
                log, _events = follow('harmless', quoted, line, 'E: Sub-process failed')
                error = log.failure(1, [])
                self.assertEqual(error.code, code)
                self.assertIn(part, error.message)

    def test_falls_back_to_the_last_telling_line_and_the_hook(self):
        log, _events = follow('dib-run-parts Running /tmp/in_target.d/install.d/50-site')
        error = log.failure(2, [STAMP + 'error: it broke', STAMP + 'Unmount /x'])
        self.assertEqual(error.code, 'compose-failed')
        self.assertIn('install.d/50-site', error.message)
        self.assertIn('it broke', error.message)


if __name__ == '__main__':
    unittest.main()
