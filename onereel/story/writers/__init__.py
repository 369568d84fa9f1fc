"""Language models that write: asked, answered, told what was wrong, and asked again."""
