"""The speech engines: one file, or one family of files, each."""
