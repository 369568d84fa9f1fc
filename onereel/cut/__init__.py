"""Cut: takes and lines become a plan, and the plan a Reel."""
