"""Google: the doors to its services, and what its answers mean to all who ask."""
