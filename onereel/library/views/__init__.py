"""What panels and programs see of films and characters, as plain values."""
