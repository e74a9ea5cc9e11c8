"""The index of a medium: where its stamp areas lie, in a file of fixed size that can be read without our tools."""
import json

from . import grub

INDEX_PATH = '/siteforge/index.json'
INDEX_BYTES = 8192
SEED_PATH = '/live/site-seed.img'
SEED_DIRECTORY = 'site-seed'


def index_of(settings, tree, areas, kernel_arguments):
    """The index as an object.

    `settings` is the configuration's part `assemble`, `tree` what compose told of the root file system; `areas` maps the
    paths of the stamp areas to (offset, length) in bytes.
    """
    seed_offset, seed_length = areas[SEED_PATH]
    arguments_offset, arguments_length = areas[grub.KERNEL_ARGUMENTS_PATH]
    return {
        'siteforge': 1,
        'volumeId': settings['volumeId'],
        'architecture': tree['architecture'],
        # What it was made from: with it a stamp for a host of another profile can be told.
        'origin': {**settings.get('origin', {}), 'release': tree['release']},
        'seed': {
            'path': SEED_PATH,
            'offset': seed_offset,
            'length': seed_length,
            'format': 'newc-gzip',
            'directory': SEED_DIRECTORY,
        },
        'kernelArguments': {
            'path': grub.KERNEL_ARGUMENTS_PATH,
            'offset': arguments_offset,
            'length': arguments_length,
            'format': 'grub-set',
            'variable': grub.KERNEL_ARGUMENTS_VARIABLE,
        },
        'baked': {'kernelArguments': ' '.join(kernel_arguments)},
    }


def encode(index):
    """The index file: JSON, padded with spaces to INDEX_BYTES, a newline at its end."""
    text = json.dumps(index, indent=1).encode('utf-8')
    # Whatever has no small bound by itself is bounded by the configuration.
    assert len(text) < INDEX_BYTES
    return text.ljust(INDEX_BYTES - 1) + b'\n'


def stamp_areas(index):
    """The areas as the metadata file lists them."""
    return [
        {'name': name, **{key: index[entry][key] for key in ('path', 'offset', 'length', 'format')}}
        for name, entry in (('seed', 'seed'), ('kernel-arguments', 'kernelArguments'))
    ]
