#!/usr/bin/env python3
"""Writes the PNG files in test/SeedHead.Tests/Golden/png and, beside each, the samples that Pillow reads from it (.raw). Made with Pillow 9.4.0."""
import pathlib
import struct
import sys
import zlib

import numpy as np
from PIL import Image

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "test/SeedHead.Tests/Golden/png")
out.mkdir(parents=True, exist_ok=True)
height, width = 13, 17
y, x = np.mgrid[0:height, 0:width]
grey = ((x * 15 + y * 7 + (x * x * y) % 11) % 256).astype("u1")
rgb = np.stack([grey, grey.T.copy().ravel()[: height * width].reshape(height, width), (grey * 3 + y) % 256], axis=2).astype("u1")
alpha = ((x * 31 + y * 17) % 256).astype("u1")


def filters(path):
    """The filter of every line, to be sure that all five occur somewhere."""
    data, at, packed = path.read_bytes(), 8, b""
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        packed += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    lines = zlib.decompress(packed)
    return sorted(set(lines[:: len(lines) // height]))


def write(name, image, samples, **options):
    image.save(out / f"{name}.png", **options)
    (out / f"{name}.raw").write_bytes(np.ascontiguousarray(samples).tobytes())
    print(name, filters(out / f"{name}.png"))


write("grey1", Image.fromarray(grey > 120), np.where(grey > 120, 255, 0).astype("u1"))
write("grey8", Image.fromarray(grey), grey)
write("grey16", Image.fromarray((grey.astype("u2") << 8) | (255 - grey)), grey)  # the upper byte
write("greyalpha8", Image.fromarray(np.dstack([grey, alpha]), "LA"), np.dstack([grey, alpha]))
write("rgb8", Image.fromarray(rgb), rgb)
write("rgba8", Image.fromarray(np.dstack([rgb, alpha]), "RGBA"), np.dstack([rgb, alpha]))
smooth = np.dstack([x * 3 + y * 2, 200 - x * 2 - y, (x * y) // 2]).astype("u1")
write("rgb8_smooth", Image.fromarray(smooth), smooth)
for bits in [1, 2, 4, 8]:
    palette = Image.fromarray(rgb).quantize(2**bits)
    write(f"palette{bits}", palette, np.asarray(palette.convert("RGB")), bits=bits)
