"""An HTTP client for geopy that asks exactly once.

geopy's own clients repeat a request twice behind one's back, follow redirects, count the timeout
anew with every byte, and read whatever length is sent. That breaks a pace that is kept for a
service, and lets a broken one hold up everybody who waits.
"""

import contextlib
import json
import time
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)

MAX_BYTES = 2_000_000


class OneRequest(BaseSyncAdapter):
    """geopy's adapter: one GET, in the time and length allowed, or one of geopy's errors."""

    def __init__(self, *, proxies, ssl_context):
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._proxies = getproxies() if proxies is None else proxies
        self._options = {"ssl_context": ssl_context} if ssl_context else {}

    def get_json(self, url, *, timeout, headers):
        """The answer, parsed."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("The answer is not JSON.") from error

    def get_text(self, url, *, timeout, headers):
        """The answer as text, within `timeout` seconds from now in all."""
        deadline = time.monotonic() + timeout
        with self._pool(url) as pool, _as_geopy():
            wait = urllib3.Timeout(total=timeout)
            how = {"timeout": wait, "retries": False, "redirect": False, "preload_content": False}
            answer = pool.request("GET", url, headers=headers, **how)
            try:
                body = _body(answer, deadline)
            finally:
                answer.close()
        if answer.status >= 300:
            message = f"Status {answer.status}"
            found = {"status_code": answer.status, "headers": answer.headers, "text": ""}
            raise AdapterHTTPError(message, **found)
        return body.decode("utf-8", errors="replace")

    def _pool(self, url):
        parts = urlsplit(url)
        proxy = self._proxies.get(parts.scheme)
        if proxy and not proxy_bypass(parts.hostname):
            proxy = proxy if "://" in proxy else f"http://{proxy}"
            return urllib3.ProxyManager(proxy, **self._options)
        return urllib3.PoolManager(**self._options)


@contextlib.contextmanager
def _as_geopy():
    """urllib3's errors as the ones that geopy promises of an adapter."""
    try:
        yield
    except GeopyError:
        raise
    except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ProxyError) as error:
        raise GeocoderUnavailable("No connection") from error
    except urllib3.exceptions.TimeoutError as error:
        raise GeocoderTimedOut("Too slow") from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise GeocoderServiceError("The connection broke") from error


def _body(answer, deadline):
    data = b""
    while chunk := answer.read1(65536, decode_content=True):
        data += chunk
        if len(data) > MAX_BYTES:
            raise GeocoderServiceError("The answer is too long.")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("Too slow")
    return data
