"""What shots cost at most, before anything is bought."""
