"""What a mirror has, asked of it before minutes are spent on it."""
import base64
import re
import urllib.error
import urllib.parse
import urllib.request

# Release since 1998, InRelease since Debian 6; a mirror has at least one of them for each suite.
FILES = ('InRelease', 'Release')
# Object stores answer 403 for what they do not have.
ABSENT = (403, 404, 410)
TIMEOUT_SECONDS = 20


def _request(uri):
    account = re.match(r'(https?://)([^/@]*)@', uri)
    if not account:
        return urllib.request.Request(uri, method='HEAD')
    # urllib takes an account for a part of the host's name.
    request = urllib.request.Request(account.group(1) + uri[account.end():], method='HEAD')
    name = urllib.parse.unquote(account.group(2))
    request.add_header('Authorization', 'Basic ' + base64.b64encode(name.encode()).decode('ascii'))
    return request


def has_suite(uri, suite):
    """False only where the mirror itself says so. What else can go wrong apt tells better, so that it is asked then."""
    for name in FILES:
        try:
            with urllib.request.urlopen(_request(f'{uri.rstrip("/")}/dists/{suite}/{name}'), timeout=TIMEOUT_SECONDS):
                return True
        except urllib.error.HTTPError as error:
            if error.code not in ABSENT:
                return True
        except (OSError, ValueError):
            return True
    return False
