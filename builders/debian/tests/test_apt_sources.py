import os
import tempfile
import unittest

import load_builder  # noqa: F401
from siteforge_builder.apt_sources import (
    Source, own_sources, parse_deb822_style, parse_one_line_style, sources_for, sources_in_image,
)
from siteforge_builder.events import BuildError

DEB822 = """\
# a comment: with a colon
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm
 bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Check-Valid-Until: no

Types: deb
URIs: http://mirror.example/other
Suites: bookworm
Enabled: no

Types: deb-src
URIs: http://mirror.example/sources
Suites: bookworm
"""
BASE = Source('http://mirror.example/debian', 'bookworm')
UPDATES = Source('http://mirror.example/debian', 'bookworm-updates')
SECURITY = Source('http://mirror.example/debian-security', 'bookworm-security', ('check-valid-until=no',))
CLOUD = {'system_info': {'package_mirrors': [
    {'arches': ['default'], 'failsafe': {'primary': 'https://d.example/debian', 'security': 'https://d.example/sec'}},
]}}


def never_asked(uri, suite):
    raise AssertionError(f'{uri} was asked for {suite}')


class AptSources(unittest.TestCase):
    def test_reads_deb822_stanzas_that_are_enabled_and_binary(self):
        self.assertEqual(parse_deb822_style(DEB822), [BASE, UPDATES, SECURITY])

    def test_reads_one_line_sources_with_and_without_options(self):
        text = ('# deb http://no/ x main\n'
                'deb [signed-by=/k Check-Date=no arch=amd64] http://a/ bookworm main\n'
                'deb-src http://b/ s main\n'
                'deb http://c/ t main')
        self.assertEqual(parse_one_line_style(text),
                         [Source('http://a/', 'bookworm', ('check-date=no',)), Source('http://c/', 't')])

    def test_passes_over_what_no_container_reaches_and_what_a_shell_would_read(self):
        for uri in ('file:/srv/debian', 'cdrom:[Debian]/', 'mirror+file:/etc/m', 'http://a/$(touch${IFS}x)', 'http://a/`x`'):
            self.assertEqual(parse_one_line_style(f'deb {uri} bookworm main'), [], uri)
            self.assertEqual(parse_deb822_style(f'Types: deb\nURIs: {uri}\nSuites: bookworm'), [], uri)

    def test_reads_both_kinds_from_apts_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, 'sources.list.d'))
            for name, text in (('sources.list', 'deb http://a/ bookworm main'),
                               ('sources.list.d/debian.sources', DEB822),
                               ('sources.list.d/old.list.disabled', 'deb http://z/ z main')):
                with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                    file.write(text)
            self.assertEqual(own_sources(folder), [Source('http://a/', 'bookworm'), BASE, UPDATES, SECURITY])

    def test_uses_the_builders_own_sources_release_first(self):
        own = [SECURITY, UPDATES, Source('http://x/', 'trixie'), BASE]
        self.assertEqual(sources_for('bookworm', None, None, own, never_asked), [BASE, UPDATES, SECURITY])

    def test_writes_a_source_with_its_options_and_the_components_of_the_image(self):
        self.assertEqual(SECURITY.line(['main', 'contrib']),
                         'deb [check-valid-until=no] http://mirror.example/debian-security bookworm-security main contrib')
        self.assertEqual(BASE.line(['main']), 'deb http://mirror.example/debian bookworm main')

    def test_takes_updates_from_the_mirror_of_the_site_where_it_has_them(self):
        own = [BASE, UPDATES, SECURITY]
        asked = []
        release = Source('http://m/', 'bookworm')
        self.assertEqual(sources_for('bookworm', 'http://m/', None, own, lambda *suite: asked.append(suite)), [release])
        self.assertEqual(asked, [('http://m/', 'bookworm-updates')])
        self.assertEqual(sources_for('bookworm', 'http://m/', None, own, lambda *_: True),
                         [release, Source('http://m/', 'bookworm-updates')])

    def test_takes_the_security_suite_from_where_the_site_says_alone(self):
        security = Source('http://s/', 'bookworm-security')
        self.assertEqual(sources_for('bookworm', 'http://m/', 'http://s/', [BASE, SECURITY], lambda uri, _: uri == 'http://s/'),
                         [Source('http://m/', 'bookworm'), security])
        self.assertEqual(sources_for('bookworm', None, 'http://s/', [BASE, UPDATES, SECURITY], lambda *_: True),
                         [BASE, UPDATES, security])
        self.assertEqual(sources_for('sid', 'http://m/', 'http://s/', [], never_asked), [Source('http://m/', 'sid')])

    def test_refuses_a_security_mirror_without_the_suite(self):
        with self.assertRaises(BuildError) as caught:
            sources_for('bookworm', 'http://m/', 'http://me:hunter2@s/', [], lambda uri, _: uri == 'http://m/')
        self.assertEqual(caught.exception.code, 'suite-missing')
        self.assertEqual(caught.exception.message, 'http://s/ has no bookworm-security.')

    def test_refuses_a_release_that_nobody_has_a_mirror_for(self):
        with self.assertRaises(BuildError) as caught:
            sources_for('trixie', None, None, [BASE], never_asked)
        self.assertEqual(caught.exception.code, 'mirror-unknown')


class SourcesInImage(unittest.TestCase):
    def test_are_the_mirrors_of_the_site_without_accounts(self):
        site = [Source('http://me:secret@m.example/debian', 'bookworm'), Source('http://s.example/', 'bookworm-security')]
        self.assertEqual(sources_in_image('bookworm', ['main', 'contrib'], site, CLOUD),
                         '# The mirrors of the site.\ndeb http://m.example/debian bookworm main contrib\n'
                         'deb http://s.example/ bookworm-security main contrib\n')

    def test_are_those_of_cloud_init_beside_a_security_mirror_of_the_site(self):
        site = [Source('http://s.example/', 'bookworm-security')]
        self.assertEqual(sources_in_image('bookworm', ['main'], site, CLOUD).splitlines()[1:], [
            'deb https://d.example/debian bookworm main',
            'deb https://d.example/debian bookworm-updates main',
            'deb http://s.example/ bookworm-security main',
        ])

    def test_are_those_of_cloud_init_where_the_site_names_none(self):
        self.assertEqual(sources_in_image('bookworm', ['main'], [], CLOUD).splitlines()[1:], [
            'deb https://d.example/debian bookworm main',
            'deb https://d.example/debian bookworm-updates main',
            'deb https://d.example/sec bookworm-security main',
        ])
        self.assertEqual(len(sources_in_image('sid', ['main'], [], CLOUD).splitlines()), 2)

    def test_are_none_where_nothing_sensible_names_them(self):
        hostile = {'system_info': {'package_mirrors': [{'arches': ['default'], 'failsafe': {
            'primary': 'http://a/\ndeb http://evil/', 'security': 'http://b/'}}]}}
        for cloud_config in (None, {}, {'system_info': None}, {'system_info': {'package_mirrors': [{}]}}, hostile, 'text'):
            self.assertEqual(sources_in_image('bookworm', ['main'], [], cloud_config), '# The site names no mirror.\n')


if __name__ == '__main__':
    unittest.main()
