"""People of the simulated year at their desks: signed-in sessions over plain HTTP, without a browser."""

import copy
import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request

PATIENCE = (
    90  # seconds for an answer: the server may have to start a process, on a machine that others use too
)


class Session:
    """A reader of a site; signed in when a username is given."""

    def __init__(self, site, username="", lang="zh-hans", password=""):
        self.site = site
        self.jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.lang = lang
        if username:
            self._sign_in(username, password or site.cast)

    def _sign_in(self, username, password):
        """By the form; later sessions of the same person keep the seat while it holds: hashing a password is slow."""
        seats = self.site.__dict__.setdefault("seats", {})
        for cookie in seats.get((username, password), ()):
            self.jar.set_cookie(copy.copy(cookie))
        if len(self.jar) and self.get("/me.json")[1].startswith("{"):
            return
        self.jar.clear()
        self.get("/login")
        answer = self.post("/login", username=username, password=password)
        assert answer[0] == 200, username
        seats[username, password] = [copy.copy(cookie) for cookie in self.jar]

    def get(self, path):
        """(status, text)."""
        return self._ask(urllib.request.Request(self.site.url + path))

    def json(self, path):
        """The JSON of a page."""
        return json.loads(self.get(path)[1])

    def post(self, path, **form):
        """(status, text) after redirects."""
        token = next((c.value for c in self.jar if c.name == "csrftoken"), "")
        data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token}).encode()
        return self._ask(urllib.request.Request(self.site.url + path, data, {"Referer": self.site.url}))

    def act(self, key, name, **form):
        """Do an act to an item."""
        self.get(f"/i/{key}")
        return self.post(f"/i/{key}/do", act=name, **form)

    def _ask(self, request):
        request.add_header("Accept-Language", self.lang)
        try:
            with self.open.open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode()


def item_of(site, unit, **wanted):
    """The key of an item that the unit of this name leads, with these facts."""
    public = Session(site)
    for one in public.json("/table.json")["commitments"]:
        for key in one["items"]:
            found = public.json(f"/i/{key}.json")
            if found["lead"] == unit and all(found[k] == v for k, v in wanted.items()):
                return key
    raise AssertionError(f"no item of {unit} with {wanted}")


def text_of(html):
    """The words of a page."""
    return re.sub(r"<[^>]+>", " ", html)
