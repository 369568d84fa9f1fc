"""Names of files after films: never that of an older one, nor of one that is being made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onereel.errors import StorageError
from onereel.files import remove_leftovers
from onereel.naming import free_name


def test_a_name_that_is_lent_is_nobody_elses(tmp_path: Path):
    folder = tmp_path / "films"
    with free_name("The Light", folder) as first, free_name("The Light", folder) as second:
        assert (first.name, second.name) == ("the-light.mp4", "the-light-2.mp4")
        # Nothing stands under either name before it is whole.
        assert not first.exists()
        second.write_bytes(b"film")
    assert list(folder.iterdir()) == [second]
    with free_name("The Light", folder) as again:
        assert again == first
        again.write_bytes(b"film")
    with free_name("The Light", folder) as third:
        assert third.name == "the-light-3.mp4"


def test_a_name_that_a_killed_run_was_lent_comes_back(tmp_path: Path):
    lent = free_name("The Light", tmp_path)
    first = lent.__enter__()
    (sign,) = tmp_path.iterdir()
    remove_leftovers(tmp_path)
    assert sign.exists()
    os.utime(sign, (0, 0))
    with free_name("The Light", tmp_path) as again:
        assert again == first


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path: Path):
    (tmp_path / "film").write_bytes(b"a file")
    with pytest.raises(StorageError, match="could not be written"):
        free_name("The Light", tmp_path / "film").__enter__()
