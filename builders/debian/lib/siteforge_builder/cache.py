"""What one build downloads and the next need not: packages, and the bootstrapped base system.

apt and dib never work in the cache itself. Builds that run at the same time would break each other's files, and one that
is killed would leave halves of files that belong to root. Files are copied in before and out after the build (a few
hundred megabytes between page caches, well below a second), and appear in the cache under their names when complete.
"""
import contextlib
import hashlib
import json
import os
import secrets
import shutil

from .work import WORK

ARCHIVES = f'{WORK}/archives'
BOOTSTRAP = f'{WORK}/bootstrap'


class Cache:
    """The cache in `volume`, or none where that is None.

    A bootstrapped system is reused only for the same sources, components and packages.
    """

    def __init__(self, volume, sources, components, packages):
        key = hashlib.sha256(json.dumps([sources, components, packages]).encode()).hexdigest()[:16]
        self._volume = volume
        self._folders = ((ARCHIVES, ('archives',), '.deb'), (BOOTSTRAP, ('bootstrap', key), '.tar.gz'))

    def fetch(self):
        """Copy what the cache has to where the build looks for it."""
        for folder, names, suffix in self._folders:
            os.makedirs(folder, exist_ok=True)
            for name in self._listing(names, suffix):
                # The application removes what was not used for long, at any moment.
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(self._volume.path(*names, name), os.path.join(folder, name))

    def keep(self):
        """Copy what is new to the cache."""
        if self._volume is None:
            return
        for folder, names, suffix in self._folders:
            known = self._listing(names, suffix)
            self._volume.make_folder(*names)
            for name in sorted(os.listdir(folder)):
                if name.endswith(suffix) and name not in known:
                    self._keep_file(os.path.join(folder, name), names, name)

    def _listing(self, names, suffix):
        if self._volume is None or not os.path.isdir(self._volume.path(*names)):
            return set()
        return {name for name in os.listdir(self._volume.path(*names)) if name.endswith(suffix)}

    def _keep_file(self, source, names, name):
        # A name of its own: another build may be storing the same package at this moment.
        partial = self._volume.create(*names, f'{name}.{secrets.token_hex(4)}.partial')
        shutil.copyfile(source, partial)
        os.rename(partial, self._volume.path(*names, name))
