"""The site's seal keys, kept in its site_config.json and so outside the database.

``sm_planner_seal_key`` is the secret key that signs. ``sm_planner_public_keys`` lists the public keys of
retired ones: seals that were made with those still verify.
"""

import frappe
from frappe.installer import update_site_config

from sm_planner.engine.seal_key import SealKey, key_id

SECRET, RETIRED = "sm_planner_seal_key", "sm_planner_public_keys"


def ensure_key() -> None:
    """Give the site a key, if it has none."""
    if not frappe.conf.get(SECRET):
        secret = SealKey.new().secret
        update_site_config(SECRET, secret, validate=False)
        frappe.conf[SECRET] = secret


def signing_key() -> SealKey | None:
    """The key that signs, or None if it was not kept when the site was moved or restored."""
    secret = frappe.conf.get(SECRET)
    return SealKey(secret) if secret else None


def public_keys() -> dict[str, str]:
    """Key id → public key, of the key that signs and of those before it."""
    key = signing_key()
    known = [*frappe.conf.get(RETIRED, []), *([key.public] if key else [])]
    return {key_id(public): public for public in known}


def rotate() -> None:
    """Give the site another key. The public key of the old one stays, so that its seals verify."""
    old = signing_key()
    if old:
        # First what must not be lost: were the machine to stop in between, the old key would still sign.
        update_site_config(RETIRED, [*frappe.conf.get(RETIRED, []), old.public], validate=False)
    secret = SealKey.new().secret
    update_site_config(SECRET, secret, validate=False)
    frappe.conf[SECRET] = secret
