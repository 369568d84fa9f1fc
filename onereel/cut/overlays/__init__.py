"""What lies over the film's frames: captions, cards, presenters."""
