"""Every way a film can fail, named by what the user must do about it.

OneReelError
+-- BadInput                 what was given cannot become a film (exit code 2)
|   +-- ReviseBrief          the idea, the length or the number of scenes
|   +-- ReviseScreenplay     a field of a screenplay or of a scene
|   +-- ReviseCharacter      a name, a picture or a voice of a character
|   +-- RevisePresenter      the scenes of a presenter, or its key colour
|   +-- ReviseSetting        a line of the settings file
|   +-- ReviseTemplate       a template of the film maker's own
|   +-- UpdateOneReel        a document written by a newer OneReel
|   +-- MatchLists           scenes, takes and lines that do not belong together
|   +-- ReplaceMedia         a clip, a picture or a sound that cannot be read
|   +-- ChooseLanguage       a language that the chosen part cannot write or speak
|   +-- ChooseVoice          a voice that does not exist here
|   +-- ChooseRenderer       a shape or a size that the renderer cannot shoot
|   +-- InstallFont          glyphs that no face on this machine has
|   +-- ShootMissing         scenes without a usable take
|   +-- ChooseTake           a take that the ledger does not have
|   +-- RephraseWish         a wish in the chat that is not understood
|   +-- ChooseCharacter      a character that the library does not have
|   +-- ChooseFilm           a film, a scene or a job that the library does not have
|   +-- ReloadFilm           a film that was changed elsewhere meanwhile
|   +-- WaitForFilm          a film that is being worked on
+-- ServiceError             a program or a server that OneReel asks for help
|   +-- StartOllama          nothing answers at the Ollama address
|   +-- PullModel            the Ollama server does not have the model
|   +-- ChooseAnotherModel   the model's answers never became a screenplay
|   +-- AddKey               the service wants a key or a sign-in
|   +-- TryAgain             the service broke off, timed out or answered nonsense
|   +-- WaitForQuota         the service takes no more for now
|   +-- RevisePrompt         a safety filter refused the words or the pictures
|   +-- Expired              the service no longer has the file or the operation
+-- MoneyError               nothing was sent, because of money
|   +-- SwitchOnBuying       buying is off
|   +-- RaiseCap             a cap of the budget would be passed
|   +-- EnterPrice           nobody knows what the model costs
|   +-- ApproveShots         the film differs from what was approved
|   +-- ResolveTakes         earlier requests whose outcome nobody knows yet
|   +-- WaitForOther         another process works on the same take
+-- InstallPart              an optional part that is not installed
+-- StorageError             the disk
|   +-- FreeDisk             full
|   +-- MakeWritable         read-only, or not ours to write
|   +-- RepairLedger         the ledger's database cannot be read or written
+-- Cancelled                the user stopped the work; not a fault
"""

from __future__ import annotations

from collections.abc import Sequence

from .secrets import mask

__all__ = [
    "AddKey",
    "ApproveShots",
    "BadInput",
    "Cancelled",
    "ChooseAnotherModel",
    "ChooseCharacter",
    "ChooseFilm",
    "ChooseLanguage",
    "ChooseRenderer",
    "ChooseTake",
    "ChooseVoice",
    "EnterPrice",
    "Expired",
    "FreeDisk",
    "InstallFont",
    "InstallPart",
    "MakeWritable",
    "MatchLists",
    "MoneyError",
    "OneReelError",
    "PullModel",
    "RaiseCap",
    "ReloadFilm",
    "RepairLedger",
    "RephraseWish",
    "ReplaceMedia",
    "ResolveTakes",
    "ReviseBrief",
    "ReviseCharacter",
    "RevisePresenter",
    "RevisePrompt",
    "ReviseScreenplay",
    "ReviseSetting",
    "ReviseTemplate",
    "ServiceError",
    "ShootMissing",
    "StartOllama",
    "StorageError",
    "SwitchOnBuying",
    "TryAgain",
    "UpdateOneReel",
    "WaitForFilm",
    "WaitForOther",
    "WaitForQuota",
]


class OneReelError(Exception):
    """A failure that carries one sentence for the user, saying what to do, with no secret in it."""

    def __init_subclass__(cls) -> None:
        # ComfyUI shows the defining module as part of the error's type, and
        # inside ComfyUI a pack's module name is a file path.
        cls.__module__ = "onereel"

    def __init__(self, user_message: str) -> None:
        self.user_message = mask(user_message)
        super().__init__(self.user_message)


class BadInput(OneReelError):
    """What was given cannot become a film."""


class ReviseBrief(BadInput):
    """The idea, the length or the number of scenes must change."""


class ReviseScreenplay(BadInput):
    """A field of a screenplay or of a scene must change."""


class ReviseCharacter(BadInput):
    """A name, a picture or a voice of a character must change."""


class RevisePresenter(BadInput):
    """What a presenter is, the scenes it is in, or its key colour must change."""


class ReviseSetting(BadInput):
    """A line of the settings file must change."""


class ReviseTemplate(BadInput):
    """Mend the template of your own, or give it another name."""


class UpdateOneReel(BadInput):
    """The document was written by a newer OneReel."""


class MatchLists(BadInput):
    """Scenes, takes and lines do not belong together."""


class ReplaceMedia(BadInput):
    """A clip, a picture or a sound cannot be read."""


class ChooseLanguage(BadInput):
    """The chosen part cannot write or speak this language."""


class ChooseVoice(BadInput):
    """The voice does not exist here."""


class ChooseRenderer(BadInput):
    """The renderer cannot shoot this shape or size."""


class InstallFont(BadInput):
    """No face on this machine has the glyphs."""


class ShootMissing(BadInput):
    """Scenes have no usable take."""


class ChooseTake(BadInput):
    """The ledger has no such take, or not in this state."""


class RephraseWish(BadInput):
    """A wish in the chat is not understood.

    `commands` are wishes that are, as examples to choose from.
    """

    def __init__(self, user_message: str, *, commands: Sequence[str] = ()) -> None:
        super().__init__(user_message)
        self.commands = tuple(commands)


class ChooseCharacter(BadInput):
    """A character that the library does not have."""


class ChooseFilm(BadInput):
    """The library has no such film, scene or job."""


class ReloadFilm(BadInput):
    """The film was changed elsewhere since it was shown."""


class WaitForFilm(BadInput):
    """The film is being worked on."""


class ServiceError(OneReelError):
    """A program or a server that OneReel asks for help failed.

    `retry_after`: seconds after which it wants to be asked again, where it said so.
    """

    def __init__(self, user_message: str, *, retry_after: float | None = None) -> None:
        super().__init__(user_message)
        self.retry_after = retry_after


class StartOllama(ServiceError):
    """Nothing answers at the Ollama address."""


class PullModel(ServiceError):
    """The Ollama server does not have the model."""


class ChooseAnotherModel(ServiceError):
    """The model's answers never became a screenplay."""


class AddKey(ServiceError):
    """The service wants a key or a sign-in."""


class TryAgain(ServiceError):
    """The service broke off, timed out or answered nonsense."""


class WaitForQuota(ServiceError):
    """The service takes no more requests for now."""


class RevisePrompt(ServiceError):
    """A safety filter refused the words or the pictures of a shot.

    `reasons` are the service's own words and what its support codes mean.
    """

    def __init__(
        self,
        user_message: str,
        *,
        retry_after: float | None = None,
        reasons: Sequence[str] = (),
    ) -> None:
        super().__init__(user_message, retry_after=retry_after)
        self.reasons = tuple(reasons)


class Expired(ServiceError):
    """The service no longer has the file or the operation."""


class MoneyError(OneReelError):
    """Nothing was sent, because of money."""


class SwitchOnBuying(MoneyError):
    """Buying is off."""


class RaiseCap(MoneyError):
    """A cap of the budget would be passed."""


class EnterPrice(MoneyError):
    """Nobody knows what the model costs."""


class ApproveShots(MoneyError):
    """The film differs from what was approved."""


class ResolveTakes(MoneyError):
    """Nobody knows yet how earlier requests ended."""


class WaitForOther(MoneyError):
    """Another process works on the same take."""


class InstallPart(OneReelError):
    """An optional part is not installed."""


class StorageError(OneReelError):
    """The disk refused."""


class FreeDisk(StorageError):
    """The disk is full."""


class MakeWritable(StorageError):
    """The folder is read-only, or not ours to write."""


class RepairLedger(StorageError):
    """The ledger's database cannot be read or written."""


class Cancelled(OneReelError):
    """The user stopped the work."""

    def __init__(self, user_message: str = "Stopped.") -> None:
        super().__init__(user_message)
