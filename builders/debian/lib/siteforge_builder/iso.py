"""The ISO 9660 file system: written by xorriso, with boot records for BIOS and UEFI, from CD and from a stick."""
import re

from . import process

BLOCK_BYTES = 2048
BIOS_IMAGE_PATH = '/boot/grub/eltorito.img'
MBR = '/usr/lib/grub/i386-pc/boot_hybrid.img'
# GPT partition types, UEFI 2.10 section 5.3.3 and Microsoft's basic data.
EFI_SYSTEM_PARTITION = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B'
BASIC_DATA = 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7'
UPDATE = re.compile(r'UPDATE\s*:\s*([0-9.]+)% done')
FILE_EXTENT = re.compile(r"^File data lba:\s*\d+\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*'(.*)'$")


def write(output, volume_id, files, esp, environment, on_progress):
    """Write the image to `output`. `files` maps paths on the medium to the files that hold their content.

    The layout is that of Fedora's media: El Torito for BIOS and UEFI from CD; for a stick GRUB's boot sector, and a
    GPT whose first partition is the ISO file system and whose second is the EFI system partition, which El Torito
    names as well, so that it exists once.
    """
    arguments = [
        'xorriso', '-report_about', 'UPDATE', '-as', 'mkisofs', '-graft-points', '-iso-level', '3', '-rational-rock',
        '-joliet', '-joliet-long', '-V', volume_id, '-o', output,
        # SOURCE_DATE_EPOCH covers the dates of the volume; those of the files come from their inodes without this.
        '--set_all_file_dates', f'={environment["SOURCE_DATE_EPOCH"]}',
        '--grub2-mbr', MBR, '-partition_offset', '16',
        '-append_partition', '2', EFI_SYSTEM_PARTITION, esp, '-appended_part_as_gpt', '-iso_mbr_part_type', BASIC_DATA,
        '-c', '/boot/boot.cat', '--boot-catalog-hide',
        '-b', BIOS_IMAGE_PATH, '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table', '--grub2-boot-info',
        '-eltorito-alt-boot', '-e', '--interval:appended_partition_2:all::', '-no-emul-boot',
        *(f'{path}={_graft(source)}' for path, source in sorted(files.items())),
    ]

    def on_line(line):
        update = UPDATE.search(line)
        if update:
            on_progress(float(update.group(1)))

    process.check(arguments, 'iso-failed', 'Check that the disk has room for the image, then build again.',
                  on_line=on_line, env=environment)


def _graft(source):
    # "=" and "\" separate and escape in -graft-points, see xorrisofs(1).
    return source.replace('\\', '\\\\').replace('=', '\\=')


def extents(image):
    """{path: (offset, length)} in bytes of every file in the image, each of which lies in one piece."""
    listing = process.output_of(['xorriso', '-indev', f'stdio:{image}', '-find', '/', '-type', 'f', '-exec', 'report_lba'])
    return parse_extents(listing)


def parse_extents(listing):
    """Read xorriso's report_lba lines: "File data lba:  xt , startlba , blocks , filesize , path"."""
    found = {}
    for line in listing.splitlines():
        match = FILE_EXTENT.match(line)
        if match:
            start, _blocks, size, path = match.groups()
            found[path.replace("'\"'\"'", "'")] = (int(start) * BLOCK_BYTES, int(size))
    return found
