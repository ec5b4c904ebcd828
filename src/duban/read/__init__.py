"""From a file to claims and commitments, each with its place in the source."""

import hashlib
from dataclasses import replace

from duban.core.problem import Refused
from duban.read.claims import read_claims
from duban.read.claims.mentions import clauses
from duban.read.commitments import read_commitments
from duban.read.layout import repair
from duban.read.links import link_halves
from duban.read.lint import find_faults
from duban.read.model import Reading, Source
from duban.read.outline import outline_problems, read_outline
from duban.read.source import load_source

__all__ = ["load_source", "read_source", "read_text"]


def read_source(source: Source) -> Reading:
    """Read a source wholly; raises `Refused` when it plainly is no work report."""
    clauses.cache_clear()
    clean = repair(source.text)
    outline = read_outline(clean)
    problems = tuple(replace(p, place=source.name) for p in outline_problems(outline, clean.text))
    if any(p.level == "error" for p in problems):
        raise Refused(*problems)
    claims = read_claims(clean, outline)
    commitments = read_commitments(clean, outline, claims, source.text)
    links = link_halves(claims)
    findings = find_faults(source, clean, outline, claims, commitments, links)
    return Reading(source, clean, outline, claims, commitments, findings, links, problems)


def read_text(text: str, name: str = "text") -> Reading:
    """Read a text that is at hand as a string."""
    return read_source(Source(name, text, "txt", hashlib.sha256(text.encode()).hexdigest()))
