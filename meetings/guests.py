"""Guests as people write them down: a post, or a name and a post."""

from __future__ import annotations

from typing import NamedTuple

from drafts.texts import clean

LONGEST_POST = 200
LONGEST_NAME = 150


class Guest(NamedTuple):
    """The post a guest comes for, and the name where it is known."""

    post: str
    name: str = ""


def read_guest(line: str) -> Guest:
    """ "Vụ trưởng, Ban Tổ chức Trung ương" is a post; "Nguyễn Văn A; Vụ trưởng" a name and a post.

    A line of nothing but semicolons is nobody: its post is empty.
    """
    name, _semicolon, post = clean(line).replace("\n", " ").strip("; ").partition(";")
    if not post:
        name, post = "", name
    return Guest(post=post.strip("; ")[:LONGEST_POST], name=name.strip()[:LONGEST_NAME])
