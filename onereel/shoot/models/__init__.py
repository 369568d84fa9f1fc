"""The paid models that are known: what each can shoot, what it costs, until when."""
