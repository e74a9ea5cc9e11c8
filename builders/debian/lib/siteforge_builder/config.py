"""Reading and checking of the builder's configuration. Everything in it may be hostile."""
import base64
import binascii
import os
import re

from .events import BuildError

EXIT_CONFIG = 64

# Debian policy 5.6.1, with an optional version or release ("nginx=1.22.1-9", "nginx/bookworm-backports").
PACKAGE = re.compile(r'[a-z0-9][a-z0-9+.-]+(:[a-z0-9]+)?([=/][A-Za-z0-9.+:~_-]+)?')
ELEMENT = re.compile(r'[A-Za-z0-9][A-Za-z0-9_.-]*')
SUITE = re.compile(r'[a-z][a-z0-9-]*')
ACCOUNT = re.compile(r'[a-z_][a-z0-9_-]*\$?|[0-9]+')
MODE = re.compile(r'0?[0-7]{3,4}')
UNIT = re.compile(r'[A-Za-z0-9:_.\\@-]+\.(service|socket|timer|target|mount|automount|path|slice|swap)')
UNIT_NAME = re.compile(r'[A-Za-z0-9:_.\\@-]+')
SCRIPT_NAME = re.compile(r'[A-Za-z0-9][A-Za-z0-9_.-]*')
VARIABLE = re.compile(r'[A-Za-z_][A-Za-z0-9_]*')
VOLUME_ID = re.compile(r'[A-Z0-9_]{1,32}')
# The name of a site is in any language.
NAME = re.compile(r'[^\x00-\x1f\x7f]{1,63}')
FILE_NAME = re.compile(r'[A-Za-z0-9][A-Za-z0-9._-]*')
MIRROR = re.compile(r'https?://[^\s"\'\\$`;]+')
# A kernel argument is printable and without white space, except inside double quotes (module parameters).
KERNEL_ARGUMENT = re.compile(r'(?:[!#-~]|"[ !#-~]*")+')


class ConfigError(BuildError):
    """The configuration is wrong; `where` is the path to the value, `assemble.volumeId` for example."""

    def __init__(self, where, message):
        super().__init__(
            'config-invalid',
            f'{where}: {message}',
            'Correct the value in the image or host profile that it comes from, then build again.',
            EXIT_CONFIG,
        )


def _object(value, where, required, optional=()):
    if not isinstance(value, dict):
        raise ConfigError(where, 'must be an object')
    prefix = f'{where}.' if where else ''
    for key in value:
        if key not in required and key not in optional:
            raise ConfigError(f'{prefix}{key}', 'is not a known key')
    for key in required:
        if key not in value:
            raise ConfigError(f'{prefix}{key}', 'is missing')
    return value


def _text(value, where, pattern=None, expected=None):
    if not isinstance(value, str) or '\0' in value:
        raise ConfigError(where, 'must be a string')
    if pattern and not pattern.fullmatch(value):
        raise ConfigError(where, f'{value!r} is not {expected}')
    return value


def _integer(value, where, low, high):
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ConfigError(where, f'must be a whole number from {low} to {high}')
    return value


def _list(value, where, check):
    if not isinstance(value, list):
        raise ConfigError(where, 'must be a list')
    return [check(item, f'{where}[{index}]') for index, item in enumerate(value)]


def _choice(value, where, choices):
    if value not in choices:
        raise ConfigError(where, f'must be {" or ".join(choices)}, not {value!r}')
    return value


def _texts(value, where, pattern, expected):
    return _list(value, where, lambda item, at: _text(item, at, pattern, expected))


def _file(value, where):
    content = 'contentBase64' if isinstance(value, dict) and 'contentBase64' in value else 'content'
    entry = _object(value, where, ('path', 'owner', 'group', 'mode', content))
    path = _text(entry['path'], f'{where}.path')
    if not path.startswith('/') or path != os.path.normpath(path) or path.startswith('//') or path == '/':
        raise ConfigError(f'{where}.path', f'{path!r} is not an absolute path of a file without "." and ".."')
    _text(entry['owner'], f'{where}.owner', ACCOUNT, 'a user name')
    _text(entry['group'], f'{where}.group', ACCOUNT, 'a group name')
    _text(entry['mode'], f'{where}.mode', MODE, 'an octal mode such as 0644')
    _text(entry[content], f'{where}.{content}')
    if content == 'contentBase64':
        try:
            base64.b64decode(entry[content], validate=True)
        except (binascii.Error, ValueError) as error:
            raise ConfigError(f'{where}.contentBase64', 'is not base64') from error
    return entry


def _unit(value, where):
    _text(value, where)
    if not UNIT.fullmatch(value) and not (UNIT_NAME.fullmatch(value) and '.' not in value):
        raise ConfigError(where, f'{value!r} is not the name of a systemd unit')
    if value.startswith('-'):
        raise ConfigError(where, f'{value!r} is not the name of a systemd unit')
    return value


def _script(value, where):
    script = _object(value, where, ('name', 'content'))
    _text(script['name'], f'{where}.name', SCRIPT_NAME, 'a file name')
    _text(script['content'], f'{where}.content')
    return script


def _environment(value, where):
    if not isinstance(value, dict):
        raise ConfigError(where, 'must be an object')
    for name, setting in value.items():
        _text(name, f'{where}.{name}', VARIABLE, 'the name of an environment variable')
        _text(setting, f'{where}.{name}')
    return value


def _compose(value):
    compose = _object(
        value,
        'compose',
        ('base', 'release', 'architecture', 'components', 'elements', 'environment', 'kernelPackage', 'packages',
         'files', 'units', 'scripts'),
        ('mirror', 'securityMirror'),
    )
    _text(compose['base'], 'compose.base', ELEMENT, 'the name of an element')
    _text(compose['release'], 'compose.release', SUITE, 'the name of a release')
    _choice(compose['architecture'], 'compose.architecture', ('amd64',))
    for name in ('mirror', 'securityMirror'):
        if compose.get(name) is not None:
            _text(compose[name], f'compose.{name}', MIRROR, 'an http or https address')
    _texts(compose['components'], 'compose.components', SUITE, 'the name of a component')
    if not compose['components']:
        raise ConfigError('compose.components', 'must name at least one component')
    _texts(compose['elements'], 'compose.elements', ELEMENT, 'the name of an element')
    _environment(compose['environment'], 'compose.environment')
    _text(compose['kernelPackage'], 'compose.kernelPackage', PACKAGE, 'the name of a package')
    _texts(compose['packages'], 'compose.packages', PACKAGE, 'the name of a package')
    _list(compose['files'], 'compose.files', _file)
    units = _object(compose['units'], 'compose.units', ('enable', 'disable', 'mask'))
    for verb in units:
        _list(units[verb], f'compose.units.{verb}', _unit)
    _list(compose['scripts'], 'compose.scripts', _script)
    return compose


def _assemble(value):
    assemble = _object(
        value,
        'assemble',
        ('volumeId', 'kernelArguments', 'menuTitle', 'menuTimeout', 'seedAreaBytes', 'kernelArgumentsAreaBytes',
         'sourceDateEpoch'),
        ('origin',),
    )
    _text(assemble['volumeId'], 'assemble.volumeId', VOLUME_ID, '1 to 32 of A-Z, 0-9 and _')
    _texts(assemble['kernelArguments'], 'assemble.kernelArguments', KERNEL_ARGUMENT, 'one kernel argument')
    _text(assemble['menuTitle'], 'assemble.menuTitle', re.compile(r'[ -~]{1,64}'), '1 to 64 printable ASCII characters')
    _integer(assemble['menuTimeout'], 'assemble.menuTimeout', 0, 3600)
    _integer(assemble['seedAreaBytes'], 'assemble.seedAreaBytes', 4096, 256 * 1024 * 1024)
    _integer(assemble['kernelArgumentsAreaBytes'], 'assemble.kernelArgumentsAreaBytes', 256, 65536)
    # 1980 is where FAT's and 2107 where its time ends (the EFI system partition is FAT).
    if 'origin' in assemble:
        origin = _object(assemble['origin'], 'assemble.origin', ('site', 'image', 'profile'))
        for key in origin:
            _text(origin[key], f'assemble.origin.{key}', NAME, '1 to 63 characters on one line')
    _integer(assemble['sourceDateEpoch'], 'assemble.sourceDateEpoch', 315532800, 4354819199)
    return assemble


def check_config(document):
    """The configuration, checked against the contract. Raises ConfigError at the first value that breaks it."""
    config = _object(document, '', ('apiVersion', 'kind', 'builder', 'compose', 'assemble'))
    _choice(config['apiVersion'], 'apiVersion', ('siteforge/v1',))
    _choice(config['kind'], 'kind', ('BuilderConfig',))
    builder = _object(config['builder'], 'builder', ('imageType', 'outputFileName', 'outputMetadataFileName'))
    _choice(builder['imageType'], 'builder.imageType', ('iso',))
    for key in ('outputFileName', 'outputMetadataFileName'):
        _text(builder[key], f'builder.{key}', FILE_NAME, 'a plain file name')
    if builder['outputFileName'] == builder['outputMetadataFileName']:
        raise ConfigError('builder.outputMetadataFileName', 'is the same as builder.outputFileName')
    _compose(config['compose'])
    _assemble(config['assemble'])
    return config


def read_config(path):
    """Read and check the file that BUILDER_CONFIG names. JSON is YAML, so both are read the same way."""
    import yaml  # not in the standard library: imported where it is needed, so that checks run without it

    try:
        with open(path, encoding='utf-8') as file:
            document = yaml.safe_load(file)
    except OSError as error:
        raise ConfigError(path, f'cannot be read: {error.strerror}') from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(path, f'is not YAML: {error}') from error
    return check_config(document)
