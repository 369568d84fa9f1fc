"""Google's video models: Veo on Vertex AI, Omni on the Gemini API."""
