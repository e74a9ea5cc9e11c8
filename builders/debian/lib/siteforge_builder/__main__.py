"""Entry point: siteforge-builder [compose|assemble]; without an argument both."""
import glob
import os
import sys
import traceback

from .assemble import assemble
from .compose import compose
from .config import EXIT_CONFIG, ConfigError, read_config
from .events import BuildError, Events
from .process import Cancelled, cancel_on_signals
from .volume import Volume

CONFIG_FOLDER = '/config'
CACHE_FOLDER = '/cache'
TREE_FOLDER = '/tree'
# 128 + SIGTERM, as a shell would tell it.
EXIT_CANCELLED = 143


def _remove_partial_files():
    for path in glob.glob(f'{CONFIG_FOLDER}/*.partial') + glob.glob(f'{CONFIG_FOLDER}/compose/*.partial'):
        os.unlink(path)


def _stages(arguments):
    if len(arguments) > 1 or (arguments and arguments[0] not in ('compose', 'assemble')):
        raise ConfigError(' '.join(arguments), 'is not a stage; give compose, assemble, or nothing for both')
    return arguments or ['compose', 'assemble']


def _build(arguments, events):
    stages = _stages(arguments)
    path = os.environ.get('BUILDER_CONFIG')
    if not path:
        raise ConfigError('BUILDER_CONFIG', 'is not set; it names the configuration inside the volume')
    config = read_config(path)
    volume = Volume(CONFIG_FOLDER)
    if 'compose' in stages:
        compose(config, volume, Volume(CACHE_FOLDER) if os.path.isdir(CACHE_FOLDER) else None, events)
    if 'assemble' in stages:
        assemble(config, volume, TREE_FOLDER if stages == ['assemble'] else None, events)


def main(arguments):
    events = Events()
    cancel_on_signals()
    try:
        _build(arguments, events)
        return 0
    except Cancelled:
        error = BuildError('cancelled', 'The build was cancelled.', 'Nothing is left of it; start it again at any time.',
                           EXIT_CANCELLED)
    except BuildError as build_error:
        error = build_error
    except OSError as os_error:
        traceback.print_exc()
        error = BuildError('input-output', f'{os_error.filename or "The builder"}: {os_error.strerror}',
                           'Check the free space and the permissions of the build folder.')
    except Exception as unexpected:  # the last resort: whatever happens is told as an event
        traceback.print_exc()
        error = BuildError('builder-fault', f'{type(unexpected).__name__}: {unexpected}',
                           'This is a fault of the builder; report it with the log.')
    if error.exit_status != EXIT_CONFIG:
        _remove_partial_files()
    events.error(error)
    return error.exit_status


sys.exit(main(sys.argv[1:]))
