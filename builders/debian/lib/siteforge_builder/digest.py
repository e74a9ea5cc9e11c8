"""SHA-256 of files and of parts of files."""
import hashlib

PIECE_BYTES = 4 * 1024 * 1024


def sha256_of(path, offset=0, length=None, on_bytes=None):
    """Hexadecimal SHA-256 of `length` bytes from `offset`, by default of the whole file."""
    digest = hashlib.sha256()
    done = 0
    with open(path, 'rb', buffering=0) as file:
        file.seek(offset)
        while length is None or done < length:
            piece = file.read(PIECE_BYTES if length is None else min(PIECE_BYTES, length - done))
            if not piece:
                break
            digest.update(piece)
            done += len(piece)
            if on_bytes:
                on_bytes(done)
    return digest.hexdigest()
