"""The pages in real Chromium."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


def test_filter_open_and_come_back(page, public_site):
    page.goto(public_site.url)
    page.select_option("select[name=kind]", "project")
    page.click("form.filters button")
    shown = int(page.inner_text("form.filters output").split("/")[0])
    assert page.locator("a.mark").count() == shown > 0
    first = page.locator("a.mark").first
    first.focus()
    assert first.locator(".tip").is_visible()
    first.press("Enter")
    assert "/c/" in page.url
    assert page.locator("mark").inner_text()
    assert page.said == []
    assert all(url.startswith((public_site.url, "data:")) for url in page.asked)


def test_the_language_switch(page, public_site):
    page.goto(f"{public_site.url}/table")
    page.click("text=English")
    assert page.locator("h1").inner_text() == "One table"


@pytest.mark.parametrize("width", [390, 768, 2560])
def test_no_page_is_wider_than_its_window(browser, public_site, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in ("/", "/table", "/c/A1.1-01", "/findings"):
        page.goto(public_site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_it_prints(page, public_site):
    page.goto(public_site.url)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible()


def test_the_office_signs_in_and_settles_a_number(page, closed_site):
    page.goto(f"{closed_site.url}/numbers")
    page.fill("input[name=username]", "office")
    page.fill("input[name=password]", closed_site.password)
    page.click("main button")
    assert page.locator("h1").inner_text().startswith("待确认数字")
