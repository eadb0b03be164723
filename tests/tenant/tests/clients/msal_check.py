"""MSAL for Python signs in, refreshes in silence, and meets the tenant's errors."""

import base64
import time

import msal
import requests

from signed_in import READY, REDIRECT, SCOPES, Person, application, sign_in

DOMAIN = READY["users"][0]["username"].split("@")[1]


def control(path: str, body: dict) -> None:
    requests.post(f"{READY['control']}/{path}", json=body).raise_for_status()


def me(token: str) -> requests.Response:
    return requests.get(f"{READY['graph']}/me", headers={"Authorization": f"Bearer {token}"})


def signs_in_by_code_and_reads_me() -> None:
    app, person = application(), Person()
    result = sign_in(app, person)
    claims = result["id_token_claims"]
    assert claims["preferred_username"] == person.username, claims
    assert claims["tid"] == READY["tenantId"] and claims["ver"] == "2.0", claims
    answer = me(result["access_token"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["userPrincipalName"] == person.username, answer.text
    account = app.get_accounts()[0]
    assert account["home_account_id"] == f"{claims['oid']}.{claims['tid']}", account
    assert account["username"] == person.username, account


def refreshes_in_silence() -> None:
    app = application()
    first = sign_in(app, Person())
    account = app.get_accounts()[0]
    again = app.acquire_token_silent_with_error(SCOPES, account, force_refresh=True)
    assert "access_token" in again and again["access_token"] != first["access_token"], again
    assert me(again["access_token"]).status_code == 200
    held = app.acquire_token_silent_with_error(SCOPES, account)
    assert held["token_source"] == "cache", held


def goes_through_the_organizations_page_and_then_needs_no_password() -> None:
    person = Person()
    sign_in(application(), person, domain_hint=DOMAIN)
    before = person.forms
    result = sign_in(application(), person, domain_hint=DOMAIN)
    assert "access_token" in result and person.forms == before, (result, person.forms)


def takes_the_answer_as_a_form() -> None:
    result = sign_in(application(), Person(), response_mode="form_post")
    assert "access_token" in result, result


def accepts_the_issuer_as_an_openid_authority() -> None:
    own = f"{READY['authority']}/{READY['tenantId']}/v2.0"
    result = sign_in(application(authority=None, oidc_authority=own, instance_discovery=None), Person())
    assert "access_token" in result, result
    metadata = requests.get(f"{own}/.well-known/openid-configuration").json()
    assert metadata["issuer"] == own, metadata


def works_with_organizations() -> None:
    app = application(authority=f"{READY['authority']}/organizations")
    result = sign_in(app, Person())
    assert result["id_token_claims"]["iss"] == f"{READY['authority']}/{READY['tenantId']}/v2.0", result


def understands_instance_and_realm_discovery() -> None:
    http = requests.Session()
    endpoint = f"{READY['authority']}/common/discovery/instance"
    authorize = f"{READY['authority']}/common/oauth2/v2.0/authorize"
    found = msal.authority._instance_discovery(authorize, http, endpoint)
    assert found["tenant_discovery_endpoint"].startswith(READY["authority"]), found
    username = READY["users"][0]["username"]
    # MSAL leaves the port out of this address, so the request is ours and the reading is MSAL's.
    answer = requests.get(f"{READY['authority']}/common/userrealm/{username}?api-version=1.0")
    realm = application().authority.user_realm_discovery(username, response=answer)
    assert realm["account_type"] == "Federated", realm


def meets_a_claims_challenge() -> None:
    app = application()
    first = sign_in(app, Person())
    control("tokens/challenge", {})
    challenged = me(first["access_token"])
    assert challenged.status_code == 401, challenged.text
    header = challenged.headers["www-authenticate"]
    claims = base64.b64decode(header.split('claims="')[1].split('"')[0]).decode()
    account = app.get_accounts()[0]
    result = app.acquire_token_silent_with_error(SCOPES, account, claims_challenge=claims)
    assert me(result["access_token"]).status_code == 200


def is_told_to_ask_after_revocation() -> None:
    app = application()
    sign_in(app, Person())
    control("tokens/revoke", {})
    refused = app.acquire_token_silent_with_error(SCOPES, app.get_accounts()[0], force_refresh=True)
    assert refused["error"] == "invalid_grant" and 50173 in refused["error_codes"], refused
    assert "access_token" in sign_in(app, Person())


def is_refused_a_token_for_another() -> None:
    app = application()
    control("tamper", {"tamper": "wrongNonce", "times": 1})
    try:
        sign_in(app, Person())
    except Exception as refused:  # MSAL raises its own kinds; what counts is that it refuses.
        assert "nonce" in str(refused).lower(), refused
    else:
        raise AssertionError("MSAL took an ID token with another nonce")


def reports_a_refusal_of_consent() -> None:
    control("grants", {"action": "withdraw"})
    control("consent", {"policy": "off"})
    app, person = application(), Person()
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri=REDIRECT)
    try:
        page = person.visit(flow["auth_uri"])
        raise AssertionError(f"a way through: {page}")
    except AssertionError as dead_end:
        assert "Need admin approval" in str(dead_end), dead_end
    finally:
        control("consent", {"policy": "open"})


CHECKS = [
    signs_in_by_code_and_reads_me,
    refreshes_in_silence,
    goes_through_the_organizations_page_and_then_needs_no_password,
    takes_the_answer_as_a_form,
    accepts_the_issuer_as_an_openid_authority,
    works_with_organizations,
    understands_instance_and_realm_discovery,
    meets_a_claims_challenge,
    is_told_to_ask_after_revocation,
    is_refused_a_token_for_another,
    reports_a_refusal_of_consent,
]

if __name__ == "__main__":
    for check in CHECKS:
        begun = time.monotonic()
        check()
        print(f"ok msal {msal.__version__}: {check.__name__.replace('_', ' ')} ({time.monotonic() - begun:.1f} s)")
