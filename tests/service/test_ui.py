"""The UI as a Chinese browser shows it."""

from __future__ import annotations

import pytest
from running_up import Up

from clearbase.runtime.house_tests import program_for
from clearbase.service.airflow_home import USER

pytestmark = pytest.mark.all("browser")


def test_a_chinese_browser_gets_a_chinese_ui_with_our_dags(up: Up) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program_for("browser"), args=["--no-sandbox"])
        page = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
        page.goto(up.url)
        page.fill("input[name=username]", USER)
        page.fill("input[name=password]", up.rest().password)
        page.keyboard.press("Enter")
        page.get_by_text("资源").first.wait_for(timeout=60_000)
        page.goto(f"{up.url}/dags")
        for title in ("ingest_rosters 花名册入库", "load_registry 居民登记信息", "verify_warehouse 核验"):
            page.get_by_text(title).first.wait_for(timeout=60_000)
            assert page.get_by_text(title).first.is_visible()
        browser.close()
