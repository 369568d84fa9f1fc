"""Storyboards: one still a scene, before any video is bought, as pictures, pages and a PDF."""

from .board import Frame, draw_frames, picture_of, pictures_on_disk
from .pages import draw_pages, save_pdf

__all__ = ["Frame", "draw_frames", "draw_pages", "picture_of", "pictures_on_disk", "save_pdf"]
