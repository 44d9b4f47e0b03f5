"""The reader: a local web application on one project.

`app.py` joins it all; `guard.py` decides who gets an answer at all; `routes/` has one
small file for each screen, `templates/` its page.
"""
