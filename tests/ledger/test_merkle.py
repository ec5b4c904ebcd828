"""Trees and their proofs, against the vectors of the RFC's own log and against its definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.ledger.merkle import Tree, extends, includes, leaf_hash, node_hash
from duban.ledger.seal import hasher

H = hasher("sha256")
# The leaves and roots that Certificate Transparency's logs are tested with (google/certificate-transparency).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(count, digest=H):
    tree = Tree(digest)
    for n in range(count):
        tree.add(leaf_hash(digest, str(n).encode()))
    return tree


def defined(leaves):
    """MTH as section 2.1.1 defines it."""
    if not leaves:
        return sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaf_hash(H, leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(H, defined(leaves[:k]), defined(leaves[k:]))


def test_the_vectors_of_certificate_transparency():
    tree = Tree(H)
    assert tree.root() == sha256(b"").hexdigest()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        tree.add(leaf_hash(H, bytes.fromhex(leaf)))
        assert tree.root() == root
    assert [tree.root(n) for n in range(1, 9)] == ROOTS
    assert tree.inclusion(0, 8) == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert tree.consistency(1, 8) == tree.inclusion(0, 8)
    assert tree.consistency(6, 8) == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert extends(H, 6, 8, ROOTS[5], tree.consistency(6, 8)) == (ROOTS[5], ROOTS[7])


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_every_leaf_of_every_size_is_included_and_every_size_extends_the_smaller(algorithm):
    digest = hasher(algorithm)
    tree = grown(33, digest)
    for size in range(1, 34):
        for index in range(size):
            path = tree.inclusion(index, size)
            assert includes(digest, tree.leaf(index), index, size, path) == tree.root(size)
        for first in range(1, size):
            found = extends(digest, first, size, tree.root(first), tree.consistency(first, size))
            assert found == (tree.root(first), tree.root(size))


@given(st.integers(1, 300), st.data())
def test_a_root_is_the_defined_one_and_no_other_place_or_size_leads_to_it(count, data):
    tree = grown(count)
    assert tree.root() == defined([str(n).encode() for n in range(count)])
    index = data.draw(st.integers(0, count - 1))
    path = tree.inclusion(index, count)
    for other in {index - 1, index + 1, data.draw(st.integers(0, count))} - {index}:
        assert includes(H, tree.leaf(index), other, count, path) != tree.root()
    for wrong in (path[:-1], [*path, tree.root()]):
        assert includes(H, tree.leaf(index), index, count, wrong) != tree.root() or wrong == path
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        altered = [*path[:at], tree.root(), *path[at + 1 :]]
        assert includes(H, tree.leaf(index), index, count, altered) != tree.root()


@given(st.integers(2, 300), st.data())
def test_a_rewritten_tree_has_no_proof_that_it_extends_the_old_one(count, data):
    tree, first = grown(count), data.draw(st.integers(1, count - 1))
    rewritten, at = Tree(H), data.draw(st.integers(0, first - 1))
    for n in range(count):
        rewritten.add(leaf_hash(H, b"other" if n == at else str(n).encode()))
    found = extends(H, first, count, tree.root(first), rewritten.consistency(first, count))
    assert found != (tree.root(first), rewritten.root(count))
    assert extends(H, count, first, tree.root(), []) is None
