"""An address that a user gives -> its bytes, fetched only if it is public.

The host is resolved first and every one of its addresses must be public; the connection then goes
to the very address that was checked, so that a name which answers differently the second time
(DNS rebinding) gains nothing. Each redirect is checked in the same way.
"""

import ipaddress
import socket
import time
from urllib.parse import urljoin, urlsplit

import urllib3

from geo.errors import AskLater, BadAddress, CouldNotAsk
from geo.settings import settings

MAX_BYTES = 5_000_000
SECONDS = 10.0
REDIRECTS = 5
KINDS = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")


def is_public(address):
    """Whether an IP address (str) belongs to the public internet."""
    ip = ipaddress.ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (mapped or ip).is_global and not (mapped or ip).is_multicast


def fetch(url, headers=None, allowed=is_public, kinds=KINDS, most=MAX_BYTES, seconds=None):
    """The page at `url`: (bytes, final address, headers of the answer as a dict, status).

    Raises BadAddress where the address may not be fetched, is of other `kinds` (of content) or
    larger than `most` bytes; CouldNotAsk where it did not answer within `seconds` in all, AskLater
    where it asked for patience. `allowed` says which IP addresses may be asked.
    """
    deadline = time.monotonic() + (seconds or SECONDS)
    for _ in range(REDIRECTS + 1):
        answer = _ask(url, headers or {}, allowed, deadline)
        where = answer.headers.get("Location")
        if answer.status in (301, 302, 303, 307, 308) and where:
            answer.release_conn()
            url = urljoin(url, where)
            continue
        return _body(answer, url, deadline, kinds, most), url, dict(answer.headers), answer.status
    raise BadAddress(f"{_host(url)} redirects more than {REDIRECTS} times.")


def _ask(url, headers, allowed, deadline):
    parts = _parts(url)
    host, port = parts.hostname, parts.port or {"http": 80, "https": 443}[parts.scheme]
    ip = _resolved(host, port, allowed)
    left = max(0.1, deadline - time.monotonic())
    options = {"timeout": urllib3.Timeout(total=left), "retries": False, "maxsize": 1}
    if parts.scheme == "https":
        names = {"server_hostname": host, "assert_hostname": host}
        pool = urllib3.HTTPSConnectionPool(ip, port, cert_reqs="CERT_REQUIRED", **names, **options)
    else:
        pool = urllib3.HTTPConnectionPool(ip, port, **options)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    agent = settings().user_agent
    sent = {"Host": parts.netloc, "User-Agent": agent, "Accept-Encoding": "gzip"} | headers
    try:
        return pool.request("GET", path, headers=sent, redirect=False, preload_content=False)
    except urllib3.exceptions.HTTPError as error:
        raise CouldNotAsk(f"{host} did not answer. Try again later, or paste the text.") from error


def _parts(url):
    try:
        parts = urlsplit(url.strip())
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_fine = None, False
    if not parts or not port_is_fine or not parts.hostname:
        raise BadAddress("This is no web address. It should look like https://example.org/news.")
    if parts.scheme not in ("http", "https"):
        raise BadAddress(f"Only http and https addresses are read, not {parts.scheme}.")
    if parts.username or parts.password:
        raise BadAddress("An address with a name or password in it is not fetched.")
    return parts


def _resolved(host, port, allowed):
    """The first IP address of the host, once all of them have been found to be allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CouldNotAsk(f"{host} was not found. Check the address and the network.") from error
    addresses = [info[4][0] for info in found]
    if not all(allowed(address) for address in addresses):
        raise BadAddress(f"{host} is not on the public internet, so it is not fetched.")
    return addresses[0]


def _body(answer, url, deadline, kinds, most):
    host, kind = _host(url), answer.headers.get("Content-Type", "text/html").lower()
    if answer.status == 304:
        return b""
    if answer.status in (429, 503):
        wait = answer.headers.get("Retry-After", "")
        wait = float(wait) if wait.isdigit() else None
        raise AskLater(f"{host} is busy. Try again in a while.", wait)
    if answer.status >= 400:
        raise CouldNotAsk(f"{host} answered with an error ({answer.status}). Paste the text.")
    if not kind.startswith(kinds):
        raise BadAddress(f"{host} sent {kind.split(';')[0]}, which is not read.")
    data = b""
    try:
        while chunk := answer.read1(65536, decode_content=True):
            data += chunk
            if len(data) > most:
                raise BadAddress(f"The page is larger than {most // 1_000_000} MB.")
            if time.monotonic() > deadline:
                raise CouldNotAsk(f"{host} took too long to answer. Try again later.")
    except urllib3.exceptions.HTTPError as error:
        raise CouldNotAsk(f"{host} broke off in the middle. Try again later.") from error
    finally:
        answer.close()
    return data


def _host(url):
    return urlsplit(url).hostname
