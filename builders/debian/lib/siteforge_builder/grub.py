"""GRUB's scripts, and the area of a medium in which kernel arguments are stamped."""
from .events import BuildError

KERNEL_ARGUMENTS_PATH = '/boot/grub/site-kernel-arguments.cfg'
KERNEL_ARGUMENTS_VARIABLE = 'site_kernel_arguments'
PADDING_LINE = '#' * 63 + '\n'

# The live system on this medium, without live-boot's own network set-up: cloud-init configures the network.
LIVE_ARGUMENTS = ('boot=live', 'nonetworking')


def quote(text):
    """One word for GRUB's shell; single quotes keep everything but themselves."""
    return "'" + text.replace("'", "'\\''") + "'"


def padded_kernel_arguments(length, arguments=''):
    """The script of exactly `length` bytes that sets the stamped kernel arguments; comments fill it up."""
    text = f'set {KERNEL_ARGUMENTS_VARIABLE}="{arguments}"\n'
    room = length - len(text)
    if room < 0:
        raise BuildError('kernel-arguments-too-long', f'The kernel arguments do not fit into {length} bytes.',
                         'Make the area for kernel arguments larger.')
    # The last line is what remains of one: it has no newline of its own to spare.
    padding = (PADDING_LINE * (room // len(PADDING_LINE) + 1))[:room]
    return (text + padding).encode('ascii')


def baked_kernel_arguments(arguments):
    return [*LIVE_ARGUMENTS, *arguments]


def _serial(arguments):
    """(unit, speed) of the serial console among the kernel arguments, or None."""
    for argument in arguments:
        if argument.startswith('console=ttyS'):
            port, _, options = argument[len('console=ttyS'):].partition(',')
            speed = ''.join(character for character in options.split('n')[0] if character.isdigit())
            if port.isdigit():
                return int(port), int(speed or 9600)
    return None


def menu(title, timeout, arguments):
    """grub.cfg of the medium. `arguments` are the baked kernel arguments."""
    serial = _serial(arguments)
    lines = []
    if serial:
        lines += [
            # UEFI firmware puts its console on the serial line itself; twice would print everything doubly.
            'if [ "$grub_platform" = "pc" ]; then',
            f'  if serial --unit={serial[0]} --speed={serial[1]}; then',
            '    terminal_input console serial',
            '    terminal_output console serial',
            '  fi',
            'fi',
        ]
    lines += [
        'set default=0',
        f'set timeout={timeout}',
        f'source {KERNEL_ARGUMENTS_PATH}',
        f'menuentry {quote(title)} {{',
        # Unquoted: GRUB makes words of it.
        f'  linux /live/vmlinuz {" ".join(quote(argument) for argument in arguments)} ${KERNEL_ARGUMENTS_VARIABLE}',
        '  initrd /live/initrd /live/site-seed.img',
        '}',
        '',
    ]
    return '\n'.join(lines)


def find_medium(identifier):
    """The script in the boot images: finds the medium that they came from by a file that only this image has."""
    return (
        f'search --no-floppy --set=root --file /.disk/id/{identifier}\n'
        'set prefix=($root)/boot/grub\n'
    )


def find_medium_signed(identifier):
    """The same for Debian's signed GRUB, which reads its own prefix and is told to go on."""
    return find_medium(identifier) + 'configfile ($root)/boot/grub/grub.cfg\n'
