"""The control panel of a stand-in, under /standin/, for tests in other processes.

GET  /standin/plan       the rules in force, and how often each matched
POST /standin/plan       a JSON list of rules in their place (PUT adds them)
GET  /standin/log        the events; ?after=N leaves out the first N
GET  /standin/wait       the same, once there is one; ?after=N&timeout=S
GET  /standin/charges    every charge, and their total in dollars
POST /standin/hold       {"at": N}: stop everything at event N
POST /standin/go         end a hold; tells whether there was one
POST /standin/refuse     {"seconds": S}: nothing listens for so long
POST /standin/reset      faults, holds, operations, charges and events: all as at the start
"""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from .faults import Fault
from .server import Exchange

if TYPE_CHECKING:
    from .service import Service

__all__ = ["answer_control"]


def answer_control(service: Service, exchange: Exchange) -> None:
    """Answer one request to the control panel."""
    request = exchange.request
    query = {name: values[-1] for name, values in parse_qs(request.query).items()}
    after = int(query.get("after", 0))
    try:
        match (request.method, request.path.removeprefix("/standin/")):
            case ("GET", "plan"):
                answer: object = service.plan.json
            case ("POST", "plan"):
                service.plan.set([Fault.of(rule) for rule in request.json])
                answer = service.plan.json
            case ("PUT", "plan"):
                service.plan.add(*[Fault.of(rule) for rule in request.json])
                answer = service.plan.json
            case ("GET", "log"):
                answer = [event.json for event in service.log.after(after)]
            case ("GET", "wait"):
                events = service.log.wait(after, float(query.get("timeout", 30)))
                answer = [event.json for event in events]
            case ("GET", "charges"):
                charges = service.charges
                total = str(sum((charge.amount for charge in charges), Decimal(0)))
                answer = {"total": total, "charges": [charge.json for charge in charges]}
            case ("POST", "hold"):
                service.log.hold_at(request.json.get("at"))
                answer = {"at": request.json.get("at")}
            case ("POST", "go"):
                answer = {"held": service.log.go()}
            case ("POST", "refuse"):
                seconds = float(request.json["seconds"])
                threading.Thread(target=service.refuse, args=(seconds,)).start()
                answer = {"seconds": seconds}
            case ("POST", "reset"):
                service.reset()
                answer = {}
            case _:
                return exchange.send(404, {"error": "no such control"})
    except (ValueError, TypeError, KeyError) as error:
        return exchange.send(400, {"error": str(error)})
    return exchange.send(200, answer)
