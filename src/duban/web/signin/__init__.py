"""Signing in: who is let in after which proof, for how long, and who is kept out for now."""
