"""The site's seal keys: the ring of its public keys, and the secret of the one that signs.

Both are in ``sites/sm_planner_keys/SITE.json``, for its owner alone. That lies outside the database and outside the
folder of the site: no backup of Frappe takes it, and neither its web routes nor what reads a File by its path, as a
print format may, comes to it. Instead of the file, an environment variable or a command may have the secret; see
:data:`SOURCE`. Only signing and changing the key read the secret: judging seals needs the ring.
"""

import json
import os
import pwd
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.installer import update_site_config
from frappe.utils import get_datetime_in_timezone

from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import EVENT, SEAL
from sm_planner.engine.model.seal_key import KeyRing, RetiredKey, SealKey, check_public, key_id, read_ring
from sm_planner.engine.model.signatures import read_signature
from sm_planner.engine.sealing.seal import as_signed_at
from sm_planner.engine.texts import N_, say

FOLDER = "sm_planner_keys"
"""Folder beside those of the sites."""

SOURCE = "sm_planner_seal_key_from"
"""Where the secret comes from, in site_config.json, if not from the file: ``{"environment": NAME}`` or
``{"command": [PROGRAM, ARGUMENT, …]}``, which is run without a shell and writes the secret."""

NEXT = "SM_PLANNER_NEXT_SEAL_KEY"
"""Environment variable with the secret to change to, where the secret comes from outside."""

PATIENCE = 10
"""Seconds that the command may take."""

SECRET_BEFORE, RETIRED_BEFORE = "sm_planner_seal_key", "sm_planner_public_keys"
"""Where version 0.1 kept the keys: in site_config.json, which lies beside every backup."""

_read_last: dict[str, tuple[tuple[int, ...], KeyRing]] = {}
"""File → what told its versions apart, and its ring: it is asked for with every plan."""


class KeyTrouble(frappe.ValidationError):
    """The keys cannot be used, and why, in words."""


def path() -> Path:
    return Path(frappe.local.sites_path, FOLDER, f"{frappe.local.site}.json").resolve()


def ring() -> KeyRing:
    """By which keys the seals of this site are judged. What keeps the keys from being read, it says itself."""
    try:
        kept = _ring()
        return _with_keys_by_hand(kept) if kept else KeyRing(of_site=True)
    except KeyTrouble as trouble:
        return KeyRing(
            of_site=True, trouble=say(N_("The seal keys of this site cannot be used: {0}"), trouble)
        )


def signing_key() -> SealKey:
    """The key that signs. Raises KeyTrouble where there is none, or where it is not the one of the ring."""
    kept = _ring()
    if kept is None:
        raise KeyTrouble(
            _(
                "This site has no seal key, so nobody can sign. Ask a server administrator to restore {0}, "
                "or to create a new key: bench --site {1} sm-planner rotate-key"
            ).format(path(), frappe.local.site)
        )
    key = _key(_secret())
    if key.public != kept.signing:
        raise KeyTrouble(
            _("The secret given to this site belongs to key {0}, not to key {1}, which signs here.").format(
                key.id, key_id(kept.signing)
            )
        )
    return key


def ensure() -> list[str]:
    """Give a new site its key, and bring keys of version 0.1 to where they belong; what is to be told of it.

    Doing it again changes nothing. What stands in the way is told, and keeps nobody from migrating.
    """
    try:
        return _ensure()
    except KeyTrouble as trouble:
        return [str(trouble)]


def rotate() -> None:
    """Give the site another key. The old one records the change and what it had signed, which verifies on.

    A site without a key gets one: what is signed there already counts as from before. Commits.
    """
    locks.begin()
    # Whoever is signing is waited for; the next takes the new key.
    locks.plans({"name": ("is", "set")}, "name")
    kept = _ring()
    if kept is None and frappe.get_site_config().get(SECRET_BEFORE):
        raise KeyTrouble(_("The seal key is still in site_config.json. Migrate the site first."))
    if kept is None:
        _write(*_first_key({}))
    else:
        old = signing_key()
        secret = _next_secret()
        new = _key(secret)
        if new.public in ring().public_keys.values():
            raise KeyTrouble(_("Key {0} is or was a key of this site. Create a new one.").format(new.id))
        made = _signed({old.id: old.public})[old.id]
        now = as_signed_at(get_datetime_in_timezone("UTC"))
        _write(kept.retire(old, follower=new.public, at=now, made=made), "" if _source() else secret)
    frappe.db.commit()


def _ensure() -> list[str]:
    kept, before = _ring(), frappe.get_site_config().get(SECRET_BEFORE)
    if kept is None and not before and _has_seals():
        return [
            _(
                "This site has seals but no seal key. Restore {0}. If that is not possible, create a new "
                "key, after which the origin of the older seals cannot be checked: bench --site {1} "
                "sm-planner rotate-key"
            ).format(path(), frappe.local.site)
        ]
    if kept is None:
        _write(*_first_key(_known_before(before)))
    elif _source():
        _leave_secret_outside(kept)
    return _forget(before) if before else []


def _first_key(before: dict[str, str]) -> tuple[KeyRing, str]:
    """The first ring of the site, and what of its secret is to be kept. before: see :func:`_known_before`."""
    signed = _signed(before)
    now = as_signed_at(get_datetime_in_timezone("UTC"))
    earlier = frozenset(_seal_hashes()).difference(*signed.values())
    secret = _outside_secret() if _source() else ""
    if not before:
        key = _key(secret) if secret else SealKey.new()
        return KeyRing(signing=key.public, earlier=earlier, of_site=True), "" if secret else key.secret
    old = _key(frappe.get_site_config()[SECRET_BEFORE])
    taken_over = (
        RetiredKey(public=public, retired_at=now, follower=old.id, made=frozenset(signed[id]))
        for id, public in before.items()
        if id != old.id
    )
    made = KeyRing(signing=old.public, retired=tuple(taken_over), earlier=earlier, of_site=True)
    if secret and _key(secret).public != old.public:
        made = made.retire(old, follower=_key(secret).public, at=now, made=signed[old.id])
    return made, "" if secret else old.secret


def _known_before(secret: str | None) -> dict[str, str]:
    """Key id → public key, as version 0.1 kept them in site_config.json; empty if it kept none."""
    if not secret:
        return {}
    known = [*frappe.get_site_config().get(RETIRED_BEFORE, ()), _key(secret).public]
    return {key_id(public): public for public in _checked(known)}


def _forget(secret: str) -> list[str]:
    """Take the keys that the ring has out of site_config.json."""
    kept = _ring()
    known = kept.public_keys.values()
    if _key(secret).public not in known:
        return [
            _(
                "{0} in site_config.json is the secret of key {1}, which is not a key of this site. Remove "
                "it by hand."
            ).format(SECRET_BEFORE, _key(secret).id)
        ]
    others = [public for public in frappe.get_site_config().get(RETIRED_BEFORE, ()) if public not in known]
    _configure(SECRET_BEFORE, None)
    _configure(RETIRED_BEFORE, others or None)
    told = [
        _(
            "The seal key has moved from site_config.json to {0}. Keep a copy of that file, separate "
            "from the backups. Earlier backups contain the key: replace it with bench --site {1} "
            "sm-planner rotate-key"
        ).format(path(), frappe.local.site)
    ]
    if frappe.get_site_config().get(SECRET_BEFORE):
        told.append(_("{0} is also in common_site_config.json. Remove it by hand.").format(SECRET_BEFORE))
    return told


def _configure(name: str, value: Any) -> None:
    update_site_config(name, "None" if value is None else value, validate=False)
    if value is None:
        frappe.conf.pop(name, None)


def _leave_secret_outside(kept: KeyRing) -> None:
    """Forget the secret of the file where the same comes from outside."""
    if _read().get("secret") and _key(_outside_secret()).public == kept.signing:
        _write(kept, "")


def _with_keys_by_hand(kept: KeyRing) -> KeyRing:
    """The ring with public keys that somebody has written to site_config.json."""
    known = kept.public_keys.values()
    added = [public for public in _checked(frappe.conf.get(RETIRED_BEFORE, ())) if public not in known]
    return kept.with_added(added) if added else kept


def _checked(public_keys: Any) -> list[str]:
    """The public keys as they are, or KeyTrouble."""
    try:
        if not isinstance(public_keys, (list, tuple)):
            raise ValueError("this is no list")
        for public in public_keys:
            check_public(public)
    except ValueError as error:
        raise KeyTrouble(_("{0} in site_config.json: {1}").format(RETIRED_BEFORE, error)) from None
    return list(public_keys)


def _key(secret: Any) -> SealKey:
    key = SealKey(secret)
    try:
        check_public(key.public)
    except (ValueError, TypeError):
        raise KeyTrouble(_("This is not a seal key: 32 bytes in base64 are expected.")) from None
    return key


def _secret() -> str:
    return _outside_secret() if _source() else _read().get("secret", "")


def _next_secret() -> str:
    if not _source():
        return SealKey.new().secret
    secret = os.environ.get(NEXT, "")
    if not secret:
        raise KeyTrouble(
            _(
                "The secret of this site comes from outside. Set the next one in the environment variable "
                "{0}, and replace the old one with it right afterwards."
            ).format(NEXT)
        )
    return secret


def _source() -> dict[str, Any] | None:
    return frappe.conf.get(SOURCE)


def _outside_secret() -> str:
    """The secret that the environment or a command has."""
    match _source():
        case {"environment": str(name)}:
            secret = os.environ.get(name, "")
            if not secret:
                raise KeyTrouble(_("The environment variable {0} holds no seal key.").format(name))
            return secret.strip()
        case {"command": [str(), *_rest] as command} if all(isinstance(part, str) for part in command):
            return _output(command)
    raise KeyTrouble(
        _(
            '{0} in site_config.json names neither an environment variable nor a command: {{"command": ["program"]}}'
        ).format(SOURCE)
    )


def _output(command: list[str]) -> str:
    """What the command writes, which is run without a shell. Nothing of it is told."""
    try:
        done = subprocess.run(  # noqa: S603 - whoever writes site_config.json has the machine already
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except subprocess.TimeoutExpired:
        raise KeyTrouble(
            _("The command for the seal key took more than {0} seconds.").format(PATIENCE)
        ) from None
    except subprocess.CalledProcessError as error:
        raise KeyTrouble(
            _("The command for the seal key ended with exit status {0}.").format(error.returncode)
        ) from None
    except (OSError, ValueError):
        raise KeyTrouble(_("The command for the seal key cannot be run: {0}").format(command[0])) from None
    return done.stdout.strip()


def _ring() -> KeyRing | None:
    """The ring of the file; None if there is no file."""
    place = path()
    try:
        found = place.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyTrouble(_unreadable(error)) from None
    version = (found.st_ino, found.st_mtime_ns, found.st_size)
    if _read_last.get(str(place), ((), None))[0] != version:
        try:
            _read_last[str(place)] = version, read_ring(_read())
        except ValueError as error:
            raise KeyTrouble(f"{place}: {error}") from None
    return _read_last[str(place)][1]


def _read() -> dict[str, Any]:
    """What the file has, the secret too."""
    try:
        values = json.loads(path().read_text(encoding="utf-8"))
    except OSError as error:
        raise KeyTrouble(_unreadable(error)) from None
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise KeyTrouble(_("{0} is not a file of keys. Restore it from a copy.").format(path()))
    return values


def _unreadable(error: OSError) -> str:
    return _("User {1} cannot read {0}: {2}").format(path(), _user(os.geteuid()), error.strerror)


def _write(kept: KeyRing, secret: str) -> None:
    """Write the file whole, readable by its owner alone: who has the site's files."""
    place = path()
    temporary = place.with_name(f".{place.name}.{frappe.generate_hash(length=10)}")
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        _give_to_owner(place.parent)
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump({**kept.as_dict(), **({"secret": secret} if secret else {})}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        _give_to_owner(temporary)
        temporary.replace(place)
        _sync(place.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise KeyTrouble(
            _("User {1} cannot write {0}: {2}. Run this as user {3}, who owns the files of the site.").format(
                place, _user(os.geteuid()), error.strerror, _user(_owner().st_uid)
            )
        ) from None


def _give_to_owner(place: Path) -> None:
    """Have it belong to whoever has the site's files, under whom the site runs, if somebody else ran the command."""
    owner = _owner()
    if place.stat().st_uid != owner.st_uid:
        os.chown(place, owner.st_uid, owner.st_gid)


def _owner() -> os.stat_result:
    return Path(frappe.get_site_path("site_config.json")).stat()


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _has_seals() -> bool:
    return bool(frappe.get_all(SEAL, limit=1))


def _seal_hashes() -> list[str]:
    return frappe.get_all(SEAL, pluck="seal_hash", order_by="name asc")


def _signed(public_keys: dict[str, str]) -> dict[str, set[str]]:
    """Key id → hashes of the seals, and of signatures that no seal holds yet, that were made with these keys."""
    known = KeyRing(added=tuple(public_keys.values()))
    found: dict[str, set[str]] = {id: set() for id in public_keys}
    for id, digest, signature in _signatures(list(public_keys)):
        if known.made_by_key(id, digest, signature):
            found[id].add(digest)
    return found


def _signatures(keys: list[str]) -> Iterable[tuple[str, str, str]]:
    """Key id, hash and signature of every seal by one of these keys, and of every signature in the log."""
    for one in frappe.get_all(
        SEAL, {"key_id": ("in", keys)}, ["key_id", "seal_hash", "signature"], order_by="name asc"
    ):
        yield one.key_id, one.seal_hash, one.signature
    for text in frappe.get_all(EVENT, {"signature": ("is", "set")}, pluck="signature", order_by="name asc"):
        given = read_signature(text)
        if given.key_id in keys:
            yield given.key_id, given.statement_hash, given.signature
