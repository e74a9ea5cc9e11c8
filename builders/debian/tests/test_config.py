import os
import tempfile
import unittest

import load_builder  # noqa: F401  (sets the path)
from example_config import example
from siteforge_builder.config import EXIT_CONFIG, ConfigError, check_config, read_config

try:
    import yaml
except ImportError:
    yaml = None

FILE = {'path': '/etc/x', 'owner': 'root', 'group': 'root', 'mode': '0644', 'content': ''}

WRONG = (
    ('kind', 'Image', 'kind'),
    ('surplus', 1, 'surplus'),
    ('builder.imageType', 'qcow2', 'builder.imageType'),
    ('builder.outputFileName', '../edge.iso', 'builder.outputFileName'),
    ('builder.outputMetadataFileName', 'edge.iso', 'builder.outputMetadataFileName'),
    ('compose.base', 'debian minimal', 'compose.base'),
    ('compose.elements', ['a', '../b'], 'compose.elements[1]'),
    ('compose.packages', ['-oDPkg::Pre-Invoke=x'], 'compose.packages[0]'),
    ('compose.packages', 'tcpdump', 'compose.packages'),
    ('compose.mirror', 'http://m/; rm -rf /', 'compose.mirror'),
    ('compose.securityMirror', 'http://m/$(id)', 'compose.securityMirror'),
    ('compose.components', [], 'compose.components'),
    ('compose.components', ['main x'], 'compose.components[0]'),
    ('compose.environment', {'A B': 'x'}, 'compose.environment.A B'),
    ('compose.environment', {'A': 1}, 'compose.environment.A'),
    ('compose.files', [{**FILE, 'path': '/etc/../x'}], 'compose.files[0].path'),
    ('compose.files', [{**FILE, 'path': 'etc/x'}], 'compose.files[0].path'),
    ('compose.files', [{**FILE, 'mode': '0888'}], 'compose.files[0].mode'),
    ('compose.files', [{**FILE, 'contentBase64': 'AA=='}], 'compose.files[0].content'),
    ('compose.files', [{'path': '/x'}], 'compose.files[0].owner'),
    ('compose.units.enable', ['--now'], 'compose.units.enable[0]'),
    ('compose.units.enable', ['a b.service'], 'compose.units.enable[0]'),
    ('compose.scripts', [{'name': 'a/b', 'content': ''}], 'compose.scripts[0].name'),
    ('assemble.volumeId', 'edge-node', 'assemble.volumeId'),
    ('assemble.volumeId', 'A' * 33, 'assemble.volumeId'),
    ('assemble.kernelArguments', ['two words'], 'assemble.kernelArguments[0]'),
    ('assemble.menuTimeout', True, 'assemble.menuTimeout'),
    ('assemble.menuTimeout', -1, 'assemble.menuTimeout'),
    ('assemble.origin', 'edge', 'assemble.origin'),
    ('assemble.origin', {'site': 'edge', 'image': 'node', 'profile': 'x' * 64}, 'assemble.origin.profile'),
    ('assemble.origin', {'site': 'edge', 'image': 'a\nb', 'profile': 'x'}, 'assemble.origin.image'),
    ('assemble.origin', {'site': 'edge', 'image': 'node'}, 'assemble.origin.profile'),
    ('assemble.seedAreaBytes', '1048576', 'assemble.seedAreaBytes'),
    ('assemble.sourceDateEpoch', ..., 'assemble.sourceDateEpoch'),
)


class CheckConfig(unittest.TestCase):
    def test_accepts_a_right_configuration(self):
        self.assertEqual(check_config(example()), example())

    def test_refuses_each_mistake_at_its_place(self):
        for path, value, where in WRONG:
            with self.subTest(path=path, value=value):
                with self.assertRaises(ConfigError) as caught:
                    check_config(example(path, value))
                self.assertTrue(caught.exception.message.startswith(f'{where}: '), caught.exception.message)
                self.assertEqual(caught.exception.exit_status, EXIT_CONFIG)

    def test_refuses_what_is_no_object(self):
        for document in (None, [], 'text', 3):
            with self.subTest(document=document), self.assertRaises(ConfigError):
                check_config(document)


@unittest.skipIf(yaml is None, 'needs python3-yaml')
class ReadConfig(unittest.TestCase):
    def _read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'config')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            return read_config(path)

    def test_reads_json_and_yaml_alike(self):
        import json
        self.assertEqual(self._read(json.dumps(example())), example())
        self.assertEqual(self._read(yaml.safe_dump(example())), example())

    def test_explains_what_is_not_yaml(self):
        with self.assertRaisesRegex(ConfigError, 'is not YAML'):
            self._read('{"kind": ')

    def test_explains_a_missing_file(self):
        with self.assertRaisesRegex(ConfigError, 'cannot be read'):
            read_config('/nonexistent/siteforge.json')


if __name__ == '__main__':
    unittest.main()
