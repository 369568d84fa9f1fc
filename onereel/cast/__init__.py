"""The cast: people and things that look and sound the same in every scene and every film."""
