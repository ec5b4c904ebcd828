"""Mechanisms that several systems share. Pure, and knowing nothing of any one system."""
