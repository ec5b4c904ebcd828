"""The pages in this process, over the small city's book, with a quick password hash; every browser is a test client."""

import os

import pytest

from tests.actions.city import PEOPLE, TODAY, UNITS
from tests.files.conftest import NOW, SMALL

PASSWORD = "一句别人猜不到的口令 2024"


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Django set up once over a fresh book with the small city's units and people."""
    folder = tmp_path_factory.mktemp("signin") / "book"
    os.environ |= {
        "DUBAN_BOOK": str(folder),
        "DUBAN_PUBLIC": "0",
        "DJANGO_SETTINGS_MODULE": "duban.web.settings",
    }
    os.environ["DUBAN_TODAY"] = TODAY.isoformat()
    _opened(folder)
    import django
    from django.conf import settings

    hashers = ("MD5PasswordHasher", "PBKDF2PasswordHasher")
    settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}" for name in hashers]
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    yield settings
    for name in ("DUBAN_BOOK", "DUBAN_PUBLIC", "DJANGO_SETTINGS_MODULE", "DUBAN_TODAY"):
        del os.environ[name]


def _opened(folder):
    from duban.actions import open_account
    from duban.actions.context import perform
    from duban.actions.people import place_person
    from duban.actions.units import import_units
    from duban.ledger import BookKeeper, open_store
    from duban.read import read_text

    store = open_store(folder, create=True)
    open_account(
        store, read_text(SMALL), government="云川市", year=2024, actor="office", at=NOW, on=NOW.date()
    )
    done = {"actor": "office", "at": NOW, "on": TODAY}
    perform(BookKeeper(store), lambda book: import_units(book, "office", UNITS), **done)
    for name, placed in PEOPLE.items():
        perform(BookKeeper(store), lambda book, n=name, p=placed: place_person(book, "office", n, p), **done)
    store.close()


@pytest.fixture(scope="session")
def hashed(pages):
    """The password of everybody, as it is stored."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@pytest.fixture
def city(pages, hashed):
    """Everybody of the city has the same password, no device, no failure, no session; the rules are as at first."""
    from django.contrib.auth import get_user_model
    from django.contrib.sessions.models import Session
    from django.db import transaction
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from duban.web.models import Account, Attempt, RecoveryCode, Seat

    users = get_user_model().objects
    with transaction.atomic():
        for model in (Account, Attempt, RecoveryCode, Seat, TOTPDevice, Session):
            model.objects.all().delete()
        users.all().delete()
        made = users.bulk_create(
            [users.model(username=name, password=hashed) for name in ("office", *PEOPLE)]
        )
        Account.objects.bulk_create([Account(user=user) for user in made])
    yield pages
    act("office", lambda book, rules: rules(book, "office", {"second_factor": ""}))


def act(actor, what):
    """Write an action into the book of the pages; `what` gets the book and `set_rules`."""
    from duban.actions.context import perform
    from duban.actions.rules import set_rules
    from duban.web.shelf import keeper

    return perform(keeper(), lambda book: what(book, set_rules), actor=actor, at=NOW, on=TODAY)


def browser(address="10.0.0.1", **fields):
    """A browser at an address, not signed in."""
    from django.test import Client

    return Client(REMOTE_ADDR=address, HTTP_ACCEPT_LANGUAGE="zh-hans", **fields)


def signed_in(name, password=PASSWORD, **fields):
    """A browser in which somebody has signed in."""
    client = browser(**fields)
    answer = client.post("/login", {"username": name, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def user(name):
    """The account as Django keeps it."""
    from duban.web.accounts import user_named

    return user_named(name)


def says(answer, words):
    """Whether a page says these words."""
    return words in answer.content.decode()
