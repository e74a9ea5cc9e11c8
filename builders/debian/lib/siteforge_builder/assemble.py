"""assemble: a composed root file system becomes a bootable ISO with stamp areas. No privileges, no network."""
import json
import os
import shutil
import uuid

from . import boot_images, digest, grub, iso, medium_index
from .compose import builder_versions
from .events import BuildError

WORK = '/var/tmp/siteforge-assemble'
CHECKSUMS_PATH = '/sha256sums'
# Made up once, so that identifiers of media are the same for the same content.
IDENTIFIER_NAMESPACE = uuid.UUID('8f8a3f0e-6d0a-4c8e-9a51-1d1c7f0b6f02')
TREE_FILES = {
    '/live/vmlinuz': 'vmlinuz',
    '/live/initrd': 'initrd.img',
    '/live/filesystem.squashfs': 'tree.squashfs',
    '/siteforge/packages.json': 'packages.json',
}


def _find_tree(volume, mounted):
    tree = mounted if mounted and os.path.isdir(mounted) else volume.path('compose')
    missing = [name for name in (*TREE_FILES.values(), 'compose.json') if not os.path.isfile(os.path.join(tree, name))]
    if missing:
        raise BuildError('tree-missing', f'The composed root file system is incomplete: no {", ".join(missing)}.',
                         'Compose the image again, without the cache.')
    return tree


def _identifier(digests, settings):
    """A name that only this image has: GRUB finds its medium by it, even with two sticks in the machine."""
    content = json.dumps([sorted(digests.items()), settings], sort_keys=True)
    return str(uuid.uuid5(IDENTIFIER_NAMESPACE, content))


def _checksums(digests):
    # sha256sum(1): paths relative to the medium's root, so that "sha256sum -c sha256sums" works where it is mounted.
    return ''.join(f'{value}  .{path}\n' for path, value in sorted(digests.items())).encode('ascii')


class Medium:
    """Content of the medium: files of the composed tree as they are, and small ones made in a work folder."""

    def __init__(self, tree, settings):
        self.settings = settings
        self.files = {path: os.path.join(tree, name) for path, name in TREE_FILES.items()}
        self.areas = (medium_index.SEED_PATH, grub.KERNEL_ARGUMENTS_PATH)

    def add(self, path, content):
        source = os.path.join(WORK, 'files' + path)
        os.makedirs(os.path.dirname(source), exist_ok=True)
        with open(source, 'wb') as file:
            file.write(content)
        self.files[path] = source

    def add_boot_files(self, identifier):
        settings = self.settings
        arguments = grub.baked_kernel_arguments(settings['kernelArguments'])
        self.add(f'/.disk/id/{identifier}', b'')
        self.add('/boot/grub/grub.cfg', grub.menu(settings['menuTitle'], settings['menuTimeout'], arguments).encode())
        self.add(grub.KERNEL_ARGUMENTS_PATH, grub.padded_kernel_arguments(settings['kernelArgumentsAreaBytes']))
        self.add(medium_index.SEED_PATH, bytes(settings['seedAreaBytes']))
        self.files[iso.BIOS_IMAGE_PATH] = boot_images.bios_image(WORK, identifier)

    def reserve(self):
        """Index and checksums tell about the finished image: room for them now, content in `complete`."""
        self.add(medium_index.INDEX_PATH, bytes(medium_index.INDEX_BYTES))
        listed = [path for path in self.files if path not in self.areas]
        self.add(CHECKSUMS_PATH, bytes(len(_checksums({path: '0' * 64 for path in listed}))))

    def complete(self, image, known_digests, tree_summary):
        """Fill in index and checksums; returns the index and where it lies."""
        settings = self.settings
        extents = iso.extents(image)
        lost = [path for path in self.files if path not in extents]
        if lost:
            raise BuildError('iso-failed', f'xorriso did not report where {lost[0]} lies in the image.',
                             'This is a fault of the builder; report it with the log.')
        index = medium_index.index_of(settings, tree_summary, extents,
                                      grub.baked_kernel_arguments(settings['kernelArguments']))
        with open(image, 'r+b') as file:
            file.seek(extents[medium_index.INDEX_PATH][0])
            file.write(medium_index.encode(index))
            file.flush()
            # xorriso writes a table into GRUB's image: what counts is what lies on the medium.
            digests = {
                path: known_digests.get(path) or digest.sha256_of(image, *extents[path])
                for path in self.files if path not in (*self.areas, CHECKSUMS_PATH)
            }
            file.seek(extents[CHECKSUMS_PATH][0])
            file.write(_checksums(digests))
        return index, extents[medium_index.INDEX_PATH]


def _write_metadata(config, volume, size, sha256, index, index_extent, tree_summary):
    import yaml

    metadata = {
        'bootImagePath': config['builder']['outputFileName'],
        'size': size,
        'sha256': sha256,
        'format': 'iso',
        'stampAreas': medium_index.stamp_areas(index),
        'index': {'path': medium_index.INDEX_PATH, 'offset': index_extent[0], 'length': index_extent[1]},
        'versions': {
            'builder': os.environ.get('SITEFORGE_BUILDER_VERSION', '1'),
            'kernel': tree_summary['kernel'],
            'release': tree_summary['release'],
            **builder_versions(),
            **boot_images.loader_versions(),
        },
    }
    volume.write(yaml.safe_dump(metadata, sort_keys=False), config['builder']['outputMetadataFileName'])


def assemble(config, volume, mounted_tree, events):
    """Make the ISO and its metadata file in the volume, from the mounted tree or the volume's folder compose/."""
    settings = config['assemble']
    name = config['builder']['outputFileName']
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    environment = {**os.environ, 'SOURCE_DATE_EPOCH': str(settings['sourceDateEpoch']), 'TZ': 'UTC'}

    with events.step('assemble.tree', 'Prepare the medium'):
        tree = _find_tree(volume, mounted_tree)
        with open(os.path.join(tree, 'compose.json'), encoding='utf-8') as file:
            summary = json.load(file)
        medium = Medium(tree, settings)
        digests = {path: digest.sha256_of(source) for path, source in medium.files.items()}
        identifier = _identifier(digests, settings)
        medium.add_boot_files(identifier)
        esp = boot_images.efi_system_partition(WORK, identifier, environment)
        medium.reserve()

    content_bytes = sum(os.path.getsize(source) for source in medium.files.values())
    with events.step('assemble.iso', 'Write the ISO'):
        partial = volume.create(f'{name}.partial')
        iso.write(partial, settings['volumeId'], medium.files, esp, environment,
                  lambda percent: events.progress(int(content_bytes * percent / 100), content_bytes, 'bytes'))
        index, index_extent = medium.complete(partial, digests, summary)

    size = os.path.getsize(partial)
    with events.step('assemble.digest', 'Compute the digest'):
        sha256 = digest.sha256_of(partial, on_bytes=lambda done: events.progress(done, size, 'bytes'))
        os.rename(partial, volume.path(name))
        _write_metadata(config, volume, size, sha256, index, index_extent, summary)
    events.artifact(name, size, sha256, 'iso')
