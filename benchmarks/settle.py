"""Settlement: 600 commitments against a next report of 26,000 characters, its reading included."""

import time
from dataclasses import replace

from benchmarks.texts import median, text_path
from duban.assess.settle.figures import Aim
from duban.assess.settle.halves import aims_of, outcomes_of
from duban.assess.settle.names import shipped
from duban.assess.settle.onward import onward
from duban.assess.settle.whole import Rules, gathered, settle
from duban.read import load_source, read_source, read_text

COMMITMENTS, CHARACTERS, RUNS = 600, 26_000, 5


def promised() -> list[Aim]:
    """The promises of the text, with copies under names of their own until they are of 600 commitments."""
    aims = aims_of(read_source(load_source(text_path())))
    held = list(dict.fromkeys(aim.commitment for aim in aims))
    for n in range(max(0, COMMITMENTS - len(held))):
        own = [aim for aim in aims if aim.commitment == held[n % len(held)]]
        aims += [replace(a, id=f"{a.id}~{n}", commitment=f"{a.commitment}~{n}", indicator=f"{a.indicator}{n}号") for a in own]  # fmt: skip
    return aims


def next_text() -> str:
    """The text as if it were of the year after, with its own paragraphs again until it has 26,000 characters."""
    text = text_path().read_text("utf-8").replace("2024", "2025").replace("2023", "2024")
    lines = text.splitlines()
    body = [line for line in lines if len(line) > 60]
    n = 0
    while len(text) < CHARACTERS:
        text += f"\n{body[n % len(body)]}"
        n += 1
    return text


def main() -> None:
    """Print the figures."""
    aims, text, names = promised(), next_text(), shipped()
    reading_, settling, ahead = [], [], []
    for _ in range(RUNS):
        start = time.process_time()
        reading = read_text(text)
        outcomes, plans = outcomes_of(reading, 0), aims_of(reading)
        read = time.process_time()
        settled = settle(aims, outcomes, Rules(), names, reading.outline.government or "", reviewed=True)
        whole = gathered(settled)
        done = time.process_time()
        onward(settled, plans, names)
        reading_.append(read - start)
        settling.append(done - read)
        ahead.append(time.process_time() - done)
    linked = sum(bool(s.linked) for s in settled)
    print(
        f"read the next report    {median(reading_):>8.2f} s   ({len(text):,} characters, {len(outcomes)} results)"
    )
    print(
        f"settle {len(whole)} commitments {median(settling):>8.2f} s   ({len(aims)} numbers and steps, {linked} linked)"
    )
    print(f"next year's targets     {median(ahead):>8.2f} s   ({len(plans)} promises)")
    print(f"both, the first time    {reading_[0] + settling[0]:>8.2f} s")


if __name__ == "__main__":
    main()
