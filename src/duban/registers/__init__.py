"""Registers (台账): declarations of what is kept, the indicators that recount it, and what follows from both."""
