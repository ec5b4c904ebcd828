"""Size budgets, so that no whale grows: files of at most 400 lines, functions of at most 40, templates that can be read."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES, FUNCTION_LINES = 400, 40
TEMPLATE_WIDTH = 160  # characters of a template's line


def sources() -> list[Path]:
    """The Python files of the project."""
    return [
        p for room in ("src", "tests", "benchmarks", "tools") for p in sorted((ROOT / room).rglob("*.py"))
    ]


def faults(path: Path) -> list[str]:
    """Every file or function of `path` that is over its budget."""
    text = path.read_text("utf-8")
    name = path.relative_to(ROOT)
    found = [f"{name}: {n} lines, {FILE_LINES} at most"] if (n := text.count("\n")) > FILE_LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or 0) - node.lineno + 1
            if size > FUNCTION_LINES:
                found.append(f"{name}:{node.lineno} {node.name}: {size} lines, {FUNCTION_LINES} at most")
    return found


def wide(path: Path) -> list[str]:
    """Every line of a template that nobody can read without scrolling."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    name = path.relative_to(ROOT)
    return [
        f"{name}:{n} {len(line)} characters, {TEMPLATE_WIDTH} at most"
        for n, line in lines
        if len(line) > TEMPLATE_WIDTH
    ]


if __name__ == "__main__":
    told = [fault for path in sources() for fault in faults(path)]
    told += [fault for path in sorted((ROOT / "src").rglob("*.html")) for fault in wide(path)]
    print("\n".join(told) or "budgets hold")
    sys.exit(bool(told))
