"""Units and people as lists: out of the book, and in again with every change shown and every fault in its cell.

A row is found by its code, else by its name; a column that the sheet does not have keeps what the book says, and what
has no row stays as it is. Rights and rules are asked by the action that enters the list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.core.rights import ROLES
from duban.files.lists import Head, Line, read_list, words_of
from duban.ledger import Book
from duban.ledger.year.people import PersonPlaced
from duban.ledger.year.units import UNIT_KINDS, UnitEntered, unit_named

UNITS = (
    Head("name", "单位名称", ("单位", "名称", "单位全称", "部门名称"), 30),
    Head("code", "编码", ("单位编码", "代码", "单位代码"), 14),
    Head("kind", "类别", ("单位类别", "性质", "单位性质"), 10),
    Head("parent", "上级单位", ("上级", "主管单位", "隶属单位"), 26),
    Head("aliases", "简称", ("别名", "单位简称"), 24),
    Head("contact", "联系人", ("联络员", "联系人姓名"), 12),
    Head("phone", "电话", ("联系电话", "电话号码", "联系方式"), 18),
    Head("duties", "职责用语", ("职责", "主要职责"), 60),
)
PEOPLE = (
    Head("username", "账户", ("账户名", "用户名", "账号", "登录名"), 16),
    Head("name", "姓名", ("人员姓名",), 12),
    Head("unit", "单位", ("所属单位", "工作单位", "单位名称"), 30),
    Head("roles", "角色", ("系统角色",), 24),
    Head("territory", "所辖范围", ("管辖范围",), 24),
)
KINDS = dict(zip(("政府", "部门", "区县", "园区", "企业", "其他"), UNIT_KINDS, strict=True))
ROLE_NAMES = dict(
    zip(
        ("督查室", "填报人", "单位负责人", "核验人", "分管领导", "审计", "账户管理员"),
        ROLES[:-1],
        strict=True,
    )
)
_KIND_OF = {code: name for name, code in KINDS.items()}
_NAME_OF = {code: name for name, code in ROLE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that reads otherwise than the book; `before` is None for a thing that is new."""

    place: str
    key: str
    field: str
    before: str | None
    after: str


@dataclass(slots=True)
class Roster:
    """What a list asks for: things by key as the action takes them, the changes, and each thing's cells."""

    units: list[tuple[str, UnitEntered]] = field(default_factory=list)
    people: list[tuple[str, PersonPlaced]] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    lines: dict[str, Line] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems of the action, each at the cell that it speaks of."""
        return tuple(replace(problem, place=self._cell(problem)) for problem in problems)

    def _cell(self, problem: Problem) -> str:
        line = self.lines.get(problem.place.partition("/")[2] or problem.place)
        if line is None:
            return problem.place
        named = (
            str(problem.data.get("field", "")).rpartition(".")[2]
            or problem.code.rpartition(".")[2].partition("_")[0]
        )
        return line.places.get(named) or next(iter(line.places.values()))


def unit_rows(book: Book) -> list[dict[str, str]]:
    """The open units as rows; the one above by its name."""
    return [_unit_cells(book, code, state.unit) for code, state in book.units.items() if state.closed is None]


def person_rows(book: Book, names: Iterable[str]) -> list[dict[str, str]]:
    """These accounts as rows, those that have left without."""
    states = (book.people[name] for name in names if name in book.people)
    return [_person_cells(book, state.username, state.placed) for state in states if not state.left]


def read_units(path: Path, book: Book) -> Roster:
    """The units that a list asks to enter. Raises `Refused` with every cell that cannot be read."""
    found = Roster()
    lines = read_list(path, UNITS, ("name",))
    codes = _codes(found, lines, book)
    names = {line.cells["name"]: code for line, code in codes}
    for line, code in codes:
        unit = _unit(found, line, code, book, names)
        known = book.units.get(code)
        old = _unit_cells(book, code, known.unit) if known is not None and known.closed is None else None
        if unit is not None:
            found.units.append((code, unit))
            _compare(found, line, code, old, _unit_cells(book, code, unit, names))
    if found.faults:
        raise Refused(*found.faults)
    return found


def _codes(found: Roster, lines: list[Line], book: Book) -> list[tuple[Line, str]]:
    """Each row with its unit's code: as written, else of the unit of that name, else the next free one."""
    used = set(book.units) | {line.cells.get("code", "").lower() for line in lines}
    given = []
    for line in lines:
        code = line.cells.get("code", "").lower()
        if not code:
            known = unit_named(book, line.cells["name"])
            code = known.code if known is not None else _free(used)
        used.add(code)
        if code in found.lines:
            found.faults.append(Problem("list.twice", line.places["name"], {"name": line.cells["name"][:40]}))
            continue
        found.lines[code] = line
        given.append((line, code))
    return given


def _free(used: set[str]) -> str:
    n = 1
    while f"u{n:03d}" in used:
        n += 1
    return f"u{n:03d}"


def _unit(found: Roster, line: Line, code: str, book: Book, names: dict[str, str]) -> UnitEntered | None:
    """The unit as the row says it, None where a cell cannot be read."""
    known = book.units.get(code)
    base = (
        known.unit
        if known is not None
        else UnitEntered("", parent=_root(book) if "parent" not in line.cells else "")
    )
    fields: dict[str, object] = {name: base[name] for name in UnitEntered.__struct_fields__}
    for name, text in line.cells.items():
        if name in ("aliases", "duties"):
            fields[name] = words_of(text)
        elif name == "kind":
            fields[name] = KINDS.get(text, text if text in UNIT_KINDS else None) if text else base.kind
        elif name == "parent":
            fields[name] = _code_of(book, names, text)
        elif name != "code":
            fields[name] = text
    if fields["kind"] is None:
        found.faults.append(_listed("list.kind_unknown", line, "kind", KINDS))
    if fields["parent"] is None:
        found.faults.append(
            Problem("list.unit_unknown", line.places["parent"], {"unit": line.cells["parent"][:40]})
        )
    return None if None in (fields["kind"], fields["parent"]) else UnitEntered(**fields)  # type: ignore[arg-type]


def _root(book: Book) -> str:
    """The one unit that stands above all, where there is exactly one."""
    roots = [code for code, state in book.units.items() if not state.unit.parent and state.closed is None]
    return roots[0] if len(roots) == 1 else ""


def _code_of(book: Book, names: dict[str, str], text: str) -> str | None:
    """The code of the unit of this name or code; "" for an empty cell, None for an unknown name."""
    if not text or text in names:
        return names[text] if text else ""
    known = unit_named(book, text)
    return (
        known.code
        if known is not None and known.closed is None
        else (text if text in names.values() else None)
    )


def read_people(path: Path, book: Book) -> Roster:
    """The accounts that a list asks to place. Raises `Refused` with every cell that cannot be read."""
    found = Roster()
    for line in read_list(path, PEOPLE, ("username", "name")):
        account = line.cells["username"]
        if account in found.lines:
            found.faults.append(Problem("list.twice", line.places["username"], {"name": account[:40]}))
            continue
        found.lines[account] = line
        known = book.people.get(account)
        base = known.placed if known is not None else PersonPlaced("")
        placed = _person(found, line, base, book)
        if placed is not None:
            found.people.append((account, placed))
            old = _person_cells(book, account, known.placed) if known is not None and not known.left else None
            _compare(found, line, account, old, _person_cells(book, account, placed))
    if found.faults:
        raise Refused(*found.faults)
    return found


def _person(found: Roster, line: Line, base: PersonPlaced, book: Book) -> PersonPlaced | None:
    cells, faults = line.cells, len(found.faults)
    roles = base.roles
    if "roles" in cells:
        roles = tuple(ROLE_NAMES.get(word, word) for word in words_of(cells["roles"]))
        if set(roles) - set(ROLES[:-1]):
            found.faults.append(_listed("list.role_unknown", line, "roles", ROLE_NAMES))
    where = {"unit": base.unit, "territory": base.territory}
    for name in where:
        if name in cells:
            code = _code_of(book, {}, cells[name])
            if code is None:
                found.faults.append(
                    Problem("list.unit_unknown", line.places[name], {"unit": cells[name][:40]})
                )
            where[name] = code or ""
    return (
        PersonPlaced(cells["name"], where["unit"], roles, where["territory"])
        if len(found.faults) == faults
        else None
    )


def _listed(code: str, line: Line, name: str, known: Iterable[str]) -> Problem:
    return Problem(code, line.places[name], {"text": line.cells[name][:40], "known": "、".join(known)})


def _compare(found: Roster, line: Line, key: str, old: dict[str, str] | None, new: dict[str, str]) -> None:
    for name, text in new.items():
        before = old[name] if old is not None else None
        if before != text and (text or old is not None):
            found.edits.append(
                Edit(line.places.get(name) or next(iter(line.places.values())), key, name, before, text)
            )


def _unit_cells(
    book: Book, code: str, unit: UnitEntered, names: dict[str, str] | None = None
) -> dict[str, str]:
    own = {code: name for name, code in (names or {}).items()}
    parent = own.get(unit.parent) or (
        book.units[unit.parent].name if unit.parent in book.units else unit.parent
    )
    return {
        "name": unit.name, "code": code, "kind": _KIND_OF.get(unit.kind, unit.kind), "parent": parent,
        "aliases": "、".join(unit.aliases), "contact": unit.contact, "phone": unit.phone, "duties": "、".join(unit.duties),
    }  # fmt: skip


def _person_cells(book: Book, account: str, placed: PersonPlaced) -> dict[str, str]:
    def named(code: str) -> str:
        return book.units[code].name if code in book.units else code

    roles = "、".join(_NAME_OF.get(role, role) for role in placed.roles)
    return {"username": account, "name": placed.name, "unit": named(placed.unit), "roles": roles,
            "territory": named(placed.territory)}  # fmt: skip
