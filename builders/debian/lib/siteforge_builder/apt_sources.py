"""Which mirrors the builder image's own apt uses: the default of an image that names none."""
import glob
import os
import re

from .events import BuildError


def parse_one_line_style(text):
    """(URI, suite) pairs of "deb [options] URI suite components" lines, sources.list(5)."""
    pairs = []
    for line in text.splitlines():
        match = re.match(r'\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)', line)
        if match:
            pairs.append(match.groups())
    return pairs


def parse_deb822_style(text):
    """(URI, suite) pairs of the stanzas of a .sources file, sources.list(5)."""
    pairs = []
    for stanza in re.split(r'\n\s*\n', text):
        fields = {}
        for line in stanza.splitlines():
            if line.startswith('#'):
                continue
            match = re.match(r'([A-Za-z-]+):\s*(.*)', line)
            if match:
                fields[match.group(1).lower()] = match.group(2)
        if 'deb' not in fields.get('types', '').split() or fields.get('enabled', 'yes').lower() in ('no', 'false'):
            continue
        pairs += [(uri, suite) for uri in fields.get('uris', '').split() for suite in fields.get('suites', '').split()]
    return pairs


def own_sources(folder='/etc/apt'):
    """(URI, suite) pairs of all sources that apt is configured with, in apt's order."""
    pairs = []
    paths = [os.path.join(folder, 'sources.list'), *sorted(glob.glob(os.path.join(folder, 'sources.list.d/*')))]
    for path in paths:
        if not os.path.isfile(path) or not path.endswith(('.list', '.sources')):
            continue
        with open(path, encoding='utf-8') as file:
            text = file.read()
        pairs += parse_deb822_style(text) if path.endswith('.sources') else parse_one_line_style(text)
    return pairs


def sources_for(release, mirror, own):
    """The (URI, suite) pairs to build `release` from; the first names the mirror that debootstrap uses.

    A mirror that the site names is used alone: behind it may be a private archive with nothing but the release.
    Without one, it is what the builder's own apt uses for the release, its updates and its security suite.
    """
    if mirror:
        return [(mirror, release)]
    suites = (release, f'{release}-updates', f'{release}-security')
    found = [pair for pair in dict.fromkeys(own) if pair[1] in suites]
    found.sort(key=lambda pair: suites.index(pair[1]))
    if not found or found[0][1] != release:
        raise BuildError(
            'mirror-unknown',
            f'No mirror for {release}: the image names none, and the builder itself was made for another release.',
            'Set a mirror in site.yaml, or choose the release that the builder was made for.',
        )
    return found
