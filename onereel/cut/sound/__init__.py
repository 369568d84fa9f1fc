"""The film's sound: read, mixed, brought to loudness, encoded."""
