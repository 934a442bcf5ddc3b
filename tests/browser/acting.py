"""What people do in the browser again and again."""


def sign_in_by_form(page, *, username, password, at="/"):
    """From the address somebody was sent: the sign-in comes first, then the page asked for."""
    page.goto(at)
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("main form button.primary").click()
    page.wait_for_url(f"**{at}")


def select_words(page, words, *, within=".legal"):
    """Select the first occurrence of the words in the text, as a mouse or a finger does."""
    page.evaluate(
        """([words, within]) => {
          const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const place = walker.currentNode.data.indexOf(words);
            if (place < 0 || !walker.currentNode.parentElement.closest("[data-line]")) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, place);
            range.setEnd(walker.currentNode, place + words.length);
            const selection = document.getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
            return;
          }
          throw new Error("no such words: " + words);
        }""",
        [words, within],
    )


def drag_by_finger(page, sign, *, onto, at=0.5):
    """Touch the sign, move onto the other element, ``at`` of its height, let go. It must stand near."""
    sign.evaluate("sign => sign.scrollIntoView({ block: 'center', behavior: 'instant' })")
    (x, y), (to_x, to_y) = point_on(sign), point_on(onto, at=at)
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", (x, y))
    for step in range(1, 6):
        touch("touchMove", (x + (to_x - x) * step / 5, y + (to_y - y) * step / 5))
    touch("touchEnd")


def point_on(place, *, at=0.5):
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * at
