"""Signing in to the simulated tenant with MSAL for Python, with the person's part driven by `requests`.

As a program it prints an access token for Microsoft Graph.
"""

import html
import json
import os
import re
from urllib.parse import parse_qsl, urljoin, urlsplit

import msal
import requests

READY = json.loads(os.environ["TENANT_READY"])
REDIRECT = "http://localhost:49152"
SCOPES = ["User.Read", "Calendars.Read", "Contacts.Read", "User.ReadBasic.All"]


def application(**changes) -> msal.PublicClientApplication:
    """The app as MSAL knows it: MSAL reads and checks the authority's metadata here."""
    settings = {
        "authority": f"{READY['authority']}/{READY['tenantId']}",
        # MSAL asks login.microsoftonline.com about hosts that it doesn't know; there is no such host here.
        "instance_discovery": False,
        "client_capabilities": ["cp1"],
        **changes,
    }
    return msal.PublicClientApplication(READY["clientId"], **settings)


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return html.unescape(found.group(1)) if found else ""


class Person:
    """Someone with a browser, who signs in and accepts."""

    def __init__(self, role: str = "user", mailbox: str = "cloud"):
        fits = [u for u in READY["users"] if u["role"] == role and (role == "admin" or u["mailbox"] == mailbox)]
        self.username, self.password = fits[0]["username"], fits[0]["password"]
        self.http = requests.Session()
        self.forms = 0

    def visit(self, url: str) -> dict:
        """Follows pages until the browser is sent to the app; what the app gets."""
        answer = self.http.get(url, allow_redirects=False)
        for _ in range(20):
            if answer.is_redirect:
                target = urljoin(answer.url, answer.headers["location"])
                if urlsplit(target).netloc == urlsplit(REDIRECT).netloc:
                    return dict(parse_qsl(urlsplit(target).query))
                answer = self.http.get(target, allow_redirects=False)
                continue
            answer.raise_for_status()
            action, fields = self.filled(answer)
            if urlsplit(action).netloc == urlsplit(REDIRECT).netloc:
                return fields
            self.forms += 1
            answer = self.http.post(action, data=fields, allow_redirects=False)
        raise AssertionError("the pages never end")

    def filled(self, page: requests.Response) -> tuple[str, dict]:
        form = re.search(r"<form.*?</form>", page.text, re.DOTALL)
        assert form, f"a dead end: {page.text}"
        fields = {}
        for tag in re.findall(r"<input[^>]*>", form.group(0)):
            if attribute(tag, "type") != "checkbox":
                fields[attribute(tag, "name")] = attribute(tag, "value")
        if "password" in fields:
            fields.update(username=self.username, password=self.password)
        if 'id="accept"' in form.group(0):
            fields["action"] = "accept"
        return urljoin(page.url, attribute(form.group(0), "action")), fields


def sign_in(app: msal.PublicClientApplication, person: Person, scopes: list[str] = SCOPES, **wishes) -> dict:
    """The authorization code flow with PKCE, as MSAL does it."""
    flow = app.initiate_auth_code_flow(scopes, redirect_uri=REDIRECT, **wishes)
    return app.acquire_token_by_auth_code_flow(flow, person.visit(flow["auth_uri"]))


if __name__ == "__main__":
    result = sign_in(application(), Person())
    assert "access_token" in result, result
    print(result["access_token"])
