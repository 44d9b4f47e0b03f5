from __future__ import annotations

import pickle

import pytest

from sayso import errors
from sayso.errors import IntakeError, SaysoError

KINDS = [IntakeError, *SaysoError.__subclasses__()]


def test_error_tells_what_is_wrong_and_how_to_mend_it() -> None:
    error = IntakeError("wire.txt is empty", mend="give a file with text in it")

    assert error.message == "wire.txt is empty"
    assert error.mend == "give a file with text in it"
    assert str(error) == "wire.txt is empty (give a file with text in it)"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_error_comes_back_whole_from_another_process(kind: type[SaysoError]) -> None:
    error = pickle.loads(pickle.dumps(kind("what", mend="how")))

    assert type(error) is kind
    assert (error.message, error.mend) == ("what", "how")


def test_drawn_tree_names_every_error() -> None:
    assert errors.__doc__ is not None

    for kind in KINDS:
        assert kind.__name__ in errors.__doc__
