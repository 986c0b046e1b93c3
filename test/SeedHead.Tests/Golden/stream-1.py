"""Writes stream-1.csv: numbers of stream version 1 at drawn addresses, straight from the definition in docs/math/random-stream.md.

Line: seed, network, layer, row, column, kind, word, uniform, normal, truncated normal; the last three from 40-digit arithmetic (mpmath 1.2), as doubles.
"""
import os
import random

from mpmath import cos, erf, erfinv, exp, log, mp, mpf, pi, sin, sqrt

mp.dps = 40
MASK = 0xFFFFFFFF


def philox(key, counter):
    """Philox4x32-10: Salmon et al., SC 2011."""
    k0, k1 = key & MASK, key >> 32
    c0, c1, c2, c3 = counter
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = p1 >> 32 ^ c1 ^ k0, p1 & MASK, p0 >> 32 ^ c3 ^ k1, p0 & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


def unit(word):
    return (mpf(word) + mpf(0.5)) / 2**32


def numbers(seed, network, layer, row, column, kind):
    words = philox(seed, (column // 4, row, network, layer | kind << 16))
    word = words[column % 4]
    u, v = words[column % 4 // 2 * 2 : column % 4 // 2 * 2 + 2]
    wave = cos if column % 2 == 0 else sin
    normal = sqrt(-2 * log(unit(u))) * wave(2 * pi * unit(v))
    inside = erf(sqrt(mpf(2)))  # P(|Z| <= 2)
    variance = 1 - 4 * exp(mpf(-2)) / sqrt(2 * pi) / inside
    truncated = sqrt(mpf(2)) * erfinv((2 * unit(word) - 1) * inside) / sqrt(variance)
    return word, float(unit(word)), float(normal), float(truncated)


draw = random.Random(2)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "stream-1.csv"), "w", encoding="utf-8", newline="\n") as file:
    for i in range(600):
        small = i < 300
        address = (
            draw.getrandbits(64 if i % 2 else 8),
            draw.randrange(4 if small else 2**31),
            draw.randrange(4 if small else 2**16),
            draw.randrange(300 if small else 2**31),
            draw.randrange(300 if small else 2**31),
            draw.randrange(6),
        )
        print(",".join(map(repr, address + numbers(*address))), file=file)
