"""Writing into the volume, so that everything there belongs to the account that owns the volume at every moment.

The builder runs as root in its container and may be killed at any time: a file must never exist under root's name, not
even unfinished. Hence ownership is given when a file is created, not when the build is done.
"""
import os


class Volume:
    """The folder that the application shares with the builder (`/config`), or the cache."""

    def __init__(self, root):
        self.root = root
        status = os.stat(root)
        self._owner = (status.st_uid, status.st_gid)

    def path(self, *names):
        return os.path.join(self.root, *names)

    def own(self, path):
        os.chown(path, *self._owner)

    def make_folder(self, *names):
        """Make a folder and those above it that are missing; returns its path."""
        path = self.root
        for name in names:
            path = os.path.join(path, name)
            if not os.path.isdir(path):
                os.mkdir(path, 0o755)
                self.own(path)
        return path

    def create(self, *names):
        """Create an empty file, replacing what was there; returns its path. Programs may then open and fill it."""
        path = self.path(*names)
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o644)
        try:
            os.fchown(descriptor, *self._owner)
        finally:
            os.close(descriptor)
        return path

    def write(self, content, *names):
        """Write text or bytes to a file, atomically: readers see the old content or the new."""
        partial = self.create(*names[:-1], names[-1] + '.partial')
        with open(partial, 'wb') as file:
            file.write(content.encode('utf-8') if isinstance(content, str) else content)
        os.rename(partial, self.path(*names))
