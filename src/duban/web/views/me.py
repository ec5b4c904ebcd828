"""My own account: password, second factor, recovery codes, open sessions."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from duban.web import accounts
from duban.web.models import RecoveryCode, Seat
from duban.web.shelf import book_for
from duban.web.signin import lock, seats, second
from duban.web.views.common import page
from duban.web.who import actor

_LONGEST = 1000  # characters of a password that are looked at


def me(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/me`."""
    if not request.user.is_authenticated:
        return redirect(f"/login?next={request.path}")
    book = book_for(request)
    who = actor(request, book)
    data = {
        "who": who, "unit": book.units.get(who.unit), "territory": book.units.get(who.territory),
        "device": second.device(request.user), "asked": second.is_asked_of(book, who),
        "codes": RecoveryCode.objects.filter(user=request.user).count(),
        "seats": Seat.objects.filter(user=request.user).order_by("-seen"), "here": request.session.session_key,
    }  # fmt: skip
    public = {"username": who.username, "name": who.name, "roles": sorted(who.roles), "unit": who.unit,
              "territory": who.territory, "second_factor": data["device"] is not None}  # fmt: skip
    return page(request, "me", book, data, public, as_json)


@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """The page `/me/password`. A new password ends every other session of the account."""
    if not request.user.is_authenticated:
        return redirect(f"/login?next={request.path}")
    faults: list[str] = []
    if request.method == "POST":
        faults = _faults(request, request.user)
        if not faults:
            new = request.POST["new"]
            before = request.session.session_key or ""
            accounts.set_password(request.user.get_username(), new, keep=before)
            request.user.refresh_from_db()
            update_session_auth_hash(request, request.user)
            seats.end_one(request.user, before)
            request.session["must_change"] = False
            seats.take(request, request.user)  # the key is new
            messages.success(request, _("密码已更改，其他设备上的登录都已结束。"))
            return redirect("/me")
    data = {
        "faults": faults,
        "given": bool(request.session.get("must_change")),
        "help": password_validators_help_texts(),
    }
    return page(request, "me_password", book_for(request), data, None, False)


def _faults(request: HttpRequest, user: AbstractBaseUser) -> list[str]:
    """What keeps the new password from being set."""
    old, new, again = (request.POST.get(name, "")[:_LONGEST] for name in ("old", "new", "again"))
    name, address = user.get_username(), lock.address_of(request)
    if not lock.tried(name, address):
        return [_("尝试次数过多，请过一段时间再试，或请督查室解锁。")]
    if not user.check_password(old):
        return [_("现在的密码不对。")]
    lock.passed(name, address)
    if new != again:
        return [_("两次输入的新密码不一样。")]
    if new == old:
        return [_("新密码不能与现在的相同。")]
    try:
        validate_password(new, user)
    except ValidationError as fault:
        return list(fault.messages)
    return []


@never_cache
@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    """The page `/me/second`: take a device into use, get new recovery codes, or take the device away."""
    if not request.user.is_authenticated:
        return redirect(f"/login?next={request.path}")
    user, error, codes = request.user, "", list[str]()
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "take" and second.device(user) is None:
        codes = second.take(user, request.POST.get("code", "")[:40])
        request.session["second"] = bool(codes)
        error = "" if codes else _("验证码不对：请看应用上现在的六位数，并核对手机时间。")
    elif act in ("codes", "drop") and second.device(user) is not None:
        error = "" if _proves(request, user) else _("现在的密码不对。")
        if not error and act == "codes":
            codes = second.recovery_codes(user)
        elif not error:
            second.drop(user)
            request.session["second"] = False
            messages.success(request, _("第二因素已停用。"))
            return redirect("/me")
    device = second.device(user)
    offer = second.offered(user) if device is None else None
    data = {
        "device": device, "codes": codes, "error": error, "offer": offer,
        "picture": second.picture(offer) if offer else "", "secret": second.secret(offer) if offer else "",
        "asked": second.is_asked_of(book_for(request), actor(request, book_for(request))),
    }  # fmt: skip
    return page(request, "me_second", book_for(request), data, None, False)


def _proves(request: HttpRequest, user: AbstractBaseUser) -> bool:
    name, address = user.get_username(), lock.address_of(request)
    if not lock.tried(name, address) or not user.check_password(request.POST.get("password", "")[:_LONGEST]):
        return False
    lock.passed(name, address)
    return True


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one of my sessions, or all but this one."""
    if not request.user.is_authenticated:
        return redirect("/login")
    key = request.POST.get("key", "")
    if key:
        seats.end_one(request.user, key)
    else:
        seats.end_all(request.user, request.session.session_key or "")
    messages.success(request, _("已结束。"))
    return redirect("/me")
