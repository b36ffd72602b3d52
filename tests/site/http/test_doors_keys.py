"""Ways to the secret key that signs seals, tried over HTTP by a System Manager. See docs/doors.md."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import frappe
import pytest
from frappe.utils.backups import new_backup
from http_kit import Client, sign, told, verify

from sm_planner.adapters.evidence import seal_keys
from sm_planner.engine import canonical_json
from sm_planner.engine.model import seals
from sm_planner.engine.model.seal_key import SealKey

MANAGER = "system-manager"


@pytest.fixture
def secret() -> str:
    return json.loads(seal_keys.path().read_text(encoding="utf-8"))["secret"]


def key_path(depth: int) -> str:
    """The file of the keys, from a folder that lies so deep in that of the site."""
    return "../" * (depth + 1) + f"{seal_keys.FOLDER}/{seal_keys.path().name}"


def raw(client: Client, path: str) -> tuple[int, str]:
    """The answer to a path that is sent as it is, which requests would straighten."""
    address = urlsplit(client.address)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.session.cookies)
    connection.request("GET", path, headers={"Host": address.netloc, "Cookie": cookies})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


@pytest.fixture
def backup() -> Iterator[list[Path]]:
    """A backup of the site, with its files: what it consists of."""
    made = new_backup(force=True)
    files = [
        Path(file)
        for file in (
            made.backup_path_db,
            made.backup_path_conf,
            made.backup_path_files,
            made.backup_path_private_files,
        )
    ]
    yield files
    for file in files:
        file.unlink(missing_ok=True)


def test_a_backup_and_the_configuration_beside_it_hold_no_key(client, backup, secret):
    """Y1: the files of a backup are downloaded."""
    for file in backup:
        answer = client(MANAGER).get(f"/backups/{file.name}")
        assert answer.status_code == 200, file.name
        zipped = answer.content.startswith(b"\x1f\x8b")
        content = gzip.decompress(answer.content) if zipped else answer.content
        assert secret.encode() not in content
    config = client(MANAGER).get(f"/backups/{backup[1].name}").json()
    assert "db_name" in config
    assert seal_keys.SECRET_BEFORE not in config


@pytest.mark.parametrize(
    ("start", "depth"),
    [("/backups/", 2), ("/backups//", 2), ("/private/files/", 2), ("/files/", 2), ("/assets/", 1), ("/", 0)],
)
@pytest.mark.parametrize("encoded", [False, True])
def test_no_path_leads_out_of_its_folder_to_the_key(client, secret, start, depth, encoded):
    """Y2: a path with two dots, plain or encoded."""
    way = key_path(depth)
    status, content = raw(client(MANAGER), start + (way.replace("/", "%2f") if encoded else way))

    assert secret not in content
    assert status in (301, 302, 400, 403, 404, 405)


@pytest.mark.parametrize("url", ["/private/files/", "/files/", "file://", ""])
def test_no_file_record_points_at_the_key(client, secret, url):
    """Y3: a File with a path of that kind."""
    for way in (key_path(2), str(seal_keys.path())):
        answer = client(MANAGER).create("File", file_name="keys.json", file_url=url + way, is_private=1)
        assert answer.status_code != 200, told(answer)
        assert secret not in answer.text


@pytest.mark.parametrize(
    "template",
    [
        "{{{{ frappe.get_doc(dict(doctype='File', file_name='x', is_private=1, file_url='/private/files/{way}')).get_content() }}}}",
        "{{{{ frappe.get_doc(dict(doctype='File', file_name='x', file_url='{path}')).get_content() }}}}",
        "{{% include '{path}' %}}",
        "{{{{ frappe.conf }}}} {{{{ frappe.local.conf }}}} {{{{ frappe.get_site_config() }}}}",
    ],
    ids=["a File by its path", "a File by the whole path", "included", "the configuration"],
)
def test_no_template_reads_the_key(client, secret, template):
    """Y4: a template that a System Manager writes, which Frappe renders on the server."""
    assert "= 42" in rendered(client(MANAGER), "= {{ 6 * 7 }}")
    answer = rendered(client(MANAGER), template.format(way=key_path(2), path=seal_keys.path()))

    assert secret not in answer
    assert "earlier" not in answer


def rendered(client: Client, template: str) -> str:
    """What the server answers when it renders a template."""
    name = f"keys {frappe.generate_hash(length=8)}"
    made = client.create("Email Template", name=name, subject="x", use_html=1, response_html=template)
    assert made.status_code == 200, told(made)
    answer = client.call(
        "frappe.email.doctype.email_template.email_template.get_email_template",
        template_name=name,
        doc={"name": "x"},
    )
    client.delete("Email Template", name)
    return answer.text


def test_a_seal_forged_by_who_can_write_any_row_is_not_intact(client, make_plan):
    """Y5: all of a seal made anew, as a Server Script can write it, without a signature or with one's own key."""
    plan = make_plan("Active")
    assert verify(client("auditor"), plan)["intact"]
    stored = frappe.get_doc("SM Plan Seal", {"plan": plan})
    for key in (None, SealKey.new()):
        forged = seals.from_dict({name: stored.get(name) or "" for name in seals.Seal.__dataclass_fields__})
        content = forged.content.replace("Service", "Forgery")
        changes = {"content": content, "content_hash": canonical_json.hash_of(content), "signature": ""}
        forged = seals.from_dict({**forged.as_dict(), **changes, "key_id": key.id if key else ""})
        seal_hash = canonical_json.hash_of(forged.statement())
        values = {
            **changes,
            "key_id": forged.key_id,
            "seal_hash": seal_hash,
            "signature": key.sign(seal_hash) if key else "",
        }
        frappe.db.set_value("SM Plan Seal", stored.name, values)
        frappe.db.set_value(
            "SM Sign-off Event", {"plan": plan, "seal_hash": ("is", "set")}, "seal_hash", seal_hash
        )
        frappe.db.commit()

        verified = verify(client("auditor"), plan)
        assert not verified["intact"]
        words = "none of this site" if key else "bears no signature of a key"
        assert any(words in problem for problem in verified["problems"])


@contextmanager
def malformed_key() -> Iterator[None]:
    """A site whose file of keys is no such file."""
    path = seal_keys.path()
    kept = path.read_bytes()
    path.write_text("{")
    try:
        yield
    finally:
        path.write_bytes(kept)


def test_a_malformed_key_is_told_in_words(client, make_plan):
    """Y6: who signs and who verifies on a site with a malformed key reads what is wrong."""
    waits, signed = make_plan("To Sign"), make_plan("Active")
    with malformed_key():
        answer = sign(client("sponsor"), waits)
        verified = client("auditor").get("/api/method/sm_planner.api.verify", plan=signed)

    assert answer.status_code == 417
    assert "is not a file of keys. Restore it from a copy." in told(answer)
    assert verified.status_code == 200
    assert "The seal keys of this site cannot be used" in verified.json()["message"]["problems"][0]
