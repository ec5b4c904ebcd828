"""What a form, a row of a file or a pack says of a record, before anything of it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Told:
    """Texts by field and where each came from, what the column's head counts in, and stages with their days.

    `stages` are days in ISO form by stage, `proofs` the numbers of the papers that they were reached by ("" where
    the file has a column for them and left it empty); a stage without an entry in `proofs` is shown by `source`,
    which names the file and row. `places` may be asked for a field or for `at_<stage>`.
    """

    values: Mapping[str, str]
    place: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    source: str = ""
    proofs: Mapping[str, str] = field(default_factory=dict)

    def at(self, name: str) -> str:
        """Where a field's text, or a stage's day (`at_<stage>`), came from: its own cell, else the row."""
        return self.places.get(name, self.place)
