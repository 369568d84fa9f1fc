"""What every shooting process would load by itself, loaded once."""

import google.auth.transport.requests
import google.genai
import google.genai.types
import google.oauth2.service_account

import tests.reliability.shooting

__all__ = ["google", "tests"]
