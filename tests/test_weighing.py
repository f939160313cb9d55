import pytest

from geo.weighing import Trees, Weights, rounded


@pytest.fixture
def weights(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text('{"no": {"": 1, "far": 0.5}, "yes": {"near": 2.25}}', "utf-8")
    return Weights(path, ("no", "yes"))


def test_the_weights_of_what_is_there_add_up_whatever_their_order(weights):
    assert weights.sums(["near", "far", "unheard of"]) == {"no": 1.5, "yes": 2.25}
    assert weights.sums(["far", "near"]) == weights.sums(["near", "far"])


def test_the_odds_are_those_of_the_second_class(weights):
    assert weights.odds(["near", "far"]) == 0.75
    assert weights.odds([]) == -1


@pytest.mark.parametrize(("odds", "whole"), [(2.4, 2), (-2.6, -3), (99, 4), (-99, -4), (0, 0)])
def test_odds_are_rounded_within_bounds(odds, whole):
    assert rounded(odds, 4) == whole


def test_trees_say_nothing_of_nothing(tmp_path):
    assert Trees(tmp_path / "there is none.onnx").odds([]) == []
