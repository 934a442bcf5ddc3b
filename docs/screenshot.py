"""Makes ``docs/consolidated.png``, the picture in the README, with the product itself: ``make screenshot``.

The demonstration is loaded into databases of its own, which are thrown away afterwards.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browsing import launch  # noqa: E402

PICTURE = ROOT / "docs/consolidated.png"
LARGEST = 200_000  # bytes
FOLDER = ROOT / "var/screenshot"
PASSWORD = "gop-y-du-thao"  # as ``make run`` prints it
TITLE = "Quy chế làm việc của Tỉnh ủy, nhiệm kỳ 2025 - 2030"


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        with site() as address, sync_playwright() as playwright:
            browser = launch(playwright)
            take_picture(browser, address)
            browser.close()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {size // 1000} kB")
    return size > LARGEST


@contextmanager
def site():
    """The product on a free port of this machine; its address."""
    environment = os.environ | {"VAR_FOLDER": str(FOLDER), "DEPLOYMENT": "development"}
    manage = [sys.executable, "manage.py"]
    with socket.socket() as anybody:
        anybody.bind(("127.0.0.1", 0))
        port = anybody.getsockname()[1]
    subprocess.run([*manage, "prepare"], cwd=ROOT, env=environment, check=True)
    server = subprocess.Popen(
        [*manage, "runserver", f"127.0.0.1:{port}", "--noreload"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address, server):
    for _attempt in range(600):
        try:
            urllib.request.urlopen(address)
            return
        except URLError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    sys.exit("The site did not start.")


def take_picture(browser, address):
    window = {"viewport": {"width": 1280, "height": 1290}, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
    page = browser.new_page(base_url=address, **window)
    page.goto("/")
    page.fill("[name=login]", "thuky")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.primary")
    page.locator("a.title", has_text=TITLE).and_(page.locator("[href$='/feedback/']")).click()
    page.locator(".opinion").first.wait_for()
    page.screenshot(path=PICTURE)


if __name__ == "__main__":
    sys.exit(main())
