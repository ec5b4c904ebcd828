"""Registers as tables: the engines that scale. The only room that knows Ibis, DuckDB, Arrow and Spark."""
