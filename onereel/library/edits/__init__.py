"""What a film maker changes in a film: values, and pure functions from one version to the next."""
