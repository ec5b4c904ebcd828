"""Books small and whole for the tests of files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from duban.actions import open_account
from duban.files import write_workbook
from duban.ledger import BookKeeper, open_store
from duban.read import load_source, read_source, read_text

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/report-2024.txt"
NOW = datetime(2024, 1, 20, tzinfo=UTC)
SMALL = """云川市人民政府工作报告（2024年）

各位代表：
我代表市人民政府向大会报告工作，请予审议。

一、2023年工作回顾
过去一年，市政府依靠全市干部群众，围绕产业、民生和生态三件大事推进各项任务，城乡面貌有了可喜变化，群众的日子更有奔头。我们也看到，有的项目进展不快，有的服务还不够细致，需要在今后的工作中认真加以解决。
新建口袋公园6座，快递业务量增长9%。

二、2024年工作安排
今年是承上启下的一年。全市上下要把目标任务落到每个季度、每个部门，说了就干，干就干成，让发展的成果更多更公平地惠及全市人民。
（一）实施民生行动
新建口袋公园8座、改造菜市场3个。建立河道保洁长效机制。
（二）实施交通行动
上半年建成通云大桥，力争快递业务量增长11%以上。
"""


def opened(reading, folder):
    store = open_store(folder, create=True)
    open_account(store, reading, government="云川市", year=2024, actor="office", at=NOW, on=NOW.date())
    return store


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    store = opened(read_source(load_source(EXAMPLE)), tmp_path_factory.mktemp("example"))
    return BookKeeper(store).book()


@pytest.fixture
def store(tmp_path):
    return opened(read_text(SMALL), tmp_path / "book")


@pytest.fixture
def book(store):
    return BookKeeper(store).book()


@pytest.fixture
def owner(book):
    """The first commitment of the small book."""
    return min(book.commitments.values(), key=lambda s: s.read.start).read.id


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """The workbook of the small book as it was opened."""
    store = opened(read_text(SMALL), tmp_path_factory.mktemp("exported"))
    return write_workbook(BookKeeper(store).book())


@pytest.fixture
def sheet(book, exported, tmp_path):
    from tests.files.sheet import Sheet

    return Sheet(book, tmp_path, exported)
