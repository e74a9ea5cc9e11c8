import http.server
import threading
import unittest

import load_builder  # noqa: F401
from siteforge_builder.mirror import has_suite


class Archive(http.server.BaseHTTPRequestHandler):
    """A mirror with /debian/dists/bookworm, in which other addresses answer what their name says."""

    def do_HEAD(self):
        if self.path.startswith('/status/'):
            status = int(self.path.split('/')[2])
        elif self.path.startswith('/account/'):
            # "me:p@ss"
            status = 200 if self.headers.get('Authorization') == 'Basic bWU6cEBzcw==' else 401
        else:
            status = 200 if self.path == '/debian/dists/bookworm/Release' else 404
        self.server.asked.append((self.path, status))
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


class HasSuite(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Archive)
        self.server.asked = []
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.root = f'http://127.0.0.1:{self.server.server_port}'

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def test_says_what_the_mirror_says(self):
        self.assertTrue(has_suite(f'{self.root}/debian/', 'bookworm'))
        self.assertFalse(has_suite(f'{self.root}/debian', 'bookworm-security'))
        self.assertFalse(has_suite(f'{self.root}/status/403', 'bookworm'))

    def test_leaves_it_to_apt_where_the_mirror_cannot_say(self):
        self.assertTrue(has_suite(f'{self.root}/status/500', 'bookworm'))
        self.assertTrue(has_suite('http://127.0.0.1:1', 'bookworm'))

    def test_names_itself_with_the_account_of_the_address(self):
        self.assertTrue(has_suite(f'{self.root.replace("//", "//me:p%40ss@")}/account', 'bookworm'))
        self.assertEqual(self.server.asked[-1], ('/account/dists/bookworm/InRelease', 200))


if __name__ == '__main__':
    unittest.main()
