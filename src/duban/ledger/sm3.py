"""SM3 (GB/T 32905-2016) in plain Python, used only where OpenSSL was built without it. Slow but exact."""

_MASK = 0xFFFFFFFF
_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


def _turn(x: int, n: int) -> int:
    n %= 32
    return ((x << n) | (x >> (32 - n))) & _MASK


def _mix(x: int) -> int:
    return x ^ _turn(x, 9) ^ _turn(x, 17)


def _expand(block: bytes) -> list[int]:
    """The 68 words W of §5.3.2."""
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _turn(w[j - 3], 15)
        w.append((x ^ _turn(x, 15) ^ _turn(x, 23)) ^ _turn(w[j - 13], 7) ^ w[j - 6])
    return w


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """The compression function CF of §5.3.3."""
    w = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _turn((_turn(a, 12) + e + _turn(constant, j)) & _MASK, 7)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        tt1 = (ff + d + (ss1 ^ _turn(a, 12)) + (w[j] ^ w[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + w[j]) & _MASK
        a, b, c, d = tt1, a, _turn(b, 9), c
        e, f, g, h = _mix(tt2), e, _turn(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def sm3_hex(data: bytes) -> str:
    """The SM3 digest of `data` as 64 lower-case hexadecimal digits."""
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (len(data) * 8).to_bytes(8, "big")
    state: tuple[int, ...] = _START
    for at in range(0, len(padded), 64):
        state = _compress(state, padded[at : at + 64])
    return "".join(f"{word:08x}" for word in state)
