"""What went wrong, as a sentence and the step that mends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import computed_field

from ... import errors
from ...errors import OneReelError
from ...values import Value
from ..said import Said, said_of

__all__ = ["Mend", "Problem", "Step", "problem_of"]

Step = Literal[
    "retry",
    "reload",
    "resume",
    "rehearse",
    "redo",
    "edit",
    "options",
    "money",
    "keys",
    "health",
    "settings",
    "library",
    "setup",
]
"""What a panel can do about a problem: do it again; load the film again; continue the film;
rehearse it; shoot the scene again; open the scene, or the film's options; open one of its screens.
"""


class Mend(Value):
    """What to do about a problem: a button's words, and its step."""

    label: str
    do: Step
    operation: str = ""
    """The key of the ledger's take that it is about, where it is about one."""


class Problem(Value):
    """What went wrong, in one sentence, and what mends it."""

    detail: str
    action: Mend | None = None
    kind: str = ""
    """The name of the error, such as "RaiseCap"; empty where it is none of ours."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def said(self) -> Said | None:
        """The sentence for other languages."""
        return said_of(self.detail, self.kind)


_MENDS: Mapping[type[OneReelError], Mend] = {
    errors.ReviseBrief: Mend(label="Change it", do="options"),
    errors.ReviseScreenplay: Mend(label="Edit the scene", do="edit"),
    errors.RevisePrompt: Mend(label="Edit the scene", do="edit"),
    errors.ReplaceMedia: Mend(label="Shoot it again", do="redo"),
    errors.ShootMissing: Mend(label="Continue", do="resume"),
    errors.ChooseLanguage: Mend(label="Change it", do="options"),
    errors.ChooseVoice: Mend(label="Change the voice", do="options"),
    errors.ChooseRenderer: Mend(label="Change the renderer", do="options"),
    errors.ChooseAnotherModel: Mend(label="Change the model", do="options"),
    errors.WaitForFilm: Mend(label="Load it again", do="reload"),
    errors.AddKey: Mend(label="Add a key", do="keys"),
    errors.SwitchOnBuying: Mend(label="See money", do="money"),
    errors.RaiseCap: Mend(label="See money", do="money"),
    errors.EnterPrice: Mend(label="See money", do="money"),
    errors.ResolveTakes: Mend(label="See money", do="money"),
    errors.ApproveShots: Mend(label="Rehearse again", do="rehearse"),
    errors.WaitForOther: Mend(label="Continue", do="resume"),
    errors.StartOllama: Mend(label="See health", do="health"),
    errors.PullModel: Mend(label="Set it up", do="setup"),
    errors.InstallPart: Mend(label="Set it up", do="setup"),
    errors.InstallFont: Mend(label="See health", do="health"),
    errors.FreeDisk: Mend(label="See health", do="health"),
    errors.MakeWritable: Mend(label="See health", do="health"),
    errors.RepairLedger: Mend(label="See health", do="health"),
    errors.ReviseSetting: Mend(label="See settings", do="settings"),
    errors.ReloadFilm: Mend(label="Load it again", do="reload"),
    errors.ChooseFilm: Mend(label="To the library", do="library"),
    errors.ServiceError: Mend(label="Continue", do="resume"),
    errors.StorageError: Mend(label="Continue", do="resume"),
    errors.Cancelled: Mend(label="Continue", do="resume"),
}


def problem_of(error: OneReelError) -> Problem:
    """The problem that an error is, with the step of its nearest class that has one."""
    found = (_MENDS[kind] for kind in type(error).__mro__ if kind in _MENDS)
    kind = type(error).__name__
    return Problem(detail=error.user_message, action=next(found, None), kind=kind)
