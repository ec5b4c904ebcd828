"""What of an entry everybody may see, field by field: no account, no person's name, no telephone, no working paper.

The table is a list of what is open: a kind or field that is not named here stays inside.
"""

_OUTSIDE = frozenset({"seq", "at", "on", "kind", "account"})  # not `actor`: an account is a person
_ITEM = "commitment head lead partners due quarters source cadence evidence checker"
_OPEN = {
    "account.opened": "government year algorithm",
    "document.read": "version sha256 title kind",  # the text itself is long, and is told by its hash
    "claim.read": "version id start end number role section sentence tense indicator measure value high unit comparator "
    "due rules confidence",
    "claim.dropped": "version",
    "claim.decided": "field value was",
    "commitment.read": "version id kind head start end text claims due section action_no action work rules confidence",
    "commitment.dropped": "version",
    "finding.read": "version id code start end data level",
    "finding.dropped": "version",
    "link.read": "version review plan movement reason",
    "link.dropped": "version",
    "item.added": _ITEM,
    "item.changed": _ITEM,
    "item.removed": "commitment",
    "item.halted": "how until reason",  # its reason is the light's
    "item.resumed": "",
    "assignment.made": "lead partners until",
    "split.decided": "approved",
    "target.set": "target claim",
    "target.adjusted": "target authority reason",
    "plan.set": "kind data frequency lag workdays cumulative",
    "filing.accepted": "n",
    "reading.posted": "period value numerator denominator basis scope vintage source origin reference",
    "dispute.decided": "about upheld",
    "clearing.published": "until",
    "clearing.closed": "look_back",
    "clearing.confirmed": "",
    "clearing.reopened": "",
    "unit.entered": "name kind parent aliases duties",
    "unit.closed": "successor",
    "settlement.source": "name sha256 kind title",  # its results are long, and are told by its hash
    "settlement.begun": "sources rules",
    "settlement.judged": "verdict reason data rules readings numbers",
    "settlement.overruled": "verdict was reason",
    "settlement.history": "year government head counts numbers",
    "simulation.marked": "program seed field_seconds",
}
OPEN: dict[str, frozenset[str]] = {
    kind: _OUTSIDE | {f"body.{name}" for name in names.split()} for kind, names in _OPEN.items()
}


def open_fields(kind: str) -> frozenset[str] | None:
    """The fields of entries of this kind that everybody may see, as a leaf names them; None: not even that it is there."""
    return OPEN.get(kind)
