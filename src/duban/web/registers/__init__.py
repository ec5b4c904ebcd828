"""The pages of registers, packs and indicators, made from their declarations."""
