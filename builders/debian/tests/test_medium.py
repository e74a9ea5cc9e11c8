import json
import shutil
import subprocess
import tempfile
import unittest

import load_builder  # noqa: F401
from siteforge_builder import grub, iso, medium_index
from siteforge_builder.events import BuildError


class KernelArgumentsArea(unittest.TestCase):
    def test_has_exactly_the_asked_length_and_only_comments_after_the_first_line(self):
        for length in (256, 4095, 4096, 4097):
            area = grub.padded_kernel_arguments(length, 'a=1 b')
            self.assertEqual(len(area), length)
            first, *padding = area.decode('ascii').split('\n')
            self.assertEqual(first, 'set site_kernel_arguments="a=1 b"')
            self.assertTrue(all(set(line) <= {'#'} and len(line) <= 63 for line in padding))

    def test_refuses_arguments_that_do_not_fit(self):
        with self.assertRaises(BuildError):
            grub.padded_kernel_arguments(256, 'x' * 250)


class Menu(unittest.TestCase):
    def test_quotes_every_argument_and_leaves_the_stamped_ones_to_be_split(self):
        menu = grub.menu("it's", 3, grub.baked_kernel_arguments(['ds=nocloud;s=/x', 'a="b c"']))
        self.assertIn("menuentry 'it'\\''s' {", menu)
        self.assertIn("linux /live/vmlinuz 'boot=live' 'nonetworking' 'ds=nocloud;s=/x' 'a=\"b c\"' $site_kernel_arguments", menu)
        self.assertIn('set timeout=3\n', menu)
        self.assertIn('initrd /live/initrd /live/site-seed.img\n', menu)

    def test_uses_the_serial_line_of_the_kernel_arguments(self):
        self.assertIn('serial --unit=1 --speed=57600', grub.menu('t', 0, ['console=tty0', 'console=ttyS1,57600n8']))
        self.assertIn('serial --unit=0 --speed=9600', grub.menu('t', 0, ['console=ttyS0']))
        self.assertNotIn('serial', grub.menu('t', 0, ['console=tty0']))

    @unittest.skipUnless(shutil.which('grub-script-check'), 'needs grub-common')
    def test_is_what_grub_accepts(self):
        menu = grub.menu("it's \"$x\" {", 3, grub.baked_kernel_arguments(['console=ttyS0,115200n8', 'a="b c"', "q='"]))
        for script in (menu, grub.padded_kernel_arguments(4096, 'a b').decode(), grub.find_medium_signed('x')):
            with tempfile.NamedTemporaryFile('w') as file:
                file.write(script)
                file.flush()
                subprocess.run(['grub-script-check', file.name], check=True)


class MediumIndex(unittest.TestCase):
    SETTINGS = {'volumeId': 'EDGE', 'origin': {'site': 'edge-berlin', 'image': 'edge-node', 'profile': 'worker'}}
    TREE = {'architecture': 'amd64', 'release': 'bookworm'}
    AREAS = {medium_index.SEED_PATH: (4096, 1048576), grub.KERNEL_ARGUMENTS_PATH: (2048, 4096)}

    def test_is_json_of_a_fixed_size(self):
        index = medium_index.index_of(self.SETTINGS, self.TREE, self.AREAS, ['boot=live', 'quiet'])
        encoded = medium_index.encode(index)
        self.assertEqual(len(encoded), 8192)
        self.assertTrue(encoded.endswith(b' \n'))
        self.assertEqual(json.loads(encoded), index)
        self.assertEqual(index['seed'], {'path': '/live/site-seed.img', 'offset': 4096, 'length': 1048576,
                                         'format': 'newc-gzip', 'directory': 'site-seed'})
        self.assertEqual(index['baked'], {'kernelArguments': 'boot=live quiet'})

    def test_tells_what_the_image_was_made_from(self):
        index = medium_index.index_of(self.SETTINGS, self.TREE, self.AREAS, [])
        self.assertEqual(index['volumeId'], 'EDGE')
        self.assertEqual(index['architecture'], 'amd64')
        self.assertEqual(index['origin'], {'site': 'edge-berlin', 'image': 'edge-node', 'profile': 'worker',
                                           'release': 'bookworm'})
        unnamed = medium_index.index_of({'volumeId': 'EDGE'}, self.TREE, self.AREAS, [])
        self.assertEqual(unnamed['origin'], {'release': 'bookworm'})

    def test_lists_the_areas_for_the_metadata(self):
        index = medium_index.index_of(self.SETTINGS, self.TREE, self.AREAS, [])
        self.assertEqual([(area['name'], area['offset'], area['format']) for area in medium_index.stamp_areas(index)],
                         [('seed', 4096, 'newc-gzip'), ('kernel-arguments', 2048, 'grub-set')])


class Extents(unittest.TestCase):
    def test_reads_what_xorriso_reports(self):
        listing = (
            "Report layout:      xt , Startlba ,   Blocks , Filesize , ISO image path\n"
            "File data lba:   0 ,     1234 ,      512 ,  1048576 , '/live/site-seed.img'\n"
            "File data lba:   0 ,       99 ,        1 ,        5 , '/a'\"'\"'b'\n"
        )
        self.assertEqual(iso.parse_extents(listing), {'/live/site-seed.img': (1234 * 2048, 1048576), "/a'b": (99 * 2048, 5)})


if __name__ == '__main__':
    unittest.main()
