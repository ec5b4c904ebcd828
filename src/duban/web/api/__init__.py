"""The API under /api/: the same facts as the pages, described by OpenAPI, behind the same door."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import django_auth

from duban.core.problem import Problem, Refused
from duban.web.api import registers, year
from duban.web.api.routes import router
from duban.web.api.shapes import errors
from duban.web.shelf import locale

api = NinjaAPI(
    title="duban",
    version="1",
    description="A government's commitments as its work report words them, and their account. "
    "Reading is open where the city says so; a decision needs the office's session and CSRF token.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", router)
api.add_router("", year.router)
api.add_router("", registers.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
    """What the ledger or a rule refuses, a sentence a problem."""
    return api.create_response(request, errors(fault.problems, locale()), status=400)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """A parameter or body that is not of the declared shape, named by its place."""
    problems = [
        Problem("api.invalid", ".".join(str(part) for part in one["loc"]), {"fault": str(one["msg"])[:200]})
        for one in fault.errors
    ]
    return api.create_response(request, errors(problems, locale()), status=422)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """A body that is no JSON at all."""
    problem = Problem("api.invalid", request.path, {"fault": str(fault)[:200]})
    return api.create_response(request, errors([problem], locale()), status=fault.status_code)


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    """A write without the office's session."""
    return api.create_response(request, errors([Problem("api.sign_in", request.path)], locale()), status=401)


__all__ = ["api", "django_auth"]
