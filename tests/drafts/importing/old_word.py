"""Word 97 containers, far enough to be told apart: the header, a directory, and the first bytes of one stream."""

import struct


def container(*streams, flags=0, version=0xC1, identity=0xA5EC, shift=9):
    """A container with the named streams; the first begins like a Word document."""
    size = 1 << shift
    header = bytearray(size)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, shift)
    directory = b"".join(entry(name, sector=1 + len(streams) // 4) for name in ("Root Entry", *streams))
    directory += bytes(-len(directory) % size)
    stream = struct.pack("<HHHHHH", identity, version, 0, 0, 0, flags) + bytes(size - 12)
    stream_at = len(directory) // size
    directory = b"".join(entry(name, sector=stream_at) for name in ("Root Entry", *streams))
    return bytes(header) + directory + bytes(-len(directory) % size) + stream


def entry(name, *, sector):
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written
        + bytes(64 - len(written))
        + struct.pack("<H", len(written))
        + bytes(50)
        + struct.pack("<I", sector)
        + bytes(8)
    )
