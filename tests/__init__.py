"""Tests of OneReel, and the loopback servers they talk to."""
