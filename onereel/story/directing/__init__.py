"""A director's pass over anybody's script: by rules, or by a language model."""
