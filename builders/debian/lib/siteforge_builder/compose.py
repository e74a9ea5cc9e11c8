"""compose: a host profile becomes a root file system, with diskimage-builder."""
import json
import os
import shutil

from . import cache, process
from .apt_sources import own_sources, sources_for, suites_of, without_account
from .dib_log import DibLog
from .events import BuildError
from .mirror import has_suite
from .work import WORK

HOME = '/opt/siteforge'
# The builder's own elements that every image needs, whatever its profile selects.
ALWAYS = ('siteforge-tree', 'siteforge-profile')
# What debian-minimal installs one by one after the bootstrap, and what hooks of the first phases need: unpacked in
# the bootstrap's own pass, and thereby part of its cached result.
BOOTSTRAP_PACKAGES = ('systemd-sysv', 'busybox', 'sudo', 'gnupg', 'gnupg2', 'python3', 'ca-certificates', 'lsb-release')
DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'


def _environment(compose, sources, cached):
    components = compose['components']
    environment = {
        name: os.environ[name]
        for name in ('http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY')
        if os.environ.get(name)
    }
    environment |= {
        'PATH': f'{HOME}/dib-bin:{DEFAULT_PATH}',
        'HOME': WORK,
        'USER': 'root',
        'TMP_DIR': f'{WORK}/tmp',
        # A folder that does not exist is an error to diskimage-builder.
        'ELEMENTS_PATH': ':'.join(path for path in ('/config/elements', f'{HOME}/elements') if os.path.isdir(path)),
        'DIB_RELEASE': compose['release'],
        'DIB_DISTRIBUTION_MIRROR': sources[0].uri,
        'DIB_DEBIAN_COMPONENTS': ','.join(components),
        # siteforge-tree/cleanup.d/93-siteforge-apt-sources knows them by these names.
        'DIB_APT_SOURCES_CONF': '\n'.join(
            f'siteforge-build-{number}:{source.line(components)}' for number, source in enumerate(sources)
        ),
        'DIB_DEBOOTSTRAP_EXTRA_ARGS': f'--include={",".join(BOOTSTRAP_PACKAGES)}',
        'DIB_IMAGE_CACHE': cache.BOOTSTRAP,
        'DIB_DEBOOTSTRAP_CACHE': '1' if cached else '0',
        'DIB_DEBIAN_USE_DEBOOTSTRAP_CACHE': '1' if cached else '',
        # Replaced by siteforge-tree/root.d/76-siteforge-apt-cache.
        'DIB_APT_LOCAL_CACHE': '0',
        'DIB_MANIFEST_SAVE_DIR': f'{WORK}/manifests',
        'DIB_NO_TMPFS': '1',
        # Any figure: it only spares diskimage-builder measuring the tree for a disk that is never made.
        'DIB_IMAGE_SIZE': '1',
        # dpkg(1): as a variable it reaches every dpkg of the build and leaves nothing in the image. A variable
        # replaces the built-in forces, so they are named again.
        'DPKG_FORCE': 'downgrade,security-mac,unsafe-io',
        'DEBIAN_FRONTEND': 'noninteractive',
    }
    # The image's own environment has the last word over diskimage-builder, but not over where the builder works.
    environment |= compose['environment']
    environment |= {
        'SITEFORGE_WORK': WORK,
        'SITEFORGE_KERNEL_PACKAGE': compose['kernelPackage'],
        'SITEFORGE_APT_CACHE': cache.ARCHIVES,
        'SITEFORGE_LIBRARY': f'{HOME}/lib',
    }
    return environment


def _prepare(compose, sources):
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(f'{WORK}/tmp')
    profile = {key: compose[key] for key in ('packages', 'files', 'units', 'scripts')}
    site_mirrors = (compose.get('mirror'), compose.get('securityMirror'))
    archive = {
        'release': compose['release'],
        'components': compose['components'],
        'siteSources': [(source.uri, source.suite) for source in sources if source.uri in site_mirrors],
    }
    for name, content in (('profile.json', profile), ('archive.json', archive)):
        # Files of the profile may be secrets, the mirror may name an account.
        descriptor = os.open(f'{WORK}/{name}', os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, 'w', encoding='utf-8') as file:
            json.dump(content, file)


def _run_dib(compose, environment, log):
    log.start()
    elements = list(dict.fromkeys([compose['base'], *ALWAYS, *compose['elements']]))
    status, tail = process.run(
        # -n: dib's own "base" element installs software-properties and iSCSI; a site that wants it can name it.
        ['disk-image-create', '-n', '-a', compose['architecture'], '-t', 'squashfs', '-o', f'{WORK}/tree', *elements],
        on_line=log.line, env=environment, cwd=WORK,
    )
    if status != 0:
        raise log.failure(status, tail)


def _read(name):
    with open(os.path.join(WORK, name), encoding='utf-8') as file:
        return file.read().strip()


def builder_versions():
    """Versions of the programs that shape the result, by package."""
    packages = ('diskimage-builder', 'debootstrap', 'squashfs-tools', 'xorriso', 'grub-common')
    listing = process.output_of(
        ['dpkg-query', '--show', '--showformat=${Package} ${Version}\n', 'python3-diskimage-builder', *packages[1:]]
    )
    versions = dict(line.split(' ') for line in listing.splitlines())
    versions['diskimage-builder'] = versions.pop('python3-diskimage-builder')
    return versions


def _publish(compose, volume):
    with open(f'{WORK}/packages', encoding='utf-8') as file:
        packages = [dict(zip(('name', 'version'), line.rstrip('\n').split('\t'))) for line in file]
    summary = {
        'release': compose['release'],
        'architecture': compose['architecture'],
        'kernel': _read('kernel-version'),
        'packagesCount': len(packages),
        'treeBytes': int(_read('tree-bytes')),
        'versions': builder_versions(),
    }
    volume.make_folder('compose')
    for source, target in (('tree.squash', 'tree.squashfs'), ('vmlinuz', 'vmlinuz'), ('initrd.img', 'initrd.img')):
        partial = volume.create('compose', f'{target}.partial')
        # copyfile uses the kernel's copy; the content never passes through Python.
        shutil.copyfile(os.path.join(WORK, source), partial)
        os.rename(partial, volume.path('compose', target))
    volume.write(json.dumps(packages, indent=1) + '\n', 'compose', 'packages.json')
    # The last file: where it exists, the others are complete.
    volume.write(json.dumps(summary, indent=1) + '\n', 'compose', 'compose.json')


def _sources(compose, events):
    release, mirror = compose['release'], compose.get('mirror')
    sources = sources_for(release, mirror, compose.get('securityMirror'), own_sources(), has_suite)
    found = {source.suite for source in sources}
    missing = [suite for suite in suites_of(release) if suite not in found]
    if mirror and missing:
        events.warning(f'The image gets nothing from {" and ".join(missing)}: {without_account(mirror)} has '
                       f'{" and ".join(sorted(found))} alone{"" if compose.get("securityMirror") else ", and site.yaml names no securityMirror"}.')
    return sources


def compose(config, volume, cache_volume, events):
    """Build the root file system that `config` describes into the volume's folder compose/."""
    settings = config['compose']
    sources = _sources(settings, events)
    _prepare(settings, sources)
    store = cache.Cache(cache_volume, sources, settings['components'], BOOTSTRAP_PACKAGES)
    store.fetch()
    log = DibLog(events)
    try:
        _run_dib(settings, _environment(settings, sources, cached=cache_volume is not None), log)
    except BuildError:
        # The next attempt, with the name of a package corrected, should not download everything again.
        if log.bootstrapped:
            store.keep()
        raise
    if not os.path.exists(f'{WORK}/tree.squash'):
        raise BuildError('compose-failed', 'diskimage-builder ended well but left no root file system.',
                         'The log of the job has its whole output.')
    _publish(settings, volume)
    store.keep()
    events.end()
