"""Loopback servers that speak the wire formats of the services OneReel asks for help.

Each body is derived from what the service's own client sends and parses, with the class cited
beside it. A stand-in is a context manager that listens on a free port of 127.0.0.1, keeps every
request it got, and misbehaves on demand. The real client talks to it over real HTTP.

    with Google() as google:                      # in the process of the test
        google.plan.set([Fault("503", where="submit", match="the second scene")])
        ...                                       # google.url, google.environment(folder)
        assert google.charges == (...)            # google.log, google.requests

    with running("--latency", "1") as standins:   # as a process of its own
        standins.panel.hold(at=4)                 # standins.environment, .panel.charges()

`faults.py` lists what can go wrong, `control.py` the control panel, and `UNPROVEN.md` what the
stand-ins do on hearsay.
"""

from .events import Event, EventLog
from .faults import Fault, Plan
from .google import Google
from .ollama import OllamaStandIn
from .prices import Charge
from .process import Panel, Running, running
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
    "Panel",
    "Plan",
    "Request",
    "Running",
    "SpeechStandIn",
    "StandIn",
    "clip_of",
    "running",
]
