from __future__ import annotations

import threading

from onereel.work import Cancel, Courtesy


def test_long_work_lets_whoever_waits_come_first() -> None:
    courtesy, told = Courtesy(longest=60), list[str]()

    def work() -> None:
        Cancel(courtesy).check()
        told.append("frame")

    thread = threading.Thread(target=work)
    with courtesy.first(), courtesy.first():
        thread.start()
        told.append("answer")
    thread.join()
    assert told == ["answer", "frame"]


def test_long_work_comes_to_its_end_whoever_waits() -> None:
    courtesy = Courtesy(longest=0.001)
    with courtesy.first():
        for _ in range(10):
            Cancel(courtesy).check()
