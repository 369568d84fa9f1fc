"""Voices that are ONNX files: loaded on the processor, with one more tensor told."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import InstallPart

__all__ = ["Network", "disable_telemetry", "has_module", "with_output"]


def has_module(name: str) -> bool:
    """Whether a module is installed, without importing it."""
    return importlib.util.find_spec(name) is not None


def disable_telemetry() -> None:
    """Keep onnxruntime from telling Microsoft that it runs, on whose machine and how: 1.32 does
    unless this is set before it is imported (its Privacy.md)."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


@dataclass(frozen=True)
class Network:
    """A loaded file. `told` says whether the tensor that was asked for is its last output."""

    session: Any
    told: bool

    @classmethod
    def load(cls, path: Path, tensor: str, *, seed: int = 0) -> Network:
        """Load a file; random numbers in it are the same for the same seed, until its second run.

        Raises:
            InstallPart: it is gone or damaged, or onnxruntime cannot be loaded.
        """
        disable_telemetry()
        try:
            import onnxruntime
            from onnxruntime.capi import onnxruntime_pybind11_state as raised
        except ImportError as error:
            raise InstallPart(
                f"onnxruntime cannot be loaded ({error}): install it again, or set"
                ' engine = "espeak" in the settings.'
            ) from None
        try:
            network = path.read_bytes()
            told = tensor.encode() in network
            onnxruntime.set_seed(seed % 2**31)
            session = onnxruntime.InferenceSession(
                with_output(network, tensor) if told else network,
                providers=["CPUExecutionProvider"],
            )
        except (
            *(OSError, MemoryError, raised.Fail, raised.InvalidProtobuf, raised.InvalidGraph),
            *(raised.InvalidArgument, raised.NotImplemented, raised.RuntimeException),
        ):
            raise InstallPart(
                f"The voice file {path.name} cannot be read: delete it and fetch it again, as"
                " `python -m onereel setup` says."
            ) from None
        return cls(session, told)


def with_output(model: bytes, tensor: str) -> bytes:
    """Add an inner tensor to the outputs of an ONNX model.

    Protocol buffers merge a field that occurs twice, so another `ModelProto.graph` (7) that holds
    one `GraphProto.output` (12) with a `ValueInfoProto.name` (1) is appended.
    https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
    """

    def field(number: int, content: bytes) -> bytes:
        return bytes([number << 3 | 2, len(content)]) + content

    return model + field(7, field(12, field(1, tensor.encode())))
