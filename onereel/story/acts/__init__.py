"""Long films, written act by act: an outline first, then the scenes of each act."""
