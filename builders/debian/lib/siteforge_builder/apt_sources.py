"""Where packages come from: for the build, what the builder image's own apt names; in the image, what may stay there."""
import glob
import os
import re
from typing import NamedTuple

from .events import BuildError

# As in the configuration: what a shell, apt or a list of sources could take for something else never gets there.
ADDRESS = re.compile(r'https?://[^\s"\'\\$`;]+')
# Of the options in sources.list(5) these two tell about the mirror, a snapshot whose dates have passed. Others, keys
# and architectures among them, belong to the machine that they were written for.
CARRIED_OPTIONS = ('check-valid-until', 'check-date')
NO = ('no', 'false', 'without', 'off', 'disable', '0')


class Source(NamedTuple):
    """One suite at one address; `options` as in the one-line format, "check-valid-until=no" for example."""

    uri: str
    suite: str
    options: tuple = ()

    def line(self, components):
        """The entry of sources.list(5)."""
        options = f'[{" ".join(self.options)}] ' if self.options else ''
        return f'deb {options}{self.uri} {self.suite} {" ".join(components)}'


def _carried(options):
    return tuple(f'{name}=no' for name in CARRIED_OPTIONS if options.get(name, 'yes').lower() in NO)


def parse_one_line_style(text):
    """Sources of "deb [options] URI suite components" lines, sources.list(5)."""
    sources = []
    for line in text.splitlines():
        match = re.match(r'\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)', line)
        if match and ADDRESS.fullmatch(match.group(2)):
            options = dict(word.split('=', 1) for word in (match.group(1) or '').lower().split() if '=' in word)
            sources.append(Source(match.group(2), match.group(3), _carried(options)))
    return sources


def _fields(stanza):
    fields, name = {}, None
    for line in stanza.splitlines():
        if line.startswith('#'):
            continue
        match = re.match(r'([A-Za-z0-9-]+):\s*(.*)', line)
        if match:
            name = match.group(1).lower()
            fields[name] = match.group(2)
        elif name and line[:1] in ' \t':
            fields[name] += f' {line.strip()}'
    return fields


def parse_deb822_style(text):
    """Sources of the stanzas of a .sources file, sources.list(5)."""
    sources = []
    for stanza in re.split(r'\n\s*\n', text):
        fields = _fields(stanza)
        if 'deb' not in fields.get('types', '').split() or fields.get('enabled', 'yes').strip().lower() in NO:
            continue
        options = _carried({name: value.strip() for name, value in fields.items()})
        sources += [
            Source(uri, suite, options)
            for uri in fields.get('uris', '').split() if ADDRESS.fullmatch(uri)
            for suite in fields.get('suites', '').split()
        ]
    return sources


def own_sources(folder='/etc/apt'):
    """All sources that apt is configured with, in apt's order."""
    sources = []
    paths = [os.path.join(folder, 'sources.list'), *sorted(glob.glob(os.path.join(folder, 'sources.list.d/*')))]
    for path in paths:
        if not os.path.isfile(path) or not path.endswith(('.list', '.sources')):
            continue
        with open(path, encoding='utf-8') as file:
            text = file.read()
        sources += parse_deb822_style(text) if path.endswith('.sources') else parse_one_line_style(text)
    return sources


def suites_of(release):
    """The suites that together are a release with its corrections; Debian's unstable branches have none."""
    if release in ('sid', 'unstable', 'testing', 'experimental'):
        return (release,)
    return (release, f'{release}-updates', f'{release}-security')


def sources_for(release, mirror, security_mirror, own, has_suite):
    """The sources to build `release` from; the first names the mirror that debootstrap uses.

    Without a mirror of the site it is what the builder's own apt uses for the release, its updates and its security
    suite. A mirror of the site gives the release and, if it has them, the updates; nobody can tell from it where the
    security suite lies, which comes from `security_mirror` or not at all. `has_suite(uri, suite)` asks a mirror.
    """
    suites = suites_of(release)
    found = [Source(mirror, release)] if mirror else [source for source in dict.fromkeys(own) if source.suite in suites]
    found.sort(key=lambda source: suites.index(source.suite))
    if not found or found[0].suite != release:
        raise BuildError(
            'mirror-unknown',
            f'No mirror for {release}: the image names none, and the builder itself was made for another release.',
            'Set a mirror in site.yaml, or choose the release that the builder was made for.',
        )
    if mirror and len(suites) > 1 and has_suite(mirror, suites[1]):
        found.append(Source(mirror, suites[1]))
    if security_mirror and len(suites) > 1:
        found = [source for source in found if source.suite != suites[2]]
        if not has_suite(security_mirror, suites[2]):
            raise BuildError(
                'suite-missing',
                f'{without_account(security_mirror)} has no {suites[2]}.',
                'Correct securityMirror in site.yaml: it is the address in front of /dists/. Without it the image gets '
                'no security corrections.',
            )
        found.append(Source(security_mirror, suites[2]))
    return found


def without_account(uri):
    """For messages and images, which everybody reads."""
    return re.sub(r'//[^/@]*@', '//', uri)


def _debian_mirrors(cloud_config):
    """(primary, security) as the image's own cloud-init names them, for hosts that are told nothing else."""
    try:
        entries = cloud_config['system_info']['package_mirrors']
        mirrors = next(entry['failsafe'] for entry in entries if 'default' in entry['arches'])
        found = (mirrors['primary'], mirrors['security'])
    except (KeyError, TypeError, StopIteration):
        return None
    return found if all(isinstance(uri, str) and ADDRESS.fullmatch(uri) for uri in found) else None


def sources_in_image(release, components, site_sources, cloud_config):
    """The text of /etc/apt/sources.list in the finished image.

    The mirror of the machine that builds is no business of the hosts: it may be reachable from there alone. They get
    `site_sources`, those from mirrors of the site (without accounts: the image is for everybody), and what is missing
    from Debian's own mirrors as the image's cloud-init names them, if the site does not name the release's. `cloud_config`
    is that package's configuration, or None where it is not installed.
    """
    found = [Source(without_account(source.uri), source.suite) for source in site_sources]
    named = {source.suite for source in found}
    reason = 'The mirrors of the site.' if named else 'The site names no mirror.'
    mirrors = None if release in named else _debian_mirrors(cloud_config)
    if mirrors:
        reason = "Debian's own mirrors: the site names none." if not named else "The site's mirrors, and Debian's own."
        missing = [suite for suite in suites_of(release) if suite not in named]
        found = [Source(mirrors[suite.endswith('-security')], suite) for suite in missing] + found
    return ''.join(f'{line}\n' for line in (f'# {reason}', *(source.line(components) for source in found)))
