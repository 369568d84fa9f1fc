"""Story: the Brief becomes a Screenplay."""
