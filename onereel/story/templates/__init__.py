"""The kinds of film: a file of data each, built in or of the user's own.

`template.py` says what a template is, `built_in.py` reads those of this folder and finds the one of
a brief, `own.py` those of the settings folder, and `of_film.py` makes one of a finished film.
"""
