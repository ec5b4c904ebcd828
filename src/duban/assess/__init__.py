"""How things stand: pure functions of a book and a date. Status, lights by published rules, contradictions."""

from duban.assess.account import Account, Known, account_of
from duban.assess.lights import Light, light_of
from duban.assess.profile import Profile, profile_of, read_profile, shipped_profiles
from duban.assess.status import STATUSES, Status, status_of

__all__ = [
    "STATUSES",
    "Account",
    "Known",
    "Light",
    "Profile",
    "Status",
    "account_of",
    "light_of",
    "profile_of",
    "read_profile",
    "shipped_profiles",
    "status_of",
]
