"""Where something stands in a source text."""

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A half-open range of characters, `start` included, `end` not, in the source as decoded."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """True when the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """True when `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end
