"""A real Chromium, the same as for the rehearsal room."""

from tests.browser.conftest import browser, chromium

__all__ = ["browser", "chromium"]
