"""The web: pages, review, API, templates. Composes rooms and prints, like the command line; computes nothing itself.

`app.create_app` makes the application, `app.serve` runs it. Pages are `pages` (what is shown) and `actions` (what is
decided); `views` makes a context for each template; `api` is the same for programs.
"""
