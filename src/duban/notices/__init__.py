"""What concerns whom: entries of the ledger as notices to people, days that come near, letters, and short messages
to robots. Pure functions of books and entries; nothing here sends anything but `hooks.send`, when it is told to.
"""

from duban.notices.letter import Letter, letter
from duban.notices.near import Near, near
from duban.notices.news import News, Notice, desks_of, notice_of

__all__ = ["Letter", "Near", "News", "Notice", "desks_of", "letter", "near", "notice_of"]
