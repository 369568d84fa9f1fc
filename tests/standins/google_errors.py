"""Google's error bodies, as google-genai 3.4 parses them.

`google.genai.errors.APIError` reads `error.code/status/message` and unwraps a list of one;
`google.genai._gaos.errors` reads `error.code` (a word) and `error.message` for interactions. The
statuses are those of google.rpc.Code; the words of the messages are the facts file's where it has
them (google.md, "Errors").
"""

from __future__ import annotations

from typing import Any

from .answers import Failure, Reply
from .faults import Fault

__all__ = ["bad_key", "error_for", "google_error", "interaction_error", "no_token", "unknown"]

_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    408: "DEADLINE_EXCEEDED",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "UNKNOWN",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_WORDS = {
    400: "Request contains an invalid argument.",
    401: "Request had invalid authentication credentials.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    429: "You exceeded your current quota, please check your plan and billing details.",
    500: "Internal error encountered.",
    503: "The model is overloaded. Please try again later.",
    504: "Deadline expired before operation could complete.",
}
# `too_many_requests` was seen in the wild, the others nobody confirms (U19).
_CODES = {
    400: "invalid_request",
    401: "authentication",
    403: "permission_denied",
    404: "not_found",
    429: "too_many_requests",
}


def google_error(status: int, message: str = "", *details: dict[str, Any]) -> Failure:
    """google.rpc.Status in its HTTP form."""
    error = {
        "code": status,
        "message": message or _WORDS.get(status, f"Error {status}"),
        "status": _STATUS.get(status, "UNKNOWN"),
    }
    return Failure(status, {"error": {**error, **({"details": list(details)} if details else {})}})


def interaction_error(status: int, message: str = "", code: str = "") -> Failure:
    """google.genai._gaos.types.interactions.error.Error."""
    code = code or _CODES.get(status, _STATUS.get(status, "unknown").lower())
    return Failure(status, {"error": {"message": message or _WORDS[status], "code": code}})


def bad_key() -> Failure:
    """A key that nobody issued: 400, and in a list (U21)."""
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": {"service": "generativelanguage.googleapis.com"},
    }
    message = "API key not valid. Please pass a valid API key."
    failure = google_error(400, message, detail)
    return Failure(400, [failure.reply.body])


def no_token() -> Failure:
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential."
    )
    return google_error(401, message)


def unknown(what: str) -> Failure:
    return google_error(404, f"{what} was not found.")


def error_for(fault: Fault, *, interactions: bool) -> Reply:
    """Word the HTTP error of a fault."""
    status = fault.http_status
    if interactions:
        failure = interaction_error(status, fault.message or _WORDS.get(status, f"Error {status}"))
    else:
        details = []
        if fault.retry is not None:
            # google.rpc.RetryInfo; google.protobuf.Duration in JSON.
            kind = "type.googleapis.com/google.rpc.RetryInfo"
            details = [{"@type": kind, "retryDelay": f"{fault.retry:g}s"}]
        failure = google_error(status, fault.message, *details)
    body = failure.reply.body
    # Google names the delay in RetryInfo; the header is what HTTP has for it (U20).
    headers = {} if fault.retry is None else {"Retry-After": f"{max(round(fault.retry), 1)}"}
    return Reply(body, status, headers=headers)
