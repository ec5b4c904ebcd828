"""Signing in: name and password, then the second step where there is one; or the city's own sign-in."""

import logging
import time

from django.contrib.auth import authenticate, get_user_model, login
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from duban.actions.context import actor_of
from duban.web import accounts
from duban.web.shelf import keeper
from duban.web.signin import city, lock, seats, second

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_STEP = 300  # seconds within which the second step must follow the first
_log = logging.getLogger("duban.signin")
logout = LogoutView.as_view()


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page `/login`. One sentence for every failure, so that it tells nothing about accounts."""
    back = _back(request)
    if request.method != "POST":
        return _form(request, back)
    name, address = request.POST.get("username", "").strip()[:150], lock.address_of(request)
    name = name if name.isprintable() else ""  # nobody's; a zero byte would be too much for the database
    if not lock.tried(name, address):
        _log.warning("sign-in locked from %s", address)
        return _form(request, back, _("尝试次数过多，请过一段时间再试，或请督查室解锁。"), 429)
    user = authenticate(request, username=name, password=request.POST.get("password", "")[:1000])
    if user is None or not actor_of(keeper().book(), user.get_username()).roles:
        return _form(request, back, _("用户名或密码不对，或账户已停用。"), 200)
    lock.passed(name, address)
    return proceed(request, user, back)


def proceed(request: HttpRequest, user: AbstractBaseUser, back: str) -> HttpResponse:
    """After the first proof: on to the second step where the account has a device, else in."""
    if second.device(user) is None:
        return enter(request, user, back)
    request.session.flush()  # nothing of before the proof goes on
    request.session["pending"] = {"user": user.pk, "back": back, "at": time.time()}
    return redirect("/login/code")


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The page `/login/code`: the second step."""
    pending = request.session.get("pending") or {}
    user = get_user_model().objects.filter(pk=pending.get("user"), is_active=True).first()
    if user is None or time.time() - pending.get("at", 0) > _STEP:
        request.session.pop("pending", None)
        return redirect("/login")
    if request.method != "POST":
        return render(request, "duban/login_code.html")
    name, address = user.get_username(), lock.address_of(request)
    if not lock.tried(name, address):
        told = _("尝试次数过多，请过一段时间再试，或请督查室解锁。")
        return render(request, "duban/login_code.html", {"error": told}, status=429)
    if not second.opens(user, request.POST.get("code", "")[:40]):
        return render(request, "duban/login_code.html", {"error": _("验证码不对、已用过或已过期。")})
    lock.passed(name, address)
    del request.session["pending"]
    return enter(request, user, pending["back"], proven=True)


def enter(request: HttpRequest, user: AbstractBaseUser, back: str, *, proven: bool = False) -> HttpResponse:
    """Begin the session: its key is new, and it notes what must be done first."""
    if request.user.is_authenticated and request.session.session_key:
        seats.end_one(request.user, request.session.session_key)
    login(request, user, backend=_BACKEND)
    request.session["must_change"] = accounts.must_change(user)  # type: ignore[arg-type]
    request.session["second"] = proven
    seats.take(request, user)
    _log.info("signed in: %s from %s", user.get_username(), lock.address_of(request))
    return redirect(back)


@never_cache
def city_start(request: HttpRequest) -> HttpResponse:
    """`/oidc`: to the city's own sign-in."""
    if not city.is_on():
        raise Http404("oidc")
    request.session["oidc_back"] = _back(request)
    try:
        return city.start(request)
    except Exception:  # the provider is away, or answers nonsense: whatever it was, nobody is signed in
        _log.exception("the city's sign-in cannot be reached")
        return _form(request, "/", _("统一身份认证暂时连不上，请稍后再试，或用本系统的账户登录。"), 502)


@never_cache
def city_back(request: HttpRequest) -> HttpResponse:
    """`/oidc/back`: what the city's own sign-in answers."""
    if not city.is_on():
        raise Http404("oidc")
    back = request.session.pop("oidc_back", "/")
    try:
        told = city.subject(request)
    except (
        Exception
    ):  # a wrong state, nonce, signature, issuer, an answer too old: all alike to who is outside
        _log.exception("the city's sign-in gave an answer that does not hold")
        return _form(request, back, _("统一身份认证的应答没有通过核验，没有登录。请从头再登录一次。"), 403)
    user = city.account_of(told)
    if user is None or not actor_of(keeper().book(), user.get_username()).roles:
        _log.warning("unknown subject of the city's sign-in: %r", told)
        unknown = _("统一身份认证已通过，但本系统还没有为你设账户。请把标识“%(subject)s”告知督查室。")
        return _form(request, back, unknown % {"subject": told[:80]}, 403)
    return proceed(request, user, back)


def _form(request: HttpRequest, back: str, error: str = "", status: int = 200) -> HttpResponse:
    data = {
        "back": back,
        "error": error,
        "city": city.is_on(),
        "username": request.POST.get("username", "")[:150],
    }
    return render(request, "duban/login.html", data, status=status)


def _back(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this site, else the first page."""
    back = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if safe else "/"
