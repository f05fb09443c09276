"""What `test --all` promises: a need is found, or its tests are skipped with how to mend that; what is found works."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from clearbase.runtime import house_tests
from clearbase.runtime.house_tests import missing, program_for


def test_a_need_is_found_on_the_path_or_told_with_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(house_tests, "BROWSERS", tmp_path / "browsers")
    assert missing("redis") == ("needs redis: no redis-server or valkey-server on PATH (apt-get install redis-server)")
    assert program_for("browser") is None
    assert "playwright" in (missing("browser") or "")
    for path in (tmp_path / "valkey-server", tmp_path / "browsers" / "chromium-1" / "chrome-linux" / "chrome"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    assert missing("redis") is None
    assert program_for("browser") == tmp_path / "browsers" / "chromium-1" / "chrome-linux" / "chrome"
    with pytest.raises(KeyError):
        missing("a pony")


@pytest.mark.all("browser")
def test_the_browser_shows_a_page() -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program_for("browser"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<p>清底</p>")
        assert page.inner_text("p") == "清底"
        browser.close()


@pytest.mark.all("redis")
def test_redis_starts_on_a_private_socket(tmp_path: Path) -> None:
    place = tmp_path / "s"
    server = subprocess.Popen([str(program_for("redis")), "--port", "0", "--unixsocket", place, "--dir", tmp_path])
    try:
        deadline = time.monotonic() + 20
        while not place.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert place.is_socket()
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.all("java")
def test_java_runs() -> None:
    done = subprocess.run([str(program_for("java")), "-version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "version" in done.stderr
