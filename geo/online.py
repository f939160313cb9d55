"""Asking a geocoder over the network, through geopy: Nominatim, Photon or Pelias.

Every question is one request, within ten seconds and two megabytes, in the turn that
ratelimit.py gives. What a failure means, by what geopy makes of it:

    429                       AskLater, with the server's own delay where it gives one
    502, 503, 504, 408        the same
    401, 402, 403, 407        Refused
    no connection, too slow   CouldNotAsk
    not JSON, or strange JSON CouldNotAsk
    an empty list             an answer: there is no such place
"""

from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.geocoders import Nominatim, Pelias, Photon

from geo.adapter import OneRequest
from geo.answers import Answers, Question
from geo.errors import AskLater, CouldNotAsk, Refused
from geo.findings import UNREADABLE, read_findings
from geo.ratelimit import Turnstile

SECONDS = 10.0
LIMIT = 10  # places asked for: enough to see that a name is shared
ATTEMPTS = 3
PATIENCE = 15.0  # seconds that somebody in front of a screen waits for a turn
PHOTON_SPEAKS = ("en", "de", "fr")
BUSY = (408, 502, 503, 504)
REFUSALS = (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
)


class Online:
    """A geocoder over the network, with the answers that it gave before."""

    def __init__(self, settings):
        """`settings` as of geo/settings.py; nothing is asked and nothing written yet."""
        self._settings, self._host = settings, urlsplit(settings.address).netloc
        self._answers = Answers(settings.folder / "answers.sqlite")
        self._turnstile = Turnstile(settings.folder / "pace", settings.address, settings.pause)
        self._geocoder = _geocoder(settings)

    def known(self, query, countries=()):
        """What the service said to this question before: findings, or None if never asked."""
        return self._answers.get(self._question(query, countries))

    def ask(self, query, countries=(), patience=PATIENCE):
        """The findings for a question, at most LIMIT; empty where there is no such place.

        `countries` narrows it to ISO 3166 codes. Asked once: afterwards the answer is known.
        Waits at most `patience` seconds for its turn, and again where the service names a delay
        that is no longer than that. Raises AskLater, Refused or CouldNotAsk.
        """
        question = self._question(query, countries)
        known = self._answers.get(question)
        if known is None:
            known = self._asked(question, patience)
            self._answers.keep(question, known)
        return known

    def _question(self, query, countries):
        service = f"{self._settings.geocoder} {self._settings.address}"
        countries = () if self._settings.geocoder == "photon" else tuple(countries)
        return Question(service, query, self._settings.language, countries)

    def _asked(self, question, patience):
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._turnstile.turn(patience):
                    return self._request(question)
            except AskLater as error:
                if attempt == ATTEMPTS or (error.wait or 0) > patience or error.wait is None:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _request(self, question):
        """One request; whatever comes of it is findings or a CouldNotAsk."""
        try:
            asked = _arguments(self._settings, question.countries)
            found = self._geocoder.geocode(question.query, exactly_one=False, **asked) or []
            rows = [location.raw for location in found[:LIMIT]]
            return read_findings(self._settings.geocoder, rows)
        except (GeopyError, AdapterHTTPError) as error:
            raise _ours(error, self._host) from error
        except UNREADABLE as error:
            message = f"{self._host} answered with something that is no list of places."
            raise CouldNotAsk(message) from error


def _geocoder(settings):
    parts = urlsplit(settings.address)
    common = {
        "domain": parts.netloc + parts.path,
        "scheme": parts.scheme,
        "user_agent": settings.user_agent,
        "timeout": SECONDS,
        "adapter_factory": OneRequest,
    }
    if settings.geocoder == "nominatim":
        return Nominatim(**common)
    if settings.geocoder == "photon":
        return Photon(**common)
    return Pelias(api_key=settings.key, **common)


def _arguments(settings, countries):
    """What each geocoder calls the same wishes. Photon cannot be narrowed to countries, and takes
    a language that it does not speak for an error."""
    language = {"language": settings.language}
    if settings.geocoder == "nominatim":
        wishes = {"limit": LIMIT, "addressdetails": True, "namedetails": True}
        return language | wishes | {"country_codes": [code.lower() for code in countries]}
    if settings.geocoder == "photon":
        return (language if settings.language in PHOTON_SPEAKS else {}) | {"limit": LIMIT}
    return language | ({"countries": list(countries)} if countries else {})


def _ours(error, host):
    """geopy's error as one of geo/errors.py; the table is in this file's docstring."""
    cause = error.__cause__
    status = getattr(cause, "status_code", None)
    if isinstance(error, GeocoderRateLimited):
        return AskLater(f"{host} was asked too often and wants a pause.", error.retry_after)
    if status in BUSY:
        return AskLater(f"{host} is overloaded ({status}).", get_retry_after(cause.headers))
    if isinstance(error, REFUSALS):
        return Refused(
            f"{host} refuses to answer ({status}). It may want a contact: DOUBLETAKE_CONTACT."
        )
    if isinstance(error, GeocoderTimedOut):
        return CouldNotAsk(f"{host} did not answer within {SECONDS:.0f} seconds.")
    if isinstance(error, GeocoderUnavailable):
        return CouldNotAsk(f"{host} cannot be reached.")
    if isinstance(error, GeocoderParseError):
        return CouldNotAsk(f"{host} answered with something that is not JSON.")
    return CouldNotAsk(f"{host} answered with an error{f' ({status})' if status else ''}.")
