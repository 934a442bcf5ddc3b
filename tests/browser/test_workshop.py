"""The drafter's day, through the pages only: two regulations imported, matched and explained, an article inserted with
citations following, an edition issued, and the two papers the chair wants, looked at as a reader of paper does.
"""

import re
import subprocess
import zipfile

import pytest
from playwright.sync_api import expect

from config import services
from drafts import pdf
from drafts.models import Document
from drafts.photographs import working_text
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = (services.ROOT / f"demo/quy-che-lam-viec-{which}.txt" for which in ("hien-hanh", "du-thao"))
OLD_TITLE, NEW_TITLE = "Quy chế làm việc khóa trước", "Quy chế làm việc khóa này"
REASON = "Sắp xếp lại theo mô hình tổ chức mới, rõ chủ thể của Quy chế."
HEADING = "Đánh giá việc thực hiện Quy chế"


@pytest.fixture
def lan(transactional_db):
    cast = type("Cast", (People,), {})
    cast.make_people()
    return cast.lan


def test_from_two_regulations_to_the_table_and_the_marked_up_draft(open_page, lan, tmp_path):
    page = open_page(lan, accept_downloads=True)
    import_text(page, OLD, title=OLD_TITLE)
    import_text(page, NEW, title=NEW_TITLE, predecessor=OLD_TITLE)
    draft = Document.objects.get(title=NEW_TITLE)

    explain_first_change(page, draft)
    cited_before = citations_of(draft)
    insert_article(page, draft)
    assert citations_of(draft) == [article + 1 if article > 3 else article for article in cited_before]
    issue(page, draft)

    table = downloaded(page, f"/drafts/{draft.pk}/comparison/", tmp_path)
    marked = downloaded(page, f"/drafts/{draft.pk}/download/", tmp_path, text="2", against="1")
    assert b"<w:ins " in body(marked) and b"<w:del " in body(marked)
    papers = pdf.as_pdfs([table.read_bytes(), marked.read_bytes()], seconds=240)
    look_at_table, look_at_draft = looks(papers, tmp_path)
    assert look_at_table.is_landscape and not look_at_draft.is_landscape
    assert REASON in body(table).decode()
    for words in ("BẢNG SO SÁNH", OLD_TITLE):
        assert one_line(words) in look_at_table.words, words
    assert one_line(HEADING) in look_at_draft.words
    assert look_at_table.pages > 5 and look_at_draft.pages > 5


def import_text(page, file, *, title, predecessor=""):
    page.goto("/drafts/import/")
    page.locator("[name=file]").set_input_files(file)
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/drafts/import/\d+/"))
    page.locator("[name=title]").fill(title)
    if predecessor:
        page.locator("[name=predecessor]").select_option(label=predecessor)
    page.locator("main form:has([name=title]) button.primary").click()
    page.wait_for_url(re.compile(r"/drafts/\d+/$"))


def explain_first_change(page, draft):
    """Compared at once with what it replaces; the first row gets its reason."""
    page.goto(f"/drafts/{draft.pk}/comparison/")
    page.locator("main form:has([name=against]) button.primary").click()
    page.wait_for_url(re.compile(r"/comparisons/\d+/$"))
    row = page.locator("tbody", has_text="Phạm vi điều chỉnh").first
    row.get_by_role("link", name="Viết lý do").click()
    row.get_by_label("Lý do sửa").fill(REASON)
    row.get_by_role("button", name="Lưu dòng").click()
    expect(row).to_contain_text(REASON)
    expect(row.locator("textarea")).to_have_count(0)


def insert_article(page, draft):
    """Behind Điều 3; what it does to the citations is shown first."""
    page.goto(f"/drafts/{draft.pk}/outline/")
    row = page.locator(".outline-row", has_text="Điều 3").first
    row.locator("summary").click()
    row.locator("a[href*='act=insert'][href*='where=after']").click()
    page.locator("#act-form [name=heading]").fill(HEADING)
    page.locator("#act-form [name=reason]").fill(REASON)
    page.locator("#act-form button.primary").click()
    expect(page.locator(".places-list ins").first).to_be_visible()
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/outline/"))
    expect(page.locator(".outline-tree")).to_contain_text(f"Điều 4 {HEADING}")


def citations_of(draft):
    """The articles of its own that the draft cites, in the order of the text."""
    text = "\n".join(sheet.text for sheet in working_text(draft))
    return [int(number) for number in re.findall(r"Điều (\d+) Quy chế này", text)]


def issue(page, draft):
    page.goto(f"/drafts/{draft.pk}/editions/new/")
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/editions/$"))
    expect(page.locator("main")).to_contain_text("Dự thảo lần 2")


def downloaded(page, address, folder, **choices):
    """The Word file that a download page gives when asked as a person asks it."""
    page.goto(address)
    link = page.locator("main a[href$='/download/']")
    if link.count():
        link.first.click()
        page.wait_for_url(re.compile("/download/"))
    for name, value in choices.items():
        page.locator(f"select[name={name}]").select_option(value)
    with page.expect_download() as waiting:
        page.locator("main form button.primary").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def body(file):
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/document.xml")


class Look:
    """What stands on the pages of a PDF: their count and shape, and the words, in one line."""

    def __init__(self, file):
        info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
        width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups())
        self.pages = int(re.search(r"Pages:\s+(\d+)", info)[1])
        self.is_landscape = width > height
        text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
        self.words = one_line(text)


def looks(pdfs, folder):
    for at, made in enumerate(pdfs):
        file = folder / f"paper-{at}.pdf"
        file.write_bytes(made)
        yield Look(file)


def one_line(text):
    return "".join(text.split())
