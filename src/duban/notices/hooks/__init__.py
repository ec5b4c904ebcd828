"""Robots that are told of a few entries in one short line: DingTalk, WeCom, or any that checks our signature.

Off unless somebody wrote a file of them; see docs/papers.md.
"""

from duban.notices.hooks.config import EVENTS, Hook, hooks_at
from duban.notices.hooks.message import message_of
from duban.notices.hooks.send import Answer, send
from duban.notices.hooks.sign import Request, request_for

__all__ = ["EVENTS", "Answer", "Hook", "Request", "hooks_at", "message_of", "request_for", "send"]
