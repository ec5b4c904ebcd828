"""Merkle trees as RFC 9162 §2.1 (RFC 6962) writes them: roots, proofs of inclusion, proofs that one tree extends another.

leaf(d) = H(0x00 d),   node(a, b) = H(0x01 a b),   a tree is split at the largest power of two below its size. H is the
ledger's own hash. All hashes here are hexadecimal digits.
"""

from collections.abc import Sequence

from duban.ledger.seal import Hasher


def leaf_hash(digest: Hasher, data: bytes) -> str:
    """The hash of a leaf."""
    return digest(b"\x00" + data)


def node_hash(digest: Hasher, left: str, right: str) -> str:
    """The hash of two subtrees."""
    return digest(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right))


def _split(size: int) -> int:
    """The largest power of two below `size` (> 1)."""
    return 1 << ((size - 1).bit_length() - 1)


class Tree:
    """The tree over leaves in order. It only grows; every earlier size of it can be asked for."""

    def __init__(self, digest: Hasher) -> None:
        self._digest = digest
        self._levels: list[list[str]] = [[]]  # level k: the full subtrees of 2**k leaves, from the left

    @property
    def size(self) -> int:
        """How many leaves."""
        return len(self._levels[0])

    def leaf(self, index: int) -> str:
        """The hash of the leaf at `index`, the first is 0."""
        return self._levels[0][index]

    def add(self, leaf: str) -> None:
        """Put a leaf at the end, with every subtree that it fills."""
        self._levels[0].append(leaf)
        level = 0
        while len(self._levels[level]) % 2 == 0:
            left, right = self._levels[level][-2:]
            level += 1
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(node_hash(self._digest, left, right))

    def root(self, size: int | None = None) -> str:
        """The root of the first `size` leaves (None: of all)."""
        return self._range(0, self.size if size is None else size)

    def _range(self, start: int, end: int) -> str:
        """MTH(D[start:end]); `start` is a multiple of the power of two that the range is split at."""
        size = end - start
        if size == 0:
            return self._digest(b"")
        if size & (size - 1) == 0:
            return self._levels[size.bit_length() - 1][start // size]
        middle = start + _split(size)
        return node_hash(self._digest, self._range(start, middle), self._range(middle, end))

    def inclusion(self, index: int, size: int) -> list[str]:
        """PATH(index, D[0:size]): what leads from a leaf to the root, the nearest first."""
        path, start, end = list[str](), 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, first: int, second: int) -> list[str]:
        """PROOF(first, D[0:second]): that the tree of `second` leaves begins with that of `first` (both > 0)."""
        path, start, end, whole = list[str](), 0, second, True
        while first != end:
            middle = start + _split(end - start)
            if first <= middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start, whole = middle, False
        return path[::-1] if whole else [*path, self._range(start, end)][::-1]


def includes(digest: Hasher, leaf: str, index: int, size: int, path: Sequence[str]) -> str | None:
    """The root to which `path` leads from a leaf (RFC 9162 §2.1.3.2); None where it cannot be one of such a tree."""
    if not 0 <= index < size:
        return None
    at, last, root = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = node_hash(digest, step, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(digest, root, step)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


def extends(
    digest: Hasher, first: int, second: int, root: str, path: Sequence[str]
) -> tuple[str, str] | None:
    """The roots of both trees by a proof of consistency (RFC 9162 §2.1.4.2), `root` that of the first; None if none."""
    if not 0 < first < second:
        return None
    steps = list(path) if first & (first - 1) else [root, *path]
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not steps:
        return None
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            old, new = node_hash(digest, step, old), node_hash(digest, step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(digest, new, step)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None
