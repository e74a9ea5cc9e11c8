import os
import tempfile
import unittest

import load_builder  # noqa: F401
from siteforge_builder.apt_sources import own_sources, parse_deb822_style, parse_one_line_style, sources_for
from siteforge_builder.events import BuildError

DEB822 = """\
# a comment: with a colon
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: http://mirror.example/other
Suites: bookworm
Enabled: no

Types: deb-src
URIs: http://mirror.example/sources
Suites: bookworm
"""
BASE = ('http://mirror.example/debian', 'bookworm')
UPDATES = ('http://mirror.example/debian', 'bookworm-updates')
SECURITY = ('http://mirror.example/debian-security', 'bookworm-security')


class AptSources(unittest.TestCase):
    def test_reads_deb822_stanzas_that_are_enabled_and_binary(self):
        self.assertEqual(parse_deb822_style(DEB822), [BASE, UPDATES, SECURITY])

    def test_reads_one_line_sources_with_and_without_options(self):
        text = '# deb http://no/ x main\ndeb [signed-by=/k] http://a/ bookworm main\ndeb-src http://b/ s main\ndeb http://c/ t main'
        self.assertEqual(parse_one_line_style(text), [('http://a/', 'bookworm'), ('http://c/', 't')])

    def test_reads_both_kinds_from_apts_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, 'sources.list.d'))
            for name, text in (('sources.list', 'deb http://a/ bookworm main'),
                               ('sources.list.d/debian.sources', DEB822),
                               ('sources.list.d/old.list.disabled', 'deb http://z/ z main')):
                with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                    file.write(text)
            self.assertEqual(own_sources(folder), [('http://a/', 'bookworm'), BASE, UPDATES, SECURITY])

    def test_uses_the_builders_own_sources_release_first(self):
        own = [SECURITY, UPDATES, ('http://x/', 'trixie'), BASE]
        self.assertEqual(sources_for('bookworm', None, own), [BASE, UPDATES, SECURITY])

    def test_uses_a_mirror_that_is_named_alone(self):
        self.assertEqual(sources_for('bookworm', 'http://m/', [BASE, SECURITY]), [('http://m/', 'bookworm')])

    def test_refuses_a_release_that_nobody_has_a_mirror_for(self):
        with self.assertRaises(BuildError) as caught:
            sources_for('trixie', None, [BASE])
        self.assertEqual(caught.exception.code, 'mirror-unknown')


if __name__ == '__main__':
    unittest.main()
