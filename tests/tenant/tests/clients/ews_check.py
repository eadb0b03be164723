"""exchangelib, a client that others wrote, reads the on-premises server; what it finds is held against the truth.

The user with the large mailbox is on premises here, and the clock is before the spring change of Europe's clocks.
"""
# tenant: --seed 7 --now 2026-03-12T09:42:00Z --events 160 --on-premises lucia.moreno@contoso.example
# tenant: --seed 8 --now 2026-03-12T09:42:00Z --events 160 --on-premises lucia.moreno@contoso.example
# tenant: --seed 9 --now 2026-03-12T09:42:00Z --events 160 --on-premises lucia.moreno@contoso.example

import base64
import datetime
import html
import time
from urllib.parse import unquote

import exchangelib
import requests
import spnego
from exchangelib.errors import ErrorIrresolvableConflict, ErrorNameResolutionNoResults, UnauthorizedError
from exchangelib.properties import HTMLBody
from exchangelib.protocol import FaultTolerance

from signed_in import READY, Person, application, sign_in

ZONE = exchangelib.EWSTimeZone("Europe/Madrid")
FROM, TO = datetime.date(2026, 2, 20), datetime.date(2026, 6, 20)
WORDS = {
    "Accept": "accepted",
    "Decline": "declined",
    "Tentative": "tentativelyAccepted",
    "NoResponseReceived": "notResponded",
    "Organizer": "organizer",
    "Unknown": "none",
}
SHOW_AS = {"OOF": "oof", "WorkingElsewhere": "workingElsewhere", "NoData": "unknown"}


class TeamsUrl(exchangelib.ExtendedProperty):
    """Where Outlook's Teams add-in keeps the link; exchangelib does not know the server's own field."""

    property_set_id = "00020329-0000-0000-c000-000000000046"
    property_name = "SkypeTeamsMeetingUrl"
    property_type = "String"


exchangelib.CalendarItem.register("teams_url", TeamsUrl)


def control(path: str, body=None, method: str = "post"):
    answer = requests.request(method, f"{READY['control']}/{path}", json={} if body is None else body)
    answer.raise_for_status()
    return answer.json()


def switch(name: str, on: bool = True) -> None:
    control("scenario", {"name": name, "on": on})


def log() -> list[dict]:
    return requests.get(f"{READY['control']}/log").json()


def truth(path: str, **query) -> list[dict]:
    return requests.get(f"{READY['control']}/truth/{path}", params={"user": PERSON.username, **query}).json()


def account(credentials=None, auth_type=exchangelib.NTLM, username: str | None = None, **more) -> exchangelib.Account:
    """A connection of its own, with nothing remembered from earlier ones."""
    exchangelib.close_connections()
    credentials = credentials or exchangelib.Credentials(username or PERSON.username, PERSON.password)
    settings = exchangelib.Configuration(
        service_endpoint=READY["ews"], credentials=credentials, auth_type=auth_type, **more
    )
    return exchangelib.Account(
        PERSON.username,
        config=settings,
        autodiscover=False,
        access_type=exchangelib.DELEGATE,
        default_timezone=ZONE,
    )


class Addresses:
    """People under SMTP addresses: those of the organization are asked for by their X.500 address, once each."""

    def __init__(self, protocol):
        self.protocol, self.known = protocol, {}

    def smtp(self, mailbox) -> str:
        if mailbox.routing_type != "EX":
            return mailbox.email_address
        address = mailbox.email_address
        if address not in self.known:
            found = self.protocol.resolve_names([address], search_scope="ActiveDirectory")
            assert len(found) == 1, (address, found)
            self.known[address] = found[0].email_address
        return self.known[address]


def shown(name: str) -> str:
    """A name without what can't be shown."""
    return "".join(character for character in name or "" if character >= " ")


def people(item, addresses: Addresses) -> list[dict]:
    kinds = {"required": item.required_attendees, "optional": item.optional_attendees, "resource": item.resources}
    return [
        {
            "name": shown(attendee.mailbox.name),
            "address": addresses.smtp(attendee.mailbox),
            "kind": kind,
            "response": WORDS[attendee.response_type],
        }
        for kind, attendees in kinds.items()
        for attendee in attendees or []
    ]


def instant(at: datetime.datetime) -> str:
    return at.astimezone(exchangelib.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def after(item) -> datetime.date:
    """The first date after whole days; exchangelib gives the last one of them."""
    return item.end + datetime.timedelta(days=1)


def meeting(item, addresses: Addresses) -> dict:
    """A row in the words of the truth, as far as exchangelib knows them."""
    all_day = item.is_all_day
    return {
        "id": item.id,
        "subject": item.subject or "",
        "start": f"{item.start}T00:00:00Z" if all_day else instant(item.start),
        "end": f"{after(item)}T00:00:00Z" if all_day else instant(item.end),
        "startDate": str(item.start) if all_day else None,
        "endDate": str(after(item)) if all_day else None,
        "allDay": all_day,
        "showAs": SHOW_AS.get(item.legacy_free_busy_status, item.legacy_free_busy_status.lower()),
        "sensitivity": item.sensitivity.lower(),
        "isOrganizer": "Received" not in (item.appointment_state or ()),
        "organizer": {"name": shown(item.organizer.name), "address": addresses.smtp(item.organizer)},
        "response": WORDS[item.my_response_type],
        "cancelled": item.is_cancelled,
        "location": item.location or None,
        "attendees": people(item, addresses),
        "source": "ews",
    }


def day(date: datetime.date) -> datetime.datetime:
    return datetime.datetime(date.year, date.month, date.day, tzinfo=exchangelib.UTC)


def folders_of(box: exchangelib.Account, kind: str) -> list:
    """Folders of a class; the tree is read anew, because folders come and go."""
    box.root.clear_cache()
    return [folder for folder in box.msg_folder_root.walk() if folder.folder_class == kind]


def view(box: exchangelib.Account) -> list:
    """What takes place in the window, in all calendars, whole days by their dates."""
    folders = folders_of(box, "IPF.Appointment")
    found = []
    margin = datetime.timedelta(days=1)
    for folder in folders:
        found += folder.view(start=day(FROM - margin), end=day(TO + 2 * margin))

    def touches(item) -> bool:
        if item.is_all_day:
            return item.start <= TO and item.end >= FROM
        is_moment = item.start == item.end and item.start >= day(FROM)
        return item.start < day(TO + margin) and (item.end > day(FROM) or is_moment)

    return [item for item in found if touches(item)]


def agenda_is_the_truth(box: exchangelib.Account) -> None:
    addresses = Addresses(box.protocol)
    items = view(box)
    found = {item.id: meeting(item, addresses) for item in items}
    rows = {row["id"]: row for row in truth("agenda", **{"from": str(FROM), "to": str(TO)})}
    assert len(rows) > 20 and found.keys() == rows.keys(), (len(rows), found.keys() ^ rows.keys())
    for identity, row in rows.items():
        for name, value in found[identity].items():
            assert value == row[name], (name, value, row[name])
    assert addresses.known, "nobody has an X.500 address"


def links_are_somewhere(box: exchangelib.Account) -> None:
    rows = {row["id"]: row for row in truth("agenda", **{"from": str(FROM), "to": str(TO)})}
    places = {"field": 0, "location": 0, "body": 0}
    for item in view(box):
        wanted = rows[item.id]["joinUrl"]
        if not wanted:
            continue
        body = html.unescape(item.body if isinstance(item.body, HTMLBody) else "")
        if item.teams_url == wanted:
            places["field"] += 1
        elif wanted in (item.location or "") or wanted in unquote(item.location or ""):
            places["location"] += 1
        else:
            assert wanted in body or wanted in unquote(body), (wanted, body)
            places["body"] += 1
    assert places["field"] and places["location"] + places["body"], places


def dates_belong_to_their_masters(box: exchangelib.Account) -> None:
    rows = {row["id"]: row for row in truth("agenda", **{"from": str(FROM), "to": str(TO)})}
    occurrences = [item for item in view(box) if item.type in ("Occurrence", "Exception")]
    assert {"Occurrence", "Exception"} == {item.type for item in occurrences}
    for item in occurrences[:12]:
        master = item.recurring_master()
        master.refresh()
        assert master.id == rows[item.id]["seriesId"], (item.subject, master.id)
        assert master.uid == item.uid, (item.subject, master.uid, item.uid)
        assert master.recurrence.pattern is not None


def sync_follows_changes(box: exchangelib.Account) -> None:
    box.calendar.item_sync_state = None
    known = {item.id for kind, item in box.calendar.sync_items() if kind == "create"}
    assert known == {item.id for item in box.calendar.all()}
    for seed in range(6):
        control("mutate", {"user": PERSON.username, "n": 12, "seed": seed})
        for kind, item in box.calendar.sync_items():
            if kind == "create":
                known.add(item.id)
            elif kind == "delete":
                known.discard(item.id)
            else:
                identity = item[0].id if kind == "read_flag_change" else item.id
                assert identity in known, (kind, identity)
        assert known == {item.id for item in box.calendar.all()}, seed
    assert not list(box.calendar.sync_items())


def contacts_are_the_truth(box: exchangelib.Account) -> None:
    folders = folders_of(box, "IPF.Contact")
    found = {}
    for folder in folders:
        for item in folder.all():
            if isinstance(item, exchangelib.Contact):
                found[item.id] = (item, folder)
    rows = {row["id"]: row for row in truth("contacts")}
    assert len(rows) > 40 and found.keys() == rows.keys(), found.keys() ^ rows.keys()
    kinds = {"MobilePhone": "mobile", "BusinessPhone": "business", "BusinessPhone2": "business", "HomePhone": "home"}
    for identity, row in rows.items():
        item, folder = found[identity]
        texts = {
            "givenName": item.given_name,
            "surname": item.surname,
            "company": item.company_name,
            "title": item.job_title,
            "department": item.department,
            "office": item.office,
            "birthday": str(item.birthday) if item.birthday else None,
            "folder": None if folder == box.contacts else folder.name,
        }
        for name, value in texts.items():
            assert value == row[name], (name, value, row[name])
        if item.display_name:
            assert shown(item.display_name) == row["name"], (item.display_name, row)
        phones = sorted((kinds[phone.label], phone.phone_number) for phone in item.phone_numbers or [])
        assert phones == sorted((phone["kind"], phone["number"]) for phone in row["phones"]), row
        places = {(place.label.lower(), place.street, place.city) for place in item.physical_addresses or []}
        assert places == {(place["kind"], place["street"], place["city"]) for place in row["addresses"]}, row
        addresses = [entry.email for entry in item.email_addresses or []]
        for address, wanted in zip(addresses, row["emails"], strict=True):
            if address.startswith("/o="):
                [found_mailbox] = box.protocol.resolve_names([address], search_scope="ActiveDirectory")
                address = found_mailbox.email_address
            assert address == wanted["address"], row


def names_resolve(box: exchangelib.Account) -> None:
    [(mailbox, contact)] = box.protocol.resolve_names(["pat.obrien@"], return_full_contact_data=True)
    assert mailbox.email_address == "pat.obrien@contoso.example" and contact.surname == "O'Brien", (mailbox, contact)
    assert len(box.protocol.resolve_names(["a"], search_scope="ActiveDirectory")) > 5
    nobody = box.protocol.resolve_names(["zzzz"])
    assert all(isinstance(found, ErrorNameResolutionNoResults) for found in nobody), nobody


def answers_an_invitation(box: exchangelib.Account) -> None:
    open_ones = [item for item in view(box) if not item.is_cancelled and item.my_response_type == "NoResponseReceived"]
    item = open_ones[0]
    stale = item.changekey
    item.accept(body="Coming")
    read = box.calendar.get(id=item.id, changekey=None) if item.type == "Single" else box.fetch([(item.id, None)])
    read = read if item.type == "Single" else list(read)[0]
    assert read.my_response_type == "Accept" and read.changekey != stale, read
    try:
        item.tentatively_accept()
    except ErrorIrresolvableConflict:
        return
    raise AssertionError("an outdated change key was taken")


def survives_what_xml_cannot_hold(box: exchangelib.Account) -> None:
    switch("ewsControlCharacters")
    rows = {row["id"]: row for row in truth("agenda", **{"from": str(FROM), "to": str(TO)})}
    names = [(item.organizer.name, rows[item.id]["organizer"]["name"]) for item in view(box)]
    assert any(name.endswith("\x1f") for name, _ in names)
    for name, wanted in names:
        assert shown(name) == wanted.replace("&", ""), (name, wanted)
    switch("ewsControlCharacters", False)


def obeys_a_busy_server(_: exchangelib.Account) -> None:
    patient = account(retry_policy=FaultTolerance(max_wait=30))
    patient.root.refresh()
    for rule in (
        {"form": "fault", "backOffMs": 1500},
        {"form": "message"},
    ):
        control("faults", {"match": "GetFolder", "kind": "ewsBusy", "times": 1, **rule})
        if rule["form"] == "message":
            patient.protocol.RETRY_WAIT = 1
        begun = len(log())
        patient.root.refresh()
        seen = log()[begun:]
        assert any(record["fault"] == "ewsBusy" for record in seen), seen
        assert not any(record["duringBackOff"] for record in seen), seen


def steps_down_to_an_old_server(_: exchangelib.Account) -> None:
    switch("exchange2013")
    old = account()
    assert old.version.build.major_version == 15 and old.version.build.minor_version == 0, old.version
    assert old.version.api_version == "Exchange2013_SP1", old.version
    assert old.calendar.total_count > 0
    switch("exchange2013", False)


def is_let_in_by_basic(_: exchangelib.Account) -> None:
    switch("ewsBasic")
    begun = len(log())
    box = account(auth_type=exchangelib.BASIC)
    assert box.calendar.total_count > 0
    assert {record["authScheme"] for record in log()[begun:]} == {"Basic"}
    switch("ewsBasic", False)


def is_let_in_by_ntlm_bound_to_the_channel(_: exchangelib.Account) -> None:
    switch("ewsExtendedProtection")
    for name in (PERSON.username, "CONTOSO\\" + PERSON.username.split("@")[0]):
        begun = len(log())
        assert account(username=name).calendar.total_count > 0
        schemes = [record["authScheme"] for record in log()[begun:]]
        assert schemes.count("NTLM") == 2 and None in schemes[2:], schemes
    switch("ewsExtendedProtection", False)


def is_let_in_by_negotiate(_: exchangelib.Account) -> None:
    """pyspnego wraps NTLM as Windows does; both sides vouch for the list of schemes at the end."""
    client = spnego.client(
        PERSON.username, PERSON.password, hostname="localhost", service="http", protocol="negotiate"
    )
    http = requests.Session()
    body = account().protocol.dummy_xml()
    answer, word = None, None
    for _ in range(4):
        token = base64.b64encode(client.step(word)).decode()
        headers = {"Content-Type": "text/xml; charset=utf-8", "Authorization": f"Negotiate {token}"}
        answer = http.post(READY["ews"], data=body, headers=headers)
        word = base64.b64decode(answer.headers["WWW-Authenticate"].removeprefix("Negotiate "))
        if answer.status_code != 401:
            break
    assert answer.status_code == 200, (answer.status_code, answer.headers)
    client.step(word)
    assert client.complete and client.negotiated_protocol == "ntlm"


def is_let_in_by_a_token(_: exchangelib.Account) -> None:
    switch("hybridModernAuth")
    person = Person(mailbox="onPremises")
    scope = READY["ews"].split("/EWS/")[0] + "/EWS.AccessAsUser.All"
    result = sign_in(application(), person, [scope])
    assert "access_token" in result and scope in result["scope"], result
    token = exchangelib.OAuth2AuthorizationCodeCredentials(
        access_token={"access_token": result["access_token"], "token_type": "Bearer"}
    )
    begun = len(log())
    box = account(credentials=token, auth_type=exchangelib.OAUTH2)
    assert box.calendar.total_count > 0
    assert {record["authScheme"] for record in log()[begun:]} == {"Bearer"}
    switch("hybridModernAuth", False)


def is_refused_with_a_wrong_password(_: exchangelib.Account) -> None:
    wrong = exchangelib.Credentials(PERSON.username, "wrong")
    try:
        account(credentials=wrong).calendar.refresh()
    except UnauthorizedError:
        return
    raise AssertionError("a wrong password was taken")


CHECKS = [
    agenda_is_the_truth,
    links_are_somewhere,
    dates_belong_to_their_masters,
    contacts_are_the_truth,
    names_resolve,
    answers_an_invitation,
    sync_follows_changes,
    agenda_is_the_truth,
    contacts_are_the_truth,
    survives_what_xml_cannot_hold,
    obeys_a_busy_server,
    steps_down_to_an_old_server,
    is_let_in_by_basic,
    is_let_in_by_ntlm_bound_to_the_channel,
    is_let_in_by_negotiate,
    is_let_in_by_a_token,
    is_refused_with_a_wrong_password,
]
PERSON = Person(mailbox="onPremises")

if __name__ == "__main__":
    # After a character that XML can't hold, exchangelib's parser (libxml2, told to recover) loses every `&`.
    switch("ewsControlCharacters", False)
    everything = account()
    for check in CHECKS:
        begun_at = time.monotonic()
        check(everything)
        words = check.__name__.replace("_", " ")
        print(f"ok exchangelib {exchangelib.__version__}: {words} ({time.monotonic() - begun_at:.1f} s)", flush=True)
