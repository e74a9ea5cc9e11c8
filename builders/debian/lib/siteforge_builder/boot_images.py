"""The two images that firmware starts: GRUB for BIOS, and a FAT file system with Debian's signed loaders for UEFI."""
import os

from . import grub, process

LOADERS = '/opt/siteforge/loaders'
HINT = 'This is a fault of the builder image; build it again.'
# All that grub.cfg uses is in the core image, so that the medium needs no folder of modules.
BIOS_MODULES = (
    'biosdisk', 'part_gpt', 'part_msdos', 'iso9660', 'search', 'search_fs_file', 'normal', 'configfile', 'linux',
    'serial', 'terminal', 'test', 'echo', 'ls', 'cat', 'minicmd', 'reboot', 'halt', 'sleep',
)
ESP_FILES = (
    # shim's name for the fallback loader, and the names under which shim looks for GRUB and for MokManager
    (f'{LOADERS}/usr/lib/shim/shimx64.efi.signed', '::/EFI/BOOT/BOOTX64.EFI'),
    (f'{LOADERS}/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed', '::/EFI/BOOT/grubx64.efi'),
    (f'{LOADERS}/usr/lib/shim/mmx64.efi.signed', '::/EFI/BOOT/mmx64.efi'),
)


def bios_image(folder, identifier):
    """GRUB's El Torito image, which the boot sector of a stick starts as well; returns its path."""
    script = os.path.join(folder, 'bios.cfg')
    with open(script, 'w', encoding='ascii') as file:
        file.write(grub.find_medium(identifier))
    image = os.path.join(folder, 'eltorito.img')
    process.check(
        ['grub-mkimage', '--format=i386-pc-eltorito', '--prefix=/boot/grub', f'--config={script}',
         f'--output={image}', *BIOS_MODULES],
        'boot-image-failed', HINT,
    )
    return image


def efi_system_partition(folder, identifier, environment):
    """A FAT image with shim and GRUB as Debian signed them, so that Secure Boot accepts them; returns its path."""
    script = os.path.join(folder, 'esp.cfg')
    with open(script, 'w', encoding='ascii') as file:
        file.write(grub.find_medium_signed(identifier))
    files = [*ESP_FILES, (script, '::/EFI/debian/grub.cfg')]
    used = sum(os.path.getsize(source) for source, _ in files)
    # Room for FAT itself, in whole MiB.
    mebibytes = (used + 512 * 1024) // (1024 * 1024) + 1
    image = os.path.join(folder, 'efi.img')
    with open(image, 'wb') as file:
        file.truncate(mebibytes * 1024 * 1024)
    # The serial number is otherwise made from the clock.
    process.check(['mformat', '-i', image, '-N', identifier[:8], '-v', 'ESP', '-T', str(mebibytes * 2048), '-h', '64',
                   '-s', '32', '::'], 'boot-image-failed', HINT, env=environment)
    process.check(['mmd', '-i', image, '::/EFI', '::/EFI/BOOT', '::/EFI/debian'], 'boot-image-failed', HINT,
                  env=environment)
    for source, target in files:
        # -m is left out: mtools then gives the time of SOURCE_DATE_EPOCH.
        process.check(['mcopy', '-i', image, source, target], 'boot-image-failed', HINT, env=environment)
    return image


def loader_versions():
    """Versions of the signed loaders, by package."""
    with open(f'{LOADERS}/versions', encoding='ascii') as file:
        fields = [line.split(': ') for line in file.read().splitlines()]
    return {fields[number][1]: fields[number + 1][1] for number in range(0, len(fields), 2)}
