"""Where the real report and its hand-made reading are, when they are at hand."""

from pathlib import Path

import pytest

_CANDIDATE = Path(__file__).resolve().parents[2] / "shared"
SHARED: Path | None = _CANDIDATE if (_CANDIDATE / "gold").is_dir() else None

needs_shared = pytest.mark.skipif(SHARED is None, reason="the real report is not at hand (../shared)")
