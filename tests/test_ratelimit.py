"""The pace: one process after the other, and what each learns from the one before."""

import multiprocessing
import signal
import time
from itertools import pairwise

import pytest

from geo.errors import AskLater, CouldNotAsk, Refused
from geo.online import Online
from geo.ratelimit import FAILURES, LONGEST_OUTAGE, OUTAGE, Turnstile
from geo.settings import settings
from tests.misbehaving import misbehaving

PAUSE, PROCESSES, EACH = 0.25, 4, 3
SERVICE = "https://nominatim.example.org"


class Clock:
    """A clock that runs only where somebody sleeps."""

    def __init__(self, now=1_000_000.0):
        self.now, self.slept = now, []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def turnstile(tmp_path, clock):
    return Turnstile(tmp_path, SERVICE, 1.0, clock.time, clock.sleep)


def fail(turnstile, error, times=1):
    for _ in range(times):
        with pytest.raises(type(error)), turnstile.turn(10_000):
            raise error


def _ask_often(address, folder, who):
    given = {"FOLDER": folder, "GEOCODER_ADDRESS": address, "GEOCODER_PAUSE": str(PAUSE)}
    service = Online(settings({f"DOUBLETAKE_{name}": value for name, value in given.items()}))
    for number in range(EACH):
        service.ask(f"Place {number} of {who}", patience=60)


def _hold_the_turn(folder, held):
    with Turnstile(folder, SERVICE).turn(10):
        held.set()
        time.sleep(60)


def test_four_processes_keep_the_pace_together(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    with misbehaving("good") as server:
        arguments = [(server.address, str(tmp_path), who) for who in range(PROCESSES)]
        processes = [spawn.Process(target=_ask_often, args=given) for given in arguments]
        for process in processes:
            process.start()
        for process in processes:
            process.join(120)
        assert [process.exitcode for process in processes] == [0] * PROCESSES
        assert len(server.arrivals) == PROCESSES * EACH
        assert min(b - a for a, b in pairwise(server.arrivals)) >= PAUSE


def test_a_process_killed_in_its_turn_blocks_nobody(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    held = spawn.Event()
    process = spawn.Process(target=_hold_the_turn, args=(tmp_path, held))
    process.start()
    assert held.wait(60)
    with pytest.raises(AskLater), Turnstile(tmp_path, SERVICE).turn(0):
        pass
    process.kill()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with Turnstile(tmp_path, SERVICE).turn(10):
        pass


def test_a_pause_follows_every_turn(turnstile, clock):
    for _ in range(3):
        with turnstile.turn(5):
            clock.now += 0.5  # the answer takes a while
    assert clock.slept == [pytest.approx(1.0), pytest.approx(1.0)]


def test_who_will_not_wait_is_told_how_long_it_takes(turnstile):
    with turnstile.turn(5):
        pass
    with pytest.raises(AskLater) as caught, turnstile.turn(0.5):
        pytest.fail("asked too early")
    assert caught.value.wait == pytest.approx(1.0)


def test_the_service_s_own_delay_holds_for_all(tmp_path, clock, turnstile):
    fail(turnstile, AskLater("busy", 7))
    other = Turnstile(tmp_path, SERVICE, 1.0, clock.time, clock.sleep)
    with other.turn(10):
        assert clock.slept == [pytest.approx(7)]


def test_an_outage_opens_the_breaker_and_one_probe_closes_it(turnstile, clock):
    fail(turnstile, CouldNotAsk("down"), FAILURES)
    with pytest.raises(AskLater, match="not been answering") as caught, turnstile.turn(5):
        pytest.fail("asked during an outage")
    assert caught.value.wait == pytest.approx(OUTAGE)
    clock.now += OUTAGE
    with turnstile.turn(0):
        pass
    clock.now += 1
    fail(turnstile, CouldNotAsk("down"))
    clock.now += 1
    with turnstile.turn(0):  # a single failure is no outage
        pass


def test_a_probe_that_fails_doubles_the_outage_up_to_a_limit(turnstile, clock):
    fail(turnstile, CouldNotAsk("down"), FAILURES + 1)
    with pytest.raises(AskLater) as caught, turnstile.turn(0):
        pass
    assert caught.value.wait == pytest.approx(2 * OUTAGE)
    fail(turnstile, CouldNotAsk("down"), 10)
    with pytest.raises(AskLater) as caught, turnstile.turn(0):
        pass
    assert caught.value.wait == pytest.approx(LONGEST_OUTAGE)


def test_a_refusal_is_repeated_not_asked_for_again(turnstile, clock):
    fail(turnstile, Refused("You are blocked."))
    with pytest.raises(Refused, match="You are blocked"), turnstile.turn(5):
        pytest.fail("asked although refused")


def test_services_have_paces_of_their_own(tmp_path, clock, turnstile):
    fail(turnstile, CouldNotAsk("down"), FAILURES)
    with Turnstile(tmp_path, "https://other.example", 1.0, clock.time, clock.sleep).turn(0):
        pass


@pytest.mark.parametrize("spoiled", ["", "{", "[]", '{"quiet": "soon"}', '{"quiet": null}', "\x00"])
def test_a_spoiled_file_costs_a_pause_and_no_more(tmp_path, turnstile, clock, spoiled):
    with turnstile.turn(5):
        pass
    (file,) = tmp_path.glob("*.pace")
    file.write_text(spoiled)
    with turnstile.turn(5):
        assert clock.slept == [pytest.approx(1.0)]


def test_a_clock_set_back_costs_a_pause_and_no_more(turnstile, clock):
    with turnstile.turn(5):
        pass
    clock.now -= 86_400
    with turnstile.turn(5):
        assert clock.slept == [pytest.approx(1.0)]


def test_a_folder_that_cannot_be_written_to_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    turnstile = Turnstile(tmp_path / "file" / "folder", SERVICE)
    with pytest.raises(CouldNotAsk, match="cannot be written"), turnstile.turn(1):
        pytest.fail("asked without keeping the pace")
