"""Evidence files that come with a form: checked and staged first, kept only when their act is allowed."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest

from duban.actions.context import Writes, refused
from duban.files.kinds import MEDIA
from duban.files.vault import Staged, Vault
from duban.ledger.year.filings import Evidence

MOST = settings.FILES_OF_A_FORM


@cache
def vault() -> Vault:
    """The evidence files of this server's book."""
    return Vault(settings.FOLDER / "evidence", settings.EVIDENCE_LIMIT)


class Files:
    """The files of one form. Use as `with Files(request) as files:`; what is not kept is thrown away."""

    def __init__(self, request: HttpRequest, field: str = "files") -> None:
        self._uploads = request.FILES.getlist(field)
        self._staged: list[Staged] = []

    def __enter__(self) -> "Files":
        """Check and stage every file. Raises `Refused` with what is wrong with one."""
        if len(self._uploads) > MOST:
            raise refused("evidence.too_many", "", most=MOST, found=len(self._uploads))
        try:
            for upload in self._uploads:
                self._staged.append(vault().receive(upload.name or "", upload.chunks()))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *fault: object) -> None:
        for staged in self._staged:
            vault().drop(staged)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The files as an action takes them."""
        return tuple(
            Evidence("file", sha256=s.sha256, name=s.name, size=s.size, type=MEDIA[s.kind])
            for s in self._staged
        )

    def kept_for(self, writes: Writes) -> Writes:
        """Keep the files once their act is allowed, before the ledger says that they are there; gives `writes` back."""
        while self._staged:
            vault().keep(self._staged[-1])
            self._staged.pop()
        return writes
