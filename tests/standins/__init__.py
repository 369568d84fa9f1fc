"""Loopback servers that speak the wire formats of the services OneReel asks for help.

Each body is derived from what the service's own client sends and parses, with the class cited
beside it. A stand-in is a context manager that listens on a free port of 127.0.0.1, keeps every
request it got, and misbehaves on demand. The real client talks to it over real HTTP.
"""

from .events import Event, EventLog
from .faults import Fault, Plan
from .google import Google
from .ollama import OllamaStandIn
from .prices import Charge
from .server import Exchange, Request, StandIn
from .speech import SpeechStandIn
from .video import Clip, clip_of

__all__ = [
    "Charge",
    "Clip",
    "Event",
    "EventLog",
    "Exchange",
    "Fault",
    "Google",
    "OllamaStandIn",
    "Plan",
    "Request",
    "SpeechStandIn",
    "StandIn",
    "clip_of",
]
