"""Voice: narration becomes Lines, measured to the sample."""
