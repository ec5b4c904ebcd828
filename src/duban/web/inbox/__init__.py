"""Notices to people and to robots: what is stored beside the ledger, and what is sent when it was switched on."""
