"""Promises that will be hard to check: no bound, nothing that could be verified."""

import re
from collections.abc import Iterator, Sequence

from duban.read.lint.sections import finding_id
from duban.read.model import Claim, Commitment, Finding

_VAGUE = re.compile(
    r"^(?:进一步|不断|持续|大力|积极|切实|着力|全面|深入)?(?:加强|强化|提升|提高|优化|深化|促进|推动|推进|扩大|增强|完善|改善|加大|引导|鼓励|支持)"
)
_CHECKABLE = re.compile(
    r"[\d“《]|[一二三四五六七八九十]+[项个家条]|建成|开工|竣工|投产|出台|编制|设立|组建|创建|全覆盖|清零|等|完成|机制|制度|平台|体系"
)


def check_promises(claims: Sequence[Claim], commitments: Sequence[Commitment]) -> Iterator[Finding]:
    """Informational: targets without a bound, works that nothing could prove."""
    for claim in claims:
        if (
            claim.tense == "target"
            and claim.comparator == "eq"
            and claim.measure in ("growth", "share")
            and claim.value
        ):
            data = {"indicator": claim.indicator or "", "value": f"{claim.value}{claim.unit}"}
            yield Finding(
                finding_id("lint.no_comparator", claim.id),
                "lint.no_comparator",
                claim.start,
                claim.end,
                data,
                "info",
            )
    for one in commitments:
        if one.kind == "work" and not one.due and _VAGUE.match(one.text) and not _CHECKABLE.search(one.text):
            yield Finding(
                finding_id("lint.unverifiable", one.id + one.text),
                "lint.unverifiable",
                one.start,
                one.end,
                {"head": one.head},
                "info",
            )
