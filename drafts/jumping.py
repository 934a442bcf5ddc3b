"""Reads "đ5 k2", "điều 5 khoản 2", "Đ.5", "diem a khoan 2": a place, however it is typed. No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafts.inquiry import LONGEST, bare

_NUMBER = r"\d{1,3}[a-zđ]?"
_END = r"(?![a-zđ0-9])"
_PLACES = (
    ("point", re.compile(rf"(?:điem|diem)[\s.]*([a-zđ]\d{{0,2}}){_END}")),
    ("article", re.compile(rf"(?:đieu|dieu|đ|d)[\s.]*({_NUMBER}?){_END}|(?:đieu|dieu|đ|d)[\s.]*(\d{{1,3}})(?=k)")),
    ("clause", re.compile(rf"(?:khoan|k)[\s.]*(\d{{1,2}}(?:\.\d{{1,2}})+|{_NUMBER}){_END}")),
    ("point", re.compile(rf"(?:đ|d)[\s.]*([a-zđ]){_END}")),
    ("clause", re.compile(r"(?:khoan|k)[\s.]*(\d{1,3})(?=đ|d)")),
)
_BETWEEN = re.compile(r"[\s,;/-]*")


@dataclass(frozen=True, slots=True)
class Jump:
    """An article, and perhaps a clause and a point of it, by their bare numbers: "5", "2", "đ"."""

    article: str
    clause: str = ""
    point: str = ""

    @property
    def label(self) -> str:
        """As one cites it: ``điểm a khoản 2 Điều 5``."""
        parts = [f"điểm {self.point}" if self.point else "", f"khoản {self.clause}" if self.clause else ""]
        return " ".join(part for part in (*parts, f"Điều {self.article}") if part)

    @property
    def line_label(self) -> str:
        """The place inside the article, as ``drafts.outline`` labels its lines; empty for the whole article."""
        parts = [f"điểm {self.point}" if self.point else "", f"khoản {self.clause}" if self.clause else ""]
        return " ".join(part for part in parts if part)


def read_jump(typed: str) -> Jump | None:
    """The place that was typed; None when it is anything else, or says no article."""
    rest = bare(typed[:LONGEST]).strip()
    found: dict[str, str] = {}
    while rest:
        for name, pattern in _PLACES:
            match = pattern.match(rest)
            if match and name not in found:
                found[name] = next(filter(None, match.groups()))
                rest = rest[_BETWEEN.match(rest, match.end()).end() :]  # type: ignore[union-attr]
                break
        else:
            return None
    return Jump(**found) if "article" in found else None
