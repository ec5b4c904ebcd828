"""The open book as files: a site that needs no server, of what everybody may see, made from the book by `duban publish`.

Pages are rendered by the same templates and functions as the server's where they are the same; what not everybody may
see is left out when it is gathered (`gathered.py`, `tables.py`), so no template has it to show.
"""
