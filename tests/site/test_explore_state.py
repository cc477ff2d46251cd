"""What a reader chose is kept in the address: it can be sent, gone back from, and put back to the beginning."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from explorer import Visit
from make_county import OTHER_OFFICE

pytestmark = pytest.mark.browser

COMPARISON = "pages/explore/comparison.html"
EXECUTION = "pages/explore/execution.html"
Open = Callable[..., Visit]


def shown(visit: Visit, view: str) -> tuple[object, str, str]:
    return visit.table(view), visit.sentence(view), visit.heading(view)


@pytest.mark.parametrize("way", ["http", "file"])
def test_an_address_that_is_sent_shows_what_the_sender_saw(visitor: Open, way: str) -> None:
    sender = visitor(way).go(COMPARISON)
    sender.press("year", "ArrowLeft").type_unit("qxzrmzf").choose("basis", "人均").choose(
        "prices", "2024年价"
    ).pick_code("208", "20805")
    sender.select("across", "staff.posts")
    assert sender.state == {
        "year": "2023",
        "unit": OTHER_OFFICE,
        "across": "staff.posts",
        "basis": "head",
        "prices": "constant",
        "code": "20805",
    }
    receiver = visitor(way)
    receiver.tab.goto(sender.tab.url)
    receiver.rest()
    for view in ("ranked", "distribution", "scatter"):
        assert shown(receiver, view) == shown(sender, view)


def test_copying_the_link_puts_the_address_on_the_clipboard(visitor: Open) -> None:
    visit = visitor("http", permissions=["clipboard-read", "clipboard-write"]).go(COMPARISON, year=2023)
    visit.tab.get_by_role("button", name="复制链接").click()
    visit.tab.wait_for_function("document.querySelector('.said').textContent === '已复制'")
    assert visit.tab.evaluate("navigator.clipboard.readText()") == visit.tab.url


def test_back_and_forward_go_through_what_was_chosen(visitor: Open) -> None:
    visit = visitor().go(COMPARISON, year=2024)
    steps = [shown(visit, "ranked")]
    for move in (lambda: visit.choose("basis", "占比"), lambda: visit.select("measure", "income.total")):
        move()
        steps.append(shown(visit, "ranked"))
    for expected in (steps[1], steps[0]):
        visit.tab.go_back()
        assert shown(visit.rest(), "ranked") == expected
    assert visit.control("basis").get_by_label("金额").is_checked()
    for expected in steps[1:]:
        visit.tab.go_forward()
        assert shown(visit.rest(), "ranked") == expected
    assert visit.control("measure").locator("select").input_value() == "income.total"


def test_a_slider_that_was_dragged_is_one_step_back(visitor: Open) -> None:
    visit = visitor().go(EXECUTION)
    before = visit.tab.url
    box = visit.control("threshold").locator("input").bounding_box()
    assert box is not None
    mouse = visit.tab.mouse
    mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    mouse.up()
    assert int(visit.rest().state["threshold"]) > 10
    visit.tab.go_back()
    assert visit.rest().tab.url.rstrip("#") == before
    assert visit.control("threshold").locator("output").inner_text() == "0%"


def test_reset_puts_everything_back_and_can_be_gone_back_from(visitor: Open) -> None:
    visit = visitor().go(COMPARISON)
    beginning = shown(visit, "ranked")
    reset = visit.tab.get_by_role("button", name="重置")
    assert reset.is_disabled()
    visit.choose("basis", "占比").pick_code("208")
    moved = shown(visit, "ranked")
    assert moved != beginning
    reset.click()
    assert shown(visit.rest(), "ranked") == beginning
    assert visit.state == {}
    assert reset.is_disabled()
    visit.tab.go_back()
    assert shown(visit.rest(), "ranked") == moved


def test_an_address_that_asks_for_what_there_is_not_shows_the_page_all_the_same(visitor: Open) -> None:
    usual = shown(visitor().go(COMPARISON), "ranked")
    visit = visitor().go(COMPARISON, year=1999, unit="nobody", measure="nothing", basis="magic", across="none")
    assert shown(visit, "ranked") == usual


def test_the_choice_of_an_office_is_kept_from_one_view_to_the_others(visitor: Open, books: object) -> None:
    visit = visitor().go(COMPARISON).type_unit("qxzrmzf")
    for view in ("ranked", "scatter"):
        assert visit.place(view).locator("tr.marked").count() == 1
    assert "青溪镇人民政府万元" in visit.table("distribution").heads
