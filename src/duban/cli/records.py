"""`duban records`: a register's records out and in again, its empty sheet, and a look at what it holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.city import settle
from duban.cli.output import today, writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.actions.records import Weighed
    from duban.files.records import RecordsRead
    from duban.ledger import Book, BookKeeper
    from duban.registers.register import Register

records_app = typer.Typer(
    help="台账记录的导入、导出和空表。 Records of registers, in and out.", no_args_is_help=True
)
REGISTER = Annotated[str, typer.Argument(help="台账名，见 duban packs the register's name")]
BOOK = Annotated[str, typer.Option("--book", "-b", help="账本文件夹或 postgresql:// 地址 folder or URL")]
ACTOR = Annotated[str, typer.Option("--as", help="以谁的名义（账户） in whose name (account)")]
ON = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="以哪一天计，缺省为今天 as of this day")
]


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.add_typer(records_app, name="records")


def register_of(name: str, location: str = "") -> "Register":
    """The register of this name or title that the city has on. Raises `Refused` with the names of those that there are."""
    from duban.packs import packs

    if location:
        settle(location)
    every = [register for pack in packs().values() for register in pack.registers]
    for register in every:
        if name in (register.name, register.zh, register.en):
            return register
    known = " ".join(register.name for register in every)
    raise Refused(Problem("records.unknown_register", data={"name": name[:40], "known": known}))


@records_app.command("template", epilog="duban records template motions 建议提案.xlsx --book 账本")
def template(
    register: REGISTER,
    out: Annotated[Path | None, typer.Argument(help="写到哪个文件 .xlsx, by default <register>.xlsx")] = None,
    book: BOOK = "",
) -> None:
    """空表：表头带单位和说明，必填加星，选项可点选；每格都是文字，公式进不去。 The empty sheet of a register."""
    from duban.cli import locale
    from duban.files.records import write_template

    named = register_of(register, book)
    units = sorted(unit.name for unit in _book(book).units.values()) if book else []
    out = out or Path(f"{named.name}.xlsx")
    with writing(out) as file:
        file.write(write_template(named, locale(), units=units))
    print(out)


@records_app.command("export", epilog="duban records export motions 建议提案.xlsx --book 账本 · .csv · .json")
def export(
    register: REGISTER,
    out: Annotated[Path, typer.Argument(help=".xlsx .csv .json")],
    book: BOOK = "book",
    actor: ACTOR = "office",
) -> None:
    """导出记录：能看的栏才写出；原样再导入，什么也不变。 Records out, as far as the account may see them."""
    from duban.actions.context import actor_of
    from duban.actions.seen import seen
    from duban.cli import locale
    from duban.files.records import WRITERS

    write = WRITERS.get(out.suffix.lower())
    if write is None:
        data: dict[str, str | int] = {"format": out.suffix or out.name, "known": " ".join(WRITERS)}
        raise Refused(Problem("cli.unknown_format", str(out), data))
    named, found = register_of(register, book), _book(book)
    records = list(
        seen(found, actor_of(found, actor), named, found.registers.of(named.name), published=False)
    )
    with writing(out) as file:
        file.write(write(named, records, locale(), proofs=True, simulated=bool(found.simulated)))
    print(f"{out} · {len(records)} 条记录 records")


@records_app.command("list", epilog="duban records list motions --book 账本 --stage answered --find 道路")
def list_(
    register: REGISTER,
    book: BOOK = "book",
    actor: ACTOR = "office",
    stage: Annotated[str, typer.Option(help="只看这一阶段 only those at this stage")] = "",
    find: Annotated[str, typer.Option(help="只看含有这几个字的 only those with these words")] = "",
    most: Annotated[int, typer.Option("-n", min=1, help="最多列多少条 at most so many")] = 50,
) -> None:
    """看台账里有什么。 What a register holds."""
    from duban.cli.records_shown import show_records

    named, found = register_of(register, book), _book(book)
    show_records(found, named, actor, stage=stage, find=find, most=most)


YES = Annotated[bool, typer.Option("--yes", help="写入账本 write the records")]
LEAVE_OUT = Annotated[
    bool, typer.Option("--leave-out", help="不能收的行略去，其余照收 take the rows that are right")
]
CLEAR = Annotated[bool, typer.Option("--clear", help="空单元格清除原值 empty cells clear what was there")]
HEADS = Annotated[
    list[str] | None, typer.Option("--head", help="'原表头=栏目'，可多次 which column a head means")
]
FAULTS = Annotated[Path | None, typer.Option(help="全部问题写到此文件 where all faults are written")]
CHANGES = Annotated[Path | None, typer.Option(help="全部改动写到此文件 all changes, as CSV")]


@records_app.command(
    "import",
    epilog="duban records import motions 建议.xlsx --book 账本 · … --yes · … --head '案件号=编号' · … --leave-out",
)
def import_(
    register: REGISTER,
    file: Annotated[Path, typer.Argument(readable=False, help="填好的表 the filled sheet (.xlsx .csv .json)")],
    book: BOOK = "book", actor: ACTOR = "office", yes: YES = False, leave_out: LEAVE_OUT = False,
    clear: CLEAR = False, head: HEADS = None, faults: FAULTS = None, changes: CHANGES = None, on: ON = None,
) -> None:  # fmt: skip
    """导入记录：先列出跳过的行、每处改动和每处问题，全都对了加 --yes 才写入。 Records in: shows everything first."""
    from duban.cli.records_shown import progress, show_changes, show_faults, show_notes
    from duban.files.records import kept_back, read_records
    from duban.ledger import BookKeeper, open_store

    named = register_of(register, book)
    if named.kind != "kept":
        raise Refused(Problem("records.fed", data={"register": named.name}))
    keeper, day = BookKeeper(open_store(book)), on.date() if on else today()
    with progress() as bar:
        read = read_records(file, named, heads=_heads(head or ()), clear=clear, progress=bar("读取 reading"))
        found = _book(book, keeper)
        weighed = _weighed(found, actor, named, read, day, bar("核对 checking"))
    show_notes(read, kept_back(found, named, read.rows, read.fields))
    show_changes(found, named, read, weighed, changes)
    every = [*read.faults, *weighed.faults]
    show_faults(every, faults or file.with_name(f"{file.stem}.问题.csv"), always=faults is not None)
    if every and not leave_out:
        bad = read.refused + weighed.refused
        raise Refused(
            Problem("records.refused_rows", data={"rows": weighed.rows + read.refused, "refused": bad})
        )
    if not yes or not weighed.writes:
        print("写入请加 --yes　write with --yes" if weighed.writes else "与台账一致 nothing to write")
        return
    print(f"已写入 {_written(keeper, actor, named, read, day, leave_out)} 条 entries written")


def _heads(told: "list[str] | tuple[()]") -> dict[str, str]:
    """Heads that a person named. Raises `Refused` for what is no pair."""
    found = {}
    for text in told:
        head, sign, name = text.partition("=")
        if not (head.strip() and sign and name.strip()):
            raise Refused(Problem("records.head_given_wrong", data={"value": text[:60]}))
        found[head.strip()] = name.strip()
    return found


def _book(location: str, keeper: "BookKeeper | None" = None) -> "Book":
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book

    return require_book((keeper or BookKeeper(open_store(location))).book(), location)


def _weighed(
    book: "Book", actor: str, register: "Register", read: "RecordsRead", day: date,
    tell: Callable[[int, int], None],
) -> "Weighed":  # fmt: skip
    from duban.actions.records import weigh_records

    return weigh_records(
        book, actor, register, read.rows, day, progress=lambda done: tell(done, len(read.rows))
    )


def _written(
    keeper: "BookKeeper", actor: str, register: "Register", read: "RecordsRead", day: date, leave_out: bool
) -> int:
    """Write the records on the book as it is now; raises `Refused` where that refuses more than was shown."""
    from duban.actions.context import perform
    from duban.actions.records import put_records, weigh_records

    def decide(book):  # type: ignore[no-untyped-def]
        if leave_out:
            return weigh_records(book, actor, register, read.rows, day).writes
        return put_records(book, actor, register, read.rows, day)

    return len(perform(keeper, decide, actor=actor, at=datetime.now(UTC), on=day))
