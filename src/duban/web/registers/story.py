"""The history of a record from the ledger: what was entered, by whom, and by what proof, as far as one may see it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from duban.actions.records import record_thing
from duban.core.rights import may
from duban.ledger.year.filings import Evidence
from duban.ledger.year.record_disputes import RecordDecided, RecordDisputed
from duban.ledger.year.records import RecordMoved, RecordPut, RecordRemoved, account_of
from duban.registers.register import Register
from duban.web.history import person_name, unit_name
from duban.web.registers.sight import Shown, Sight
from duban.web.registers.words import column, value


@dataclass(frozen=True, slots=True)
class Told:
    """An entry about a record: `says` are pairs of a label and what it is from then on."""

    seq: int
    on: str
    actor: str
    kind: str
    seal: str
    says: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...] = ()


def sees_files(sight: Sight, register: Register, shown: Shown) -> bool:
    """Whether the reader works on this record: then also its proofs and the names of who entered are shown."""
    state = shown.record.state
    thing = record_thing(sight.book, register, state, state.values)
    return bool(sight.who.username) and bool(may(sight.who, "record.see", thing, "seen_own"))


def story(sight: Sight, register: Register, shown: Shown) -> list[Told]:
    """The record's entries, the oldest first."""
    works = sees_files(sight, register, shown)
    named = person_name if works else unit_name
    return [
        Told(e.seq, e.on, named(sight.book, e.actor), e.kind, e.seal, _says(sight, register, shown, e.body, works), _proofs(e.body, works))
        for e in sight.book.timeline(account_of(register.name, shown.id))
    ]  # fmt: skip


def _proofs(body: object, works: bool) -> tuple[Evidence, ...]:
    return body.evidence if works and isinstance(body, RecordMoved) else ()


def _says(
    sight: Sight, register: Register, shown: Shown, body: object, works: bool
) -> tuple[tuple[str, str], ...]:
    language = sight.language
    if isinstance(body, RecordMoved):
        stage = register.staged.get(body.stage)
        name = stage.label(language) if stage else body.stage
        return (
            (_("到了"), f"{name} {body.day}"),
            *(((_("说明"), body.note),) if body.note and works else ()),
        )
    if isinstance(body, RecordRemoved):
        return ((_("理由"), body.reason if works else ""),)
    if isinstance(body, RecordDisputed | RecordDecided):
        return _disputing(register, shown, body, works, language)
    if not isinstance(body, RecordPut):
        return ()
    fields = [
        register.named[name] for name in body.values if name in register.named and name not in shown.hidden
    ]
    told = [(f.label(language), value(f, body.values[f.name], language) or "—") for f in fields]
    return (*told, *(((_("来源"), body.source),) if body.source and works else ()))


def _disputing(
    register: Register, shown: Shown, body: RecordDisputed | RecordDecided, works: bool, language: str
) -> tuple[tuple[str, str], ...]:
    """What a dispute or its decision says; the reasons for those who work on the record."""
    if body.column in shown.hidden:
        return ()
    name, why = column(register, body.column, language), body.reason if works else ""
    if isinstance(body, RecordDecided):
        told = _("异议成立") if body.upheld else _("维持原值")
        return ((f"{name} #{body.about}", told), (_("理由"), why))
    field = register.named.get(body.column)
    own = value(field, body.value, language) if field else body.value
    return (
        (f"{name} #{body.about}", _("应为 {value}").format(value=own) if own else _("有误")),
        (_("理由"), why),
    )
