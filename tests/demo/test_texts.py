"""The demonstration's texts and story agree with each other: numbers, citations, quoted words, names."""

import itertools
import json
import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[2] / "demo"
DRAFT = "quy-che-lam-viec-du-thao.txt"
OLD = "quy-che-lam-viec-hien-hanh.txt"
INSPECTION = "quy-che-uy-ban-kiem-tra-du-thao.txt"
PROGRAMME = "chuong-trinh-hanh-dong-du-thao.txt"
REGULATIONS = (DRAFT, OLD, INSPECTION)
FILES = (*REGULATIONS, PROGRAMME)

POINTS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII"]

ARTICLE = re.compile(r"^Điều (\d+)\. (.+)$")
CHAPTER = re.compile(r"^Chương ([IVX]+)$")
PART = re.compile(r"^([IVX]+)\. (.+)$")
CLAUSE = re.compile(r"^(\d+)\. ")
POINT = re.compile(r"^([a-zđ])\) ")
CITED = re.compile(
    r"(?:điểm (?P<point>[a-zđ]) )?"
    r"(?:khoản (?P<clause>\d+)(?: và khoản (?P<second>\d+))? )?"
    r"Điều (?P<article>\d+)"
)
# "this regulation's" articles only: a draft may not cite another document's article by a bare number
CITED_ROW = re.compile(r"các Điều ((?:\d+, )*\d+ và \d+) Quy chế này")


def lines_of(file):
    return (DEMO / file).read_text(encoding="utf-8").splitlines()


def articles_of(file):
    """{article number: its paragraphs, the heading line first}, in reading order."""
    found, current = {}, None
    for line in lines_of(file):
        if match := ARTICLE.match(line):
            current = int(match[1])
            assert current not in found, f"{file}: Điều {current} stands twice"
            found[current] = [line]
        elif CHAPTER.match(line) or line == "Nơi nhận:":
            current = None
        elif current:
            found[current].append(line)
    return found


def items_of(file):
    """{(part, item): its paragraphs, the numbered line first}; item "" holds the part's own heading."""
    found, part, key = {}, "", None
    for line in lines_of(file):
        if (match := PART.match(line)) and match[2].isupper():
            part, key = match[1], (match[1], "")
            found[key] = [line]
        elif line == "Nơi nhận:":
            break
        elif part and (match := CLAUSE.match(line)):
            key = (part, match[1])
            assert key not in found, f"{file}: {key} stands twice"
            found[key] = [line]
        elif key:
            found[key].append(line)
    return found


def marks_of(paragraphs):
    """[(clause, point, paragraph)] of one article: "" where there is none."""
    marks, clause, point = [], "", ""
    for line in paragraphs:
        if match := CLAUSE.match(line):
            clause, point = match[1], ""
        elif match := POINT.match(line):
            point = match[1]
        marks.append((clause, point, line))
    return marks


def story():
    return tomllib.loads((DEMO / "story.toml").read_text(encoding="utf-8"))


def paragraphs_at(comment, files):
    """The paragraphs a comment or revision speaks of; the whole file for a general remark."""
    file = files[comment["document"]]
    if "article" in comment:
        return articles_of(file)[int(comment["article"].removeprefix("Điều "))]
    if "part" in comment:
        return items_of(file)[comment["part"], comment.get("item", "")]
    return lines_of(file)


def comments_and_files():
    told = story()
    return told["comments"], {document["code"]: document["file"] for document in told["documents"]}


@pytest.mark.parametrize("file", FILES)
def test_a_text_is_composed_unicode_one_paragraph_a_line(file):
    raw = (DEMO / file).read_bytes().decode("utf-8")
    assert raw == unicodedata.normalize("NFC", raw)
    assert "\r" not in raw and "\t" not in raw and "\u00a0" not in raw and "Ð" not in raw
    assert raw.endswith("BÍ THƯ\n")
    assert all(line == line.strip() and line for line in raw.splitlines())


@pytest.mark.parametrize(("file", "chapters", "articles"), [(DRAFT, 6, 40), (OLD, 6, 38), (INSPECTION, 4, 12)])
def test_a_regulation_counts_its_chapters_and_articles_without_a_gap(file, chapters, articles):
    lines = lines_of(file)
    assert [m[1] for line in lines if (m := CHAPTER.match(line))] == ROMAN[:chapters]
    assert list(articles_of(file)) == list(range(1, articles + 1))


@pytest.mark.parametrize("file", REGULATIONS)
def test_a_chapter_is_named_in_capitals_on_the_next_line(file):
    for line, following in itertools.pairwise(lines_of(file)):
        if CHAPTER.match(line):
            assert following == following.upper() and not ARTICLE.match(following)


def test_the_programme_has_seven_tasks_five_programmes_three_breakthroughs_and_no_article():
    found = items_of(PROGRAMME)
    count = {part: sum(1 for p, item in found if p == part and item) for part, _ in found}
    assert count == {"I": 3, "II": 7, "III": 5, "IV": 3, "V": 3}
    assert not articles_of(PROGRAMME)


@pytest.mark.parametrize("file", REGULATIONS)
def test_clauses_and_points_follow_each_other_in_order(file):
    for number, paragraphs in articles_of(file).items():
        clauses, points = 0, 0
        for clause, point, line in marks_of(paragraphs):
            if CLAUSE.match(line):
                clauses, points = clauses + 1, 0
                assert clause == str(clauses), f"{file}: Điều {number}: {line}"
            elif POINT.match(line):
                assert point == POINTS[points], f"{file}: Điều {number}: {line}"
                points += 1
        assert clauses >= 2, f"{file}: Điều {number} has no clauses"


def test_points_of_the_programme_follow_each_other_in_order():
    for key, paragraphs in items_of(PROGRAMME).items():
        points = [m[1] for line in paragraphs if (m := POINT.match(line))]
        assert points == list(POINTS[: len(points)]), key


@pytest.mark.parametrize("file", REGULATIONS)
def test_a_paragraph_that_opens_a_row_of_points_ends_with_a_colon(file):
    for paragraphs in articles_of(file).values():
        for line, following in itertools.pairwise(paragraphs):
            assert following.startswith("a) ") == line.endswith(":"), line


@pytest.mark.parametrize("file", REGULATIONS)
def test_every_citation_points_at_a_clause_or_point_that_exists(file):
    articles = articles_of(file)
    seen = 0
    for number, paragraphs in articles.items():
        for line in paragraphs[1:]:
            for cited in CITED.finditer(line):
                seen += 1
                where = f"{file}: Điều {number} cites {cited[0]}"
                assert int(cited["article"]) in articles, where
                marks = {(clause, point) for clause, point, _ in marks_of(articles[int(cited["article"])])}
                for clause in filter(None, (cited["clause"], cited["second"])):
                    assert (clause, cited["point"] or "") in marks, where
            for row in CITED_ROW.finditer(line):
                assert all(int(n) in articles for n in re.findall(r"\d+", row[1])), line
            for chapter in re.findall(r"Chương ([IVX]+)\b", line):
                assert f"Chương {chapter}" in lines_of(file), line
    assert seen >= 2


def test_the_map_covers_every_old_and_every_new_article_once():
    pairs = json.loads((DEMO / "article-map.json").read_text(encoding="utf-8"))["pairs"]
    assert sorted(n for pair in pairs for n in pair["old"]) == list(range(1, 39))
    assert sorted(n for pair in pairs for n in pair["new"]) == list(range(1, 41))


def test_the_map_names_each_pair_for_what_it_is():
    pairs = json.loads((DEMO / "article-map.json").read_text(encoding="utf-8"))["pairs"]
    sizes = {"merged": (2, 1), "split": (1, 2), "dropped": (1, 0), "new": (0, 1)}
    for pair in pairs:
        assert (len(pair["old"]), len(pair["new"])) == sizes.get(pair["kind"], (1, 1)), pair
    kinds = [pair["kind"] for pair in pairs]
    assert kinds.count("merged") >= 2 and kinds.count("split") >= 1
    assert set(kinds) == {"kept", "amended", "moved", "merged", "split", "dropped", "new"}


def test_kept_and_moved_articles_stand_word_for_word_and_amended_ones_do_not():
    pairs = json.loads((DEMO / "article-map.json").read_text(encoding="utf-8"))["pairs"]
    old, new = articles_of(OLD), articles_of(DRAFT)

    def words(paragraphs):
        return "\n".join([ARTICLE.match(paragraphs[0])[2], *paragraphs[1:]])

    for pair in pairs:
        if pair["kind"] in {"kept", "moved", "amended"}:
            same = words(old[pair["old"][0]]) == words(new[pair["new"][0]])
            assert same == (pair["kind"] != "amended"), pair


def test_the_gap_the_delegates_point_out_is_in_the_draft_and_not_in_the_old_text():
    heading = "Phó Bí thư Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh"
    assert any(heading in paragraphs[0] for paragraphs in articles_of(OLD).values())
    assert not any(heading in line for line in lines_of(DRAFT))


def test_quoted_words_stand_exactly_once_in_the_place_commented_on():
    comments, files = comments_and_files()
    for comment in comments:
        if quote := comment.get("quote"):
            assert "article" in comment or "item" in comment, comment["id"]
            assert "\n".join(paragraphs_at(comment, files)).count(quote) == 1, comment["id"]
            assert comment.get("proposed_text") != quote, comment["id"]


def test_a_comment_names_the_clause_its_words_stand_in():
    comments, files = comments_and_files()
    for comment in comments:
        if "clause" not in comment:
            continue
        named = dict(part.split() for part in re.findall(r"khoản \d+|điểm \S", comment["clause"]))
        marks = marks_of(paragraphs_at(comment, files))
        point_unless_told = "" if "article" in comment else None
        lines = [
            line
            for clause, point, line in marks
            if clause == named.get("khoản", clause) and point == named.get("điểm", point_unless_told)
        ]
        assert lines, comment["id"]
        if "quote" in comment:
            assert any(comment["quote"] in line for line in lines), comment["id"]


def test_revisions_replace_words_that_stand_exactly_once_and_hold_the_quoted_ones():
    told = story()
    comments, files = comments_and_files()
    by_id = {comment["id"]: comment for comment in comments}
    revised = [answer for answer in told["answers"] if "revision" in answer]
    assert revised
    for answer in revised:
        comment, revision = by_id[answer["comment"]], answer["revision"]
        assert answer["outcome"] == "accepted" and revision["reason"]
        assert "\n".join(paragraphs_at(comment, files)[1:]).count(revision["old"]) == 1, answer["comment"]
        assert comment["quote"] in revision["old"] and revision["new"] != revision["old"]


def test_what_is_rewritten_after_the_meeting_stands_exactly_once_in_its_article():
    told = story()
    _comments, files = comments_and_files()
    revisions = [row for meeting in told["meetings"] for row in meeting["revisions"]]
    assert revisions
    for row in revisions:
        assert "\n".join(paragraphs_at(row, files)[1:]).count(row["old"].strip()) == 1, row["article"]
        assert row["new"].strip() != row["old"].strip() and row["reason"]


def test_codes_and_ids_are_unique():
    told = story()
    for rows, key in (("units", "code"), ("people", "username"), ("documents", "code"), ("comments", "id")):
        values = [row[key] for row in told[rows]]
        assert len(values) == len(set(values)), rows
    answered = [answer["comment"] for answer in told["answers"]]
    assert len(answered) == len(set(answered))


def references_of(told):
    """(kind, value) of everything the story refers to by code."""
    for person in told["people"]:
        yield "unit", person["unit"]
    for document in told["documents"]:
        yield from (("unit", document["drafting_unit"]), ("user", document["created_by"]))
        for seat in document["seats"]:
            yield ("user", seat["user"]) if "user" in seat else ("unit", seat["unit"])
    for consultation in told["consultations"]:
        yield from (("document", consultation["document"]), ("user", consultation["opened_by"]))
        yield from (("unit", code) for code in consultation["invited"])
    for comment in told["comments"]:
        yield from (("document", comment["document"]), ("user", comment["author"]))
        yield from (("user", reply["author"]) for reply in comment.get("replies", []))
        yield from (("unit", comment[key]) for key in ("on_behalf_of",) if key in comment)
        yield from (("user", comment[key]) for key in ("recorded_by",) if key in comment)
    for answer in told["answers"]:
        yield from (("comment", answer["comment"]), ("user", answer["by"]))
    for meeting in told["meetings"]:
        yield from (("unit", meeting["body"]), ("user", meeting["chair"]), ("user", meeting["secretary"]))
        yield from (("user", row["user"]) for row in meeting["attendance"])
        yield from (("user", item["presenter"]) for item in meeting["agenda"])
        yield from (("document", item["document"]) for item in meeting["agenda"] if "document" in item)
        for assignment in meeting["assignments"]:
            yield "unit", assignment["lead_unit"]
            yield from (("document", assignment[key]) for key in ("document",) if key in assignment)
            yield from (("unit", code) for code in assignment["supporting_units"])


def test_every_unit_post_document_and_comment_referred_to_exists():
    told = story()
    known = {
        "unit": {row["code"] for row in told["units"]},
        "user": {row["username"] for row in told["people"]},
        "document": {row["code"] for row in told["documents"]},
        "comment": {row["id"] for row in told["comments"]},
    }
    missing = [(kind, value) for kind, value in references_of(told) if value not in known[kind]]
    assert not missing
    assert all((DEMO / document["file"]).is_file() for document in told["documents"])


def roles_on(told, document, username):
    unit = {person["username"]: person["unit"] for person in told["people"]}[username]
    return {
        seat["role"]
        for row in told["documents"]
        if row["code"] == document
        for seat in row["seats"]
        if seat.get("user") == username or seat.get("unit") == unit
    }


def test_everyone_who_speaks_holds_the_seat_for_it():
    told = story()
    documents = {comment["id"]: comment["document"] for comment in told["comments"]}
    for comment in told["comments"]:
        assert "commenter" in roles_on(told, comment["document"], comment["author"]), comment["id"]
        for reply in comment.get("replies", []):
            assert roles_on(told, comment["document"], reply["author"]), comment["id"]
            assert reply["days_ago"] <= comment["days_ago"]
        if "recorded_by" in comment:
            assert "secretary" in roles_on(told, comment["document"], comment["recorded_by"])
    for answer in told["answers"]:
        assert "lead_drafter" in roles_on(told, documents[answer["comment"]], answer["by"]), answer["comment"]
        assert answer["explanation"] or answer["outcome"] == "accepted"


def test_the_guest_and_the_administrator_sit_nowhere():
    told = story()
    accounts = {person["username"] for person in told["people"] if person.get("account")}
    assert accounts == {"chutri", "thuky", "bantochuc", "uyvien", "daibieu", "khach", "quantri"}
    for username in ("khach", "quantri"):
        assert not any(roles_on(told, row["code"], username) for row in told["documents"])
        assert username not in {row["user"] for meeting in told["meetings"] for row in meeting["attendance"]}


def test_nothing_happens_before_the_edition_it_is_about():
    told = story()
    editions = {row["code"]: row["edition_days_ago"] for row in told["documents"]}
    spoken = {comment["id"]: comment["days_ago"] for comment in told["comments"]}
    for comment in told["comments"]:
        assert comment["days_ago"] <= editions[comment["document"]], comment["id"]
    for answer in told["answers"]:
        assert answer["days_ago"] <= spoken[answer["comment"]], answer["comment"]


def test_four_assignments_hang_on_numbered_conclusions_and_fall_due_before_the_fifth_day():
    for meeting in story()["meetings"]:
        conclusions = {row["number"]: row["yields_task"] for row in meeting["conclusions"]}
        assert list(conclusions) == list(range(1, len(conclusions) + 1))
        assert len(meeting["assignments"]) == 4
        assert {row["conclusion"] for row in meeting["assignments"]} == {n for n, task in conclusions.items() if task}
        for assignment in meeting["assignments"]:
            assert (assignment["due_in_days"], assignment["limit"]) == (5, "before")
            assert assignment["lead_unit"] not in assignment["supporting_units"]


def test_everything_written_in_the_story_is_composed_unicode():
    raw = (DEMO / "story.toml").read_text(encoding="utf-8")
    assert raw == unicodedata.normalize("NFC", raw)
