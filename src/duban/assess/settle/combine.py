"""One verdict for a promise of several numbers: what is open may turn the whole, and then it stays open."""

from collections.abc import Sequence

from duban.assess.settle.figures import Verdict

KEPT = ("exceeded", "met", "met_late")
FAILED = ("partly", "missed")


def combine(verdicts: Sequence[Verdict]) -> Verdict:
    """All kept, some kept (partly), none kept, or not to be judged; one number's verdict is the promise's."""
    codes = [v.code for v in verdicts]
    if len(codes) == 1:
        return verdicts[0]
    kept, failed = sum(c in KEPT for c in codes), sum(c in FAILED for c in codes)
    left = len(codes) - kept - failed
    sources = tuple(dict.fromkeys(s for v in verdicts for s in v.sources))
    data = {"kept": str(kept), "failed": str(failed), "left": str(left), "all": str(len(codes))}
    if len(set(codes)) == 1:
        return Verdict(codes[0], "settle.all_same", data, sources)
    if kept == len(codes):
        return Verdict("met_late" if "met_late" in codes else "met", "settle.all_kept", data, sources)
    if failed and (kept or "partly" in codes):
        return Verdict("partly", "settle.some_kept", data, sources)
    if failed:  # none is kept so far: what is open decides between missed and partly
        return Verdict("unclear", "settle.some_failed", data, sources, ("missed", "partly"))
    return Verdict("unclear", "settle.some_unknown", data, sources)
