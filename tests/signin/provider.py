"""A small OpenID Connect provider on loopback: discovery, keys, authorisation with PKCE, tokens. It lies when told to."""

import base64
import hashlib
import json
import secrets
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "duban", "the client's own secret of 32 letters"


class Provider:
    """`subject` signs in; `lie` is what is wrong with the ID token (see `_token`); `asked` are the last parameters."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.other = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.subject, self.lie, self.asked, self.codes = "s-1", "", {}, {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def do_GET(self):
                path, _, query = self.path.partition("?")
                answers = {"/.well-known/openid-configuration": provider.metadata, "/keys": provider.keys}
                if path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.authorize(dict(urllib.parse.parse_qsl(query))))
                    self.end_headers()
                else:
                    self._say(answers[path]())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._say(
                    provider.token(dict(urllib.parse.parse_qsl(body)), self.headers.get("Authorization", ""))
                )

            def _say(self, facts):
                raw = json.dumps(facts).encode()
                self.send_response(400 if "error" in facts else 200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(raw)

        return Handler

    def metadata(self):
        issuer = "https://evil.example" if self.lie == "metadata" else self.issuer
        return {
            "issuer": issuer, "authorization_endpoint": f"{self.issuer}/authorize", "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint": f"{self.issuer}/token", "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }  # fmt: skip

    def keys(self):
        return {"keys": [self.key.as_dict(private=False)]}

    def authorize(self, asked):
        """Where the browser is sent back to, with a code."""
        self.asked, code = asked, secrets.token_urlsafe(16)
        self.codes[code] = asked
        state = "forged" if self.lie == "state" else asked["state"]
        return f"{asked['redirect_uri']}?{urllib.parse.urlencode({'code': code, 'state': state})}"

    def token(self, form, client):
        """The tokens for a code, once, to who holds the client's secret and the PKCE verifier."""
        asked = self.codes.pop(form.get("code"), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        held = f"{CLIENT}:{urllib.parse.quote(SECRET)}", f"{CLIENT}:{SECRET}"
        if base64.b64decode(client.partition(" ")[2]).decode() not in held:
            return {"error": "invalid_client"}
        if asked is None or proof != asked["code_challenge"]:
            return {"error": "invalid_grant"}
        tokens = {"access_token": "a", "token_type": "Bearer", "expires_in": 60}
        return tokens if self.lie == "no token" else {**tokens, "id_token": self._token(asked["nonce"])}

    def _token(self, nonce):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 60, "nonce": nonce,
                  "preferred_username": self.subject}  # fmt: skip
        wrong = {"nonce": {"nonce": "other"}, "expired": {"exp": now - 3600, "iat": now - 7200}, "audience": {"aud": "other"},
                 "issuer": {"iss": "https://evil.example"}, "no nonce": {"nonce": None}, "no expiry": {"exp": None},
                 "no subject": {"sub": None}}  # fmt: skip
        claims |= wrong.get(self.lie, {})
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": "k1"}
        if self.lie == "no signature":
            parts = (
                base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode()
                for p in ({"alg": "none"}, claims)
            )
            return f"{'.'.join(parts)}."
        if self.lie == "secret as key":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        made = jwt.encode(header, claims, self.other if self.lie == "signature" else self.key)
        return made[:-8] + "AAAAAAAA" if self.lie == "broken signature" else made
