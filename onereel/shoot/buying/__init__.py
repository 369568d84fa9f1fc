"""Buying: the ledger first, then the wire, then the disk."""
