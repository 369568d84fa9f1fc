"""Shoot: scenes become Takes."""
