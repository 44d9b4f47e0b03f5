"""The reader for a team: accounts, sign-in, and who may stay signed in.

`door.py` decides who is let in and puts the rest together; `passwords.py` hashes,
`limits.py` slows guessing down, `sessions.py` knows who is in, `site.py` where browsers
find it. The pages are `routes/sign_in.py` and `routes/users.py`.
"""
