"""A configuration that is right; tests change one thing in it."""
import copy

CONFIG = {
    'apiVersion': 'siteforge/v1',
    'kind': 'BuilderConfig',
    'builder': {'imageType': 'iso', 'outputFileName': 'edge.iso', 'outputMetadataFileName': 'output-metadata.yaml'},
    'compose': {
        'base': 'debian-minimal',
        'release': 'bookworm',
        'architecture': 'amd64',
        'components': ['main', 'non-free-firmware'],
        'elements': ['siteforge-live', 'siteforge-cloud-init'],
        'environment': {'DIB_DEBUG_TRACE': '0'},
        'kernelPackage': 'linux-image-amd64',
        'packages': ['tcpdump', 'nginx=1.22.1-9+deb12u1', 'libc6:amd64'],
        'files': [
            {'path': '/etc/example', 'owner': 'root', 'group': 'root', 'mode': '0600', 'content': 'x\n'},
            {'path': '/etc/blob', 'owner': 'root', 'group': 'root', 'mode': '0644', 'contentBase64': 'AAEC'},
        ],
        'units': {'enable': ['example.service', 'getty@tty1.service'], 'disable': ['cron'], 'mask': []},
        'scripts': [{'name': '10-x', 'content': '#!/bin/sh\n'}],
    },
    'assemble': {
        'volumeId': 'EDGE_NODE',
        'kernelArguments': ['console=ttyS0,115200n8', 'dyndbg="file a.c +p"', 'ds=nocloud;s=/x'],
        'menuTitle': 'edge-node',
        'menuTimeout': 0,
        'seedAreaBytes': 1048576,
        'kernelArgumentsAreaBytes': 4096,
        'sourceDateEpoch': 1700000000,
    },
}


def example(path=None, value=None):
    """A copy of CONFIG; with `path` ("assemble.volumeId") that value replaced, or removed when it is Ellipsis."""
    config = copy.deepcopy(CONFIG)
    if path:
        *parents, last = path.split('.')
        place = config
        for name in parents:
            place = place[name]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return config
