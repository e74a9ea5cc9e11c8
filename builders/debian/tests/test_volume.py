import os
import tempfile
import unittest

import load_builder  # noqa: F401
from siteforge_builder.volume import Volume


@unittest.skipUnless(os.getuid() == 0, 'needs root to give files away')
class VolumeOwnership(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.chown(folder.name, 1234, 4321)
        self.volume = Volume(folder.name)

    def owner(self, *names):
        status = os.stat(self.volume.path(*names))
        return status.st_uid, status.st_gid

    def test_everything_belongs_to_the_owner_of_the_volume(self):
        self.volume.make_folder('compose', 'x')
        self.volume.create('empty')
        self.volume.write('text', 'compose', 'file')
        for names in (('compose',), ('compose', 'x'), ('empty',), ('compose', 'file')):
            self.assertEqual(self.owner(*names), (1234, 4321))

    def test_a_link_in_the_volume_is_replaced_not_followed(self):
        outside = tempfile.NamedTemporaryFile()
        self.addCleanup(outside.close)
        os.symlink(outside.name, self.volume.path('image.iso'))
        self.volume.write('new', 'image.iso')
        self.assertFalse(os.path.islink(self.volume.path('image.iso')))
        self.assertEqual(os.path.getsize(outside.name), 0)

    def test_writing_leaves_no_partial_file(self):
        self.volume.write('text', 'file')
        self.assertEqual(os.listdir(self.volume.root), ['file'])


if __name__ == '__main__':
    unittest.main()
