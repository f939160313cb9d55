"""The address of the real Nominatim, for tests that need one."""

import os

import pytest

VARIABLE = "DOUBLETAKE_TEST_NOMINATIM"
HOW = "python3 tests/nominatim/server.py run make test"


@pytest.fixture(scope="session")
def nominatim():
    """Skips where no server was started; under CI that is a failure."""
    address = os.environ.get(VARIABLE)
    if not address and os.environ.get("CI"):
        pytest.fail(f"{VARIABLE} is not set: the tests must be run by {HOW}")
    if not address:
        pytest.skip(f"needs a Nominatim: {HOW}")
    return address
