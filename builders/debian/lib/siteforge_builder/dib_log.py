"""diskimage-builder's log, turned into steps, progress and the reason of a failure.

Lines look like "2024-01-01 12:00:00.123 | text"; hooks are announced by "dib-run-parts Running PATH".
"""
import re

from .events import BuildError

TIMESTAMP = re.compile(r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \| ')
HOOK = re.compile(r'dib-run-parts Running (?P<path>\S+)')
APT_PLAN = re.compile(r'(\d+) upgraded, (\d+) newly installed, (\d+) to remove')
APT_WORK = re.compile(r'^(?:> )?(Unpacking|Setting up) \S+')
BOOTSTRAP_WORK = re.compile(r'I: (Validating|Extracting|Unpacking|Configuring) \S+?\.\.\.')
BOOTSTRAP_PLAN = re.compile(r'I: (?:Found additional )?(?:base|required) dependencies: (.*)')

STEP_TITLES = {
    'compose.root': 'Bootstrap the base system',
    'compose.packages': 'Install packages',
    'compose.profile': 'Apply the host profile',
    'compose.initramfs': 'Make the initramfs',
    'compose.squash': 'Compress the root file system',
}
STEPS = tuple(STEP_TITLES)

# debootstrap handles each package of the base system in four passes; minbase of bookworm has about 90 packages.
BOOTSTRAP_PASSES = 4
BOOTSTRAP_PACKAGES = 90

FAILURES = (
    (
        re.compile(r'E: Unable to locate package (\S+)|E: Couldn\'t find these debs: (.+)'),
        'package-not-found',
        'The package {0} does not exist in the release and components that the image uses.',
        'Correct the name in the host profile, or add the component or repository that has the package.',
    ),
    (
        re.compile(r"E: Package '(\S+)' has no installation candidate"),
        'package-not-found',
        'The package {0} is known but cannot be installed from the repositories that the image uses.',
        'Add the component or repository that has the package.',
    ),
    (
        re.compile(r"E: (?:Version|Release) '(\S+)' for '(\S+)' was not found"),
        'package-not-found',
        'The version or release {0} of the package {1} is not on the mirror.',
        'Choose a version that the mirror has, or leave the version out.',
    ),
    (
        re.compile(r'No space left on device'),
        'no-space',
        'The disk that holds the container engine\'s data or the build folder is full.',
        'Free some space (a build needs about 4 GB), then build again.',
    ),
    (
        re.compile(r'(?:Could not resolve|Temporary failure resolving|Could not connect to|Unable to connect to) (.+)'),
        'mirror-unreachable',
        'The mirror cannot be reached: {0}.',
        'Check the network, the mirror and the proxy in site.yaml. Images composed before can be used offline.',
    ),
    (
        re.compile(r'E: (Release signed by unknown key.+|.*not signed.*|.*could not be verified.*)'),
        'mirror-not-trusted',
        'The mirror\'s signature is not trusted: {0}.',
        'Use a mirror that is signed with Debian\'s key. A repository of the host profile needs the key that signs it.',
    ),
    (
        re.compile(r'E: (Failed getting release file .+|Invalid Release file.*|Failed to fetch .+|The repository .+)'),
        'mirror-failed',
        'The mirror does not deliver the release: {0}.',
        'Check the mirror, the release and the proxy in site.yaml.',
    ),
    (
        re.compile(r"MissingElementException: Element '([^']+)' not found"),
        'element-not-found',
        'There is no element named {0}.',
        'Check the elements of the image; the site\'s own elements lie in its folder elements/.',
    ),
    (
        re.compile(r'siteforge: ([a-z-]+): (.+)'),
        None,
        '{1}',
        'Correct the host profile, then build again.',
    ),
)


class DibLog:
    """Follows the log line by line: starts steps, counts packages, remembers what explains a failure."""

    def __init__(self, events):
        self._events = events
        self._step = -1
        self._planned = 0
        self._done = 0
        self._failure = None
        self._hook = None

    def start(self):
        self._advance('compose.root')

    def _advance(self, identifier):
        # A site's own element may have hooks of any name; steps go forward only.
        if STEPS.index(identifier) <= self._step:
            return
        self._step = STEPS.index(identifier)
        self._planned = 0
        self._done = 0
        self._events.begin(identifier, STEP_TITLES[identifier])

    def line(self, line):
        text = TIMESTAMP.sub('', line)
        hook = HOOK.search(text)
        if hook:
            self._hook = '/'.join(hook.group('path').split('/')[-2:])
            self._follow_hook(self._hook)
        elif text == 'siteforge: squash':
            self._advance('compose.squash')
        else:
            self._count(text)
        self._remember_failure(text)

    def _follow_hook(self, hook):
        if hook.startswith('pre-install.d/'):
            self._advance('compose.packages')
        elif hook.startswith('post-install.d/'):
            self._advance('compose.profile')
        elif hook == 'finalise.d/90-siteforge-initramfs':
            self._advance('compose.initramfs')

    def _count(self, text):
        if STEPS[self._step] == 'compose.root' and BOOTSTRAP_WORK.search(text):
            self._done += 1
            total = max(BOOTSTRAP_PASSES * BOOTSTRAP_PACKAGES, self._done)
            self._events.progress(self._done, total, 'packages')
        elif STEPS[self._step] == 'compose.packages':
            plan = APT_PLAN.search(text)
            if plan:
                # Each package is unpacked and then set up.
                self._planned += 2 * (int(plan.group(1)) + int(plan.group(2)))
            elif APT_WORK.search(text):
                self._done += 1
                self._events.progress(self._done, max(self._planned, self._done), 'packages')

    def _remember_failure(self, text):
        # The first is the cause, what follows its consequence.
        if self._failure:
            return
        for pattern, code, message, hint in FAILURES:
            match = pattern.search(text)
            if match:
                groups = [group.strip() for group in match.groups() if group]
                self._failure = BuildError(code or groups[0], message.format(*groups), hint)
                return

    @property
    def bootstrapped(self):
        """Whether the base system was complete, and with it the cached copy of it."""
        return self._step > 0

    def failure(self, status, tail):
        """Why diskimage-builder failed, as an error for the user. `status` is its exit status."""
        if self._failure:
            return self._failure
        lines = [TIMESTAMP.sub('', line) for line in tail]
        telling = [line for line in lines if re.search(r'\b(E:|[Ee]rror|ERROR|failed|FATAL)', line)]
        last = (telling or lines or ['it wrote nothing'])[-1].strip()
        where = f' in the hook {self._hook}' if self._hook else ''
        return BuildError(
            'compose-failed',
            f'diskimage-builder ended with status {status}{where}: {last}',
            'The log of the job has the whole output; look above its last lines for the first error.',
        )
