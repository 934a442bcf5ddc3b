"""Finds opinions that say the same: within an article, and the same remark elsewhere.

Likeness is the share of words two opinions have in common, rare words weighing more, pairs of neighbours too; the
words they quote count for less than what is said of them. Alike in words is not yet alike in meaning: where one denies
what the other affirms, takes out what the other puts in, or names another number, they are kept apart, however alike
they read.

The cost stays near linear: pairs are sought by the rarest words of each opinion only (prefix filtering), since two that
share none of them cannot reach the threshold; beyond the article they must share several pairs of neighbours among
these.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

ENOUGH = 0.52
"""Two opinions on the same article that are less alike do not say the same; found on the labelled set."""
ENOUGH_ELSEWHERE = 0.56
"""Beyond the article the place no longer speaks for it, so the words must say more."""
QUOTED = 0.35
"""What a quoted word weighs beside one that is said."""
NEIGHBOURS = 0.6
"""What a pair of neighbouring words weighs beside a word of the same rarity."""

_MEETINGS = 3
"""Beyond the article, so many pairs of neighbours two opinions must share among their rarest; short ones half."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Opinion:
    """``place`` is the article (any hashable name), ``document`` where it stands; texts in NFC."""

    key: int
    document: int
    place: str
    text: str
    quote: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Opinions on one article that say the same, the oldest first; ``elsewhere`` say it of other places."""

    keys: tuple[int, ...]
    likeness: float
    elsewhere: tuple[int, ...] = ()


def group(opinions: Sequence[Opinion], *, document: int, progress: Progress = lambda done, total: None) -> list[Alike]:
    """Groups of the document's opinions, the most alike first; opinions of other documents only stand ``elsewhere``.

    An opinion is in one group at most. A remark that stands on one article once and on another (or in another document)
    too makes a group of one with its ``elsewhere``.
    """
    book = _Book(opinions)
    near: dict[tuple[int, int], float] = {}
    far: dict[int, list[tuple[float, int]]] = defaultdict(list)
    total = len(book.read)
    for one, other, likeness in book.pairs(progress):
        first, second = opinions[one], opinions[other]
        same_place = (first.document, first.place) == (second.document, second.place)
        if same_place and first.document == document:
            near[one, other] = likeness
        else:
            for mine, theirs in ((one, other), (other, one)):
                if opinions[mine].document == document:
                    far[mine].append((likeness, theirs))
    progress(total, total)
    found = []
    grouped: set[int] = set()
    for members, likeness in _clusters(near):
        elsewhere = {theirs for mine in members for _likeness, theirs in far[mine]} - set(members)
        found.append(_alike(opinions, members, likeness, elsewhere))
        grouped |= set(members)
    for mine, others in far.items():
        elsewhere = {theirs for _likeness, theirs in others}
        if mine not in grouped and not elsewhere & grouped and opinions[mine].document == document:
            grouped |= {mine} | {theirs for theirs in elsewhere if opinions[theirs].document == document}
            found.append(_alike(opinions, [mine], max(likeness for likeness, _theirs in others), elsewhere))
    return sorted(found, key=lambda alike: (-len(alike.keys), -alike.likeness, alike.keys))


def likest(opinion: Opinion, others: Sequence[Opinion], *, enough: float = ENOUGH) -> list[tuple[float, int]]:
    """Those of ``others`` that say the same as one that is being written, the likest first: (likeness, key)."""
    book = _Book([*others, opinion])
    last = len(others)
    found = [(book.likeness(place, last), others[place].key) for place in range(last)]
    return sorted((pair for pair in found if pair[0] >= enough), reverse=True)


def _alike(opinions: Sequence[Opinion], members: Iterable[int], likeness: float, elsewhere: Iterable[int]) -> Alike:
    keys = tuple(sorted(opinions[place].key for place in members))
    return Alike(keys, round(likeness, 3), tuple(sorted(opinions[place].key for place in elsewhere)))


def _clusters(pairs: dict[tuple[int, int], float]) -> list[tuple[list[int], float]]:
    """Opinions joined by their likest pairs; whoever joins must be like most of those already there."""
    home: dict[int, list[int]] = {}
    for one, other in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        left, right = home.get(one, [one]), home.get(other, [other])
        if left is right:
            continue
        across = [pairs.get((min(a, b), max(a, b)), 0.0) for a in left for b in right]
        if sum(likeness > 0 for likeness in across) * 2 < len(across):
            continue
        joined = left + right
        for place in joined:
            home[place] = joined
    clusters = {id(members): members for members in home.values()}.values()
    return [
        (
            sorted(members),
            max(pairs.get((min(a, b), max(a, b)), 0.0) for a in members for b in members if a != b),
        )
        for members in clusters
    ]


@dataclass(frozen=True, slots=True)
class _Read:
    """An opinion as features with weights, and what must agree beside them."""

    weights: dict[str, float]
    weight: float
    prefix: tuple[str, ...]
    denies: bool
    acts: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]


class _Book:
    """Opinions read once, and the pairs among them that say the same."""

    def __init__(self, opinions: Sequence[Opinion]) -> None:
        self.opinions = opinions
        said = [(_words(opinion.text), _words(opinion.proposed), _words(opinion.quote)) for opinion in opinions]
        names = [_names(opinion.text) for opinion in opinions]
        features = [_features(*words) for words in said]
        spread = Counter(feature for weights in features for feature in weights)
        rarity = {feature: math.log(1 + len(opinions) / count) + 0.3 for feature, count in spread.items()}
        self.read = [
            self._weighed(weights, rarity, words, named)
            for weights, words, named in zip(features, said, names, strict=True)
        ]

    def pairs(self, progress: Progress) -> Iterable[tuple[int, int, float]]:
        """Pairs (earlier, later, likeness) that may say the same."""
        here: dict[tuple[int, str, str], list[int]] = defaultdict(list)
        anywhere: dict[str, list[int]] = defaultdict(list)
        for later, (opinion, read) in enumerate(zip(self.opinions, self.read, strict=True)):
            at = [(opinion.document, opinion.place, feature) for feature in read.prefix]
            pairs = [feature for feature in read.prefix if " " in feature]
            near = {earlier for key in at for earlier in here[key]}
            met = Counter(earlier for feature in pairs for earlier in anywhere[feature])
            needed = min(_MEETINGS, max(1, len(pairs) // 2))
            far = {earlier for earlier, times in met.items() if times >= needed} - near
            for candidates, enough in ((near, ENOUGH), (far, ENOUGH_ELSEWHERE)):
                for earlier in candidates:
                    likeness = self.likeness(earlier, later, enough=enough)
                    if likeness >= enough:
                        yield earlier, later, likeness
            for key in at:
                here[key].append(later)
            for feature in pairs:
                anywhere[feature].append(later)
            if later % 200 == 0:
                progress(later, len(self.read))

    def likeness(self, one: int, other: int, *, enough: float = 0.0) -> float:
        """From 0 to 1; 0 where the meaning differs whatever the words, or where it cannot be ``enough``."""
        left, right = self.read[one], self.read[other]
        if 2 * min(left.weight, right.weight) < enough * (left.weight + right.weight):
            return 0.0
        if not left.weight or not right.weight or left.denies != right.denies:
            return 0.0
        if _differ(left.numbers, right.numbers) or _differ(left.acts, right.acts):
            return 0.0
        if _are_others(left.names, right.names):
            return 0.0
        few, many = (left, right) if len(left.weights) < len(right.weights) else (right, left)
        shared = sum(
            min(weight, many.weights[feature]) for feature, weight in few.weights.items() if feature in many.weights
        )
        return 2 * shared / (left.weight + right.weight)

    def _weighed(
        self,
        features: dict[str, float],
        rarity: dict[str, float],
        words: Sequence[list[str]],
        names: frozenset[str],
    ) -> _Read:
        weights = {feature: share * rarity[feature] for feature, share in features.items()}
        whole = sum(weights.values())
        spoken = words[0] + words[1]
        return _Read(
            weights,
            whole,
            _prefix(weights, whole, rarity),
            denies=_denies(words[0]),
            acts=_acts(words[0]),
            numbers=frozenset(word for word in spoken if word.isdecimal()),
            names=names,
        )


def _prefix(weights: dict[str, float], whole: float, rarity: dict[str, float]) -> tuple[str, ...]:
    """The rarest features: two opinions that share none of these cannot reach ``ENOUGH``.

    2·shared / (a + b) ≥ t needs shared ≥ t·a / 2 on either side. The commonest features are left out as long as they
    weigh less than that; then the rarest of those shared is in the prefix of both.
    """
    least, left_out = ENOUGH * whole / 2, 0.0
    ordered = sorted(weights, key=lambda feature: (rarity[feature], feature))
    for place, feature in enumerate(ordered):
        left_out += weights[feature]
        if left_out >= least:
            return tuple(ordered[place:])
    return tuple(ordered)


def _features(text: list[str], proposed: list[str], quote: list[str]) -> dict[str, float]:
    """Words and pairs of neighbours with what each weighs."""
    features: dict[str, float] = {}
    for words, share in ((text, 1.0), (proposed, 0.7), (quote, QUOTED)):
        telling = [word for word in words if word not in _COMMON]
        for word in telling:
            features[word] = max(features.get(word, 0.0), share)
        for first, second in pairwise(telling):
            pair = f"{first} {second}"
            features[pair] = max(features.get(pair, 0.0), share * NEIGHBOURS)
    return features


_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<![.!?;:]\s)(?<!^)\b[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]\w*")
_TONES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ",
    "ũe": "oẽ", "ọe": "oẹ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_COMMON = frozenset(
    "đề nghị xin kiến kính ban soạn thảo cơ quan chủ trì xem xét nghiên cứu cần nên phải được là và của các những cho"
    " ở tại trong với thì mà để cũng đã sẽ rằng này đó như vào theo về có ra lại việc nội dung dự điều khoản điểm quy"
    " chế tôi chúng đồng chí ạ nhé vì do nếu khi hơn rõ từ đến một".split()
)
_DENYING = frozenset({"không", "chưa", "chẳng", "đừng", "khỏi", "thôi"})
_FAULTS = frozenset("rõ cụ đầy chặt thống phù hợp chính đúng để còn chồng trùng giấy".split())
"""After "chưa" and "không" these name a fault or a wish: "chưa rõ", "không để chồng chéo" deny nothing."""
_OPENS = 5
"""Who says no says it at the beginning; "theo quý, không theo tháng" proposes something."""
_ACTS = {
    "bỏ": "remove", "lược": "remove", "xoá": "remove", "cắt": "remove", "loại": "remove",
    "bổ": "add", "thêm": "add",
    "giữ": "keep", "nguyên": "keep",
    "tăng": "raise", "kéo": "raise", "nâng": "raise", "giảm": "lower", "rút": "lower", "hạ": "lower",
    "tách": "split", "gộp": "merge", "nhập": "merge", "ghép": "merge",
}  # fmt: skip


def _words(text: str) -> list[str]:
    """Words in small letters, the tone always on the same vowel: "ủy" and "uỷ" are one."""
    lowered = unicodedata.normalize("NFC", text).lower()
    for one, other in _TONES.items():
        lowered = lowered.replace(one, other)
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in _WORD.findall(lowered)]


def _denies(words: Sequence[str]) -> bool:
    """Whether it begins with a no: "không đồng ý", "đề nghị chưa quy định"."""
    opening = [*words[:_OPENS], ""]
    return any(word in _DENYING and after not in _FAULTS for word, after in pairwise(opening) if "thảo" not in opening)


def _names(text: str) -> frozenset[str]:
    """Capitalised words inside sentences: whom and what it speaks of."""
    words = _NAME.findall(unicodedata.normalize("NFC", text))
    return frozenset(_words(" ".join(words)))


def _are_others(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both name somebody, each somebody else, and little the same."""
    return bool(one - other and other - one) and len(one & other) * 2 < len(one | other)


def _acts(words: Sequence[str]) -> frozenset[str]:
    return frozenset(_ACTS[word] for word in words if word in _ACTS)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both name something, and nothing the same."""
    return bool(one and other and not one & other)
