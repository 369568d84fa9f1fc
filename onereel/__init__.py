"""OneReel: one idea in, one finished film out. Imports neither ComfyUI nor torch."""

__version__ = "0.1.0"
