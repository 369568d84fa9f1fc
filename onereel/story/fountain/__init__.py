"""Screenplays in Fountain, the plain text that screenwriting programs share (https://fountain.io)."""
