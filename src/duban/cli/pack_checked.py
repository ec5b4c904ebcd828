"""What every pack must keep, ours and a third party's, as faults with the mend."""

import importlib
import sys
from collections.abc import Iterator
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from duban.actions.records import weigh_records
from duban.core.period import period
from duban.core.problem import Problem, Refused, both
from duban.files.records import load_bytes, read_loaded
from duban.ledger import Book, Entry
from duban.registers.indicator import Plain, reckon
from duban.registers.pack import Desk, Pack
from duban.registers.record import told_row
from duban.registers.typed import stored

_LAST = date(9998, 12, 31)  # example records may lie in a year to come


def loaded(name: str) -> tuple[Pack, Traversable]:
    """The pack of this name or in this folder, and the folder. Raises `Refused`."""
    from duban.packs import folder_of, packs

    found = packs().get(name)
    if found is not None:
        return found, folder_of(found)
    folder = Path(name).resolve()
    if not (folder / "__init__.py").is_file():
        raise Refused(Problem("packs.not_a_pack", name))
    sys.path.insert(0, str(folder.parent))
    importlib.invalidate_caches()
    try:
        pack = importlib.import_module(folder.name).PACK
    except Exception as fault:  # whatever a stranger's module does wrong
        raise Refused(
            Problem("packs.cannot_load", name, {"reason": f"{type(fault).__name__}: {fault}"})
        ) from fault
    finally:
        sys.path.remove(str(folder.parent))
    if not isinstance(pack, Pack):
        raise Refused(Problem("packs.not_a_pack", name))
    return pack, folder


def taken_names(but: Pack | None = None) -> set[str]:
    """The names of installed packs and their registers, without those of one pack."""
    from duban.packs import installed

    others = [pack for pack in installed().values() if but is None or pack.name != but.name]
    return {name for pack in others for name in (pack.name, *pack.registered)}


def faults_of(pack: Pack, folder: Traversable) -> list[Problem]:
    """All that the pack lacks: its cases, sources, names, stages, page, README and example records are tried."""
    taken = taken_names(pack)
    found = [
        Problem("packs.name_taken", "", {"name": name})
        for name in sorted(taken & {pack.name, *pack.registered})
    ]
    found += [*_of_cases(pack), *_of_names(pack), *_of_stages(pack), *_of_page(pack)]
    if not pack.leaves_zh or len(pack.leaves_zh) != len(pack.leaves_en):
        found.append(Problem("packs.leaves_nothing", pack.name))
    readme = folder / "README.md"
    if not readme.is_file() or "Not done" not in readme.read_text("utf-8"):
        found.append(Problem("packs.no_readme", pack.name))
    return [*found, *_of_examples(pack, folder)]


def _of_cases(pack: Pack) -> Iterator[Problem]:
    for indicator in pack.indicators:
        place = f"{pack.name}.{indicator.name}"
        if not indicator.source:
            yield Problem("packs.no_source", place)
        if not indicator.cases:
            yield Problem("packs.no_case", place)
        for number, case in enumerate(indicator.cases, 1):
            register = pack.registered[indicator.register]
            engine = Plain(register, [told_row(register, texts) for texts in case.rows])
            value = stored(reckon(indicator, engine, period(case.period), case.day)[()].value)
            if value != case.value:
                told: dict[str, str | int] = {"wanted": case.value or "—", "found": value or "—"}
                yield Problem("packs.case_wrong", f"{place} {number}", told)


def _of_names(pack: Pack) -> Iterator[Problem]:
    named = [("", pack), *((f".{i.name}", i) for i in (*pack.registers, *pack.indicators, *pack.acts))]
    for register in pack.registers:
        named += [(f".{register.name}.{one.name}", one)
                  for one in (*register.fields, *register.stages, *register.checks)]  # fmt: skip
    for place, one in named:
        for words, language in ((one.zh, both("中文", "Chinese")), (one.en, both("英文", "English"))):
            if not words.strip():
                yield Problem("packs.no_words", f"{pack.name}{place}", {"language": language})
        if any("一" <= c <= "鿿" for c in one.en):
            yield Problem("packs.chinese_in_english", f"{pack.name}{place}")


def _of_stages(pack: Pack) -> Iterator[Problem]:
    for register in pack.registers:
        seen = {register.stages[0].name} if register.stages else set()
        while more := {s.name for name in seen for s in register.next(name)} - seen:
            seen |= more
        for stage in register.stages:
            if stage.name not in seen:
                yield Problem("packs.stage_unreachable", register.name, {"stage": both(stage.zh, stage.en)})


def _of_page(pack: Pack) -> Iterator[Problem]:
    for language in ("zh", "en"):
        desk = Desk(
            pack, date(2024, 10, 20), lambda name: Plain(pack.registered[name], []), lambda _: [], language
        )
        try:
            list(pack.page(desk)) if pack.page else None
        except Exception as fault:  # whatever a page does wrong
            reason = f"{type(fault).__name__}: {fault}"
            yield Problem("packs.page_breaks", pack.name, {"reason": reason})


def _of_examples(pack: Pack, folder: Traversable) -> Iterator[Problem]:
    """The example records of each register, taken as an import would take them; the first faults of each file."""
    book = Book()
    for register in pack.in_order:
        file = folder / f"{register.name}.csv"
        if not file.is_file() or register.kind != "kept":
            continue
        try:
            read = read_loaded(file.name, load_bytes(file.name, file.read_bytes()), register)
        except Refused as refusal:
            yield from refusal.problems
            continue
        weighed = weigh_records(book, "office", register, read.rows, _LAST)
        yield from [*read.faults, *weighed.faults][:20]
        for account, body in weighed.writes:
            book.apply(Entry(book.seq + 1, "", _LAST.isoformat(), "office", body.KIND, account, body, ""))
