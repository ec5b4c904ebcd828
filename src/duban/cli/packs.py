"""`duban packs` and `duban pack`: the systems that are installed, a new one, and whether one keeps what it must."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from duban.cli.output import writing
from duban.core.problem import Problem, Refused

if TYPE_CHECKING:
    from duban.registers.pack import Pack

pack_app = typer.Typer(help="新建和检查一个系统。 Make a pack, and check one.", no_args_is_help=True)


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("packs", epilog="duban packs · duban packs motions")(packs)
    app.add_typer(pack_app, name="pack")


def packs(
    name: Annotated[str, typer.Argument(help="只看这一个的全部申报 only this one, in full")] = "",
) -> None:
    """有哪些系统；给出名字就列出它的台账、栏目、阶段、指标、门槛和依据。 The packs, or one with all that it declares."""
    from duban.cli import locale
    from duban.packs import packs as every
    from duban.registers.declared import declared

    language = locale()
    if name:
        print(declared(pack_of(name), language), end="")
        return
    for pack in every().values():
        print(f"{pack.name:<12} {pack.label(language)}")
        print(f"{'':<12} {pack.about_en if language == 'en' else pack.about_zh}")
        for register in pack.registers:
            print(f"{'':<12} · {register.name}  {register.label(language)}")


def pack_of(name: str) -> "Pack":
    """The installed pack of this name. Raises `Refused` with the names of those that there are."""
    from duban.packs import packs as every

    found = every().get(name)
    if found is None:
        raise Refused(Problem("records.unknown_pack", data={"name": name[:40], "known": " ".join(every())}))
    return found


@pack_app.command("new", epilog="duban pack new parks · duban pack new parks --folder ~/duban-parks")
def new(
    name: Annotated[str, typer.Argument(help="小写英文名 small letters, such as parks")],
    folder: Annotated[Path | None, typer.Option(help="放在哪里，缺省为 duban-NAME where to")] = None,
) -> None:
    """新建一个系统：文件夹里有一本台账、一个指标、算例、说明和测试，装上就能用。 A pack of your own, ready to run."""
    from duban.cli.pack_checked import taken_names
    from duban.cli.pack_made import files_of

    if not (name.isascii() and name.isidentifier() and name == name.lower() and not name.startswith("_")):
        raise Refused(Problem("packs.name_wrong", data={"name": name[:40]}))
    if name in taken_names():
        raise Refused(Problem("packs.name_taken", data={"name": name}))
    place = folder or Path(f"duban-{name}")
    if place.exists() and any(place.iterdir() if place.is_dir() else [place]):
        raise Refused(Problem("packs.folder_there", str(place)))
    for path, text in files_of(name).items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        with writing(place / path) as out:
            out.write(text.encode())
        print(place / path)
    print(f"检查 check: duban pack check {place / 'src' / f'duban_{name}'}")
    print(f"安装 install: pip install {place}")


@pack_app.command("check", epilog="duban pack check motions · duban pack check duban-parks/src/duban_parks")
def check(pack: Annotated[str, typer.Argument(help="已装的系统名，或它的文件夹 a name or a folder")]) -> None:
    """检查一个系统：算例、名称、依据、阶段、页面和示例记录。 Whether a pack keeps what every pack must keep."""
    from duban.cli.pack_checked import faults_of, loaded

    found, folder = loaded(pack)
    faults = faults_of(found, folder)
    if faults:
        raise Refused(*faults)
    cases = sum(len(indicator.cases) for indicator in found.indicators)
    print(f"{found.name} {found.zh} · 台账 registers {len(found.registers)} · 指标 indicators {len(found.indicators)}"
          f" · 算例 worked cases {cases} · 没有发现问题 no faults")  # fmt: skip
