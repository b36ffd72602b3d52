#!/usr/bin/env python3
"""Verify a receipt of SM Planner: what was signed, by whom and when, and that nobody has changed it since.

    python3 verify_receipt.py receipt.json
    python3 verify_receipt.py receipt.json --seal-hash HASH --key PUBLIC_KEY

HASH is the seal hash on the signed print or in the mail to the sponsor; PUBLIC_KEY is what the administrator of the
site says that its key is. Both come from elsewhere than the receipt: with both, neither who wrote the receipt nor who
changed the site's database can have deceived you.

Needs Python 3.8 or later, and nothing else: no SM Planner, no Frappe, no library. Exit status: 0 all is well,
1 something was changed or does not fit, 2 this is no receipt.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

LATER_FIELDS = (
    "on_behalf_of",
    "on_behalf_of_name",
    "delegation",
    "signed_before",
    "log_head",
    "thresholds",
    "proof",
)
"""Fields of a seal that are part of its statement only where they say something."""


def main():
    parser = argparse.ArgumentParser(description="Verify a receipt of SM Planner.")
    parser.add_argument("receipt", help="the file")
    parser.add_argument("--seal-hash", default="", help="the seal hash on the print or in the mail")
    parser.add_argument(
        "--key", default="", help="the site's public key, in base64, as its administrator says"
    )
    parser.add_argument("--content", action="store_true", help="write what was signed, as JSON")
    options = parser.parse_args()
    try:
        receipt = json.loads(Path(options.receipt).read_text(encoding="utf-8"))
        if receipt["sm_planner_receipt"] != 1:
            print("A later release wrote this receipt. Take the script of that release.", file=sys.stderr)
            return 2
        seals = receipt["seals"]
        problems = verify(seals, receipt["public_keys"], options.seal_hash.lower(), options.key)
        problems += [f"the site that wrote the receipt says: {text}" for text in receipt.get("problems", ())]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        print(f"This is no receipt that can be read: {type(error).__name__} {error}", file=sys.stderr)
        return 2
    if options.content:
        print(json.dumps(json.loads(seals[-1]["content"]), indent=2, ensure_ascii=False))
        return 1 if problems else 0
    tell(seals, problems, options)
    return 1 if problems else 0


def tell(seals, problems, options):
    for seal in seals:
        print("Seal {} of {}, version {}".format(seal["number"], seal["lineage"], seal["version"]))
        for one in (*json.loads(seal.get("signed_before") or "[]"), seal):
            print(f"  signed by   {signer(one)}")
            print("  at          {}".format(one["signed_at"]))
            print("  saying      {}".format(one["meaning"]))
            if one.get("proof"):
                print(f"  proof       {proof(one['proof'])}")
        if seal.get("thresholds"):
            print("  thresholds  {} (they differed from the standard)".format(seal["thresholds"]))
        print("  seal hash   {}".format(seal["seal_hash"]))
        print("  key         %s" % (seal["key_id"] or "none: who made the seal cannot be proved"))
    for problem in problems:
        print(f"PROBLEM: {problem}")
    if problems:
        return
    print("All seals are intact: contents, statements, chain and signatures fit.")
    if not options.seal_hash:
        print("Compare the last seal hash with that on the signed print or in the sponsor's mail.")
    if not options.key:
        print("Ask the administrator of the site for its public key, and give it with --key.")


def signer(signature):
    name = "{} ({})".format(signature["signer_name"], signature["signer_user"])
    if not signature.get("on_behalf_of"):
        return name
    return "{} on behalf of {}, delegation {}".format(
        name,
        signature["on_behalf_of_name"],
        signature["delegation"],
    )


def proof(text):
    """What the signer gave beside the session, and how the request came."""
    given = json.loads(text)
    told = [given.get("kind", ""), "in a browser" if given["way"] == "browser" else given["way"]]
    if "log_in_age" in given:
        told.append("{} seconds after the log-in".format(given["log_in_age"]))
    return ", ".join(filter(None, told))


def verify(seals, public_keys, expected_hash="", expected_key=""):
    """What is wrong with the seals, in plain words."""
    problems = []
    if not seals:
        problems.append("the receipt holds no seal.")
    if expected_key:
        public_keys = {key_id(expected_key): expected_key}
        if seals and seals[-1]["key_id"] not in public_keys:
            problems.append("the last seal was not made with the key that you gave.")
    previous = ""
    for number, seal in enumerate(seals, start=1):
        problems += [
            "seal {}: {}".format(seal["number"], text)
            for text in seal_problems(seal, public_keys, expected_key)
        ]
        if seal["number"] != number:
            problems.append("seal {} stands where seal {} belongs.".format(seal["number"], number))
        if seal["previous_hash"] != previous:
            problems.append("seal {} does not follow the seal before it.".format(seal["number"]))
        if seal["lineage"] != seals[0]["lineage"]:
            problems.append("seals of several plans are mixed.")
        previous = seal["seal_hash"]
    if expected_hash and previous != expected_hash:
        problems.append("the last seal hash is not the one that you gave.")
    return problems


def seal_problems(seal, public_keys, only_given_key):
    if sha256(seal["content"]) != seal["content_hash"]:
        yield "the sealed content was changed."
    statement = {
        name: value for name, value in seal.items() if name not in ("content", "seal_hash", "signature")
    }
    for name in LATER_FIELDS:
        if not statement.get(name):
            statement.pop(name, None)
    if sha256(canonical(statement)) != seal["seal_hash"]:
        yield "who signed, when, or what was said was changed."
    yield from signature_problems(seal, seal["seal_hash"], public_keys, only_given_key)
    for one in json.loads(seal.get("signed_before") or "[]"):
        if one["content_hash"] != seal["content_hash"]:
            yield "{} signed another content.".format(one["signer_name"])
        signed = sha256(canonical({**one, "signature": ""}))
        yield from signature_problems(one, signed, public_keys, only_given_key)


def signature_problems(signed, digest, public_keys, only_given_key):
    if not signed["signature"]:
        return
    key = public_keys.get(signed["key_id"])
    if key is None:
        if not only_given_key:  # seals before a change of the key were made with another one
            yield "the receipt lacks the public key {}; who made this cannot be checked.".format(
                signed["key_id"]
            )
    elif key_id(key) != signed["key_id"]:
        yield "the public key {} is another one.".format(signed["key_id"])
    elif not signature_fits(
        base64.b64decode(key), bytes.fromhex(digest), base64.b64decode(signed["signature"])
    ):
        yield "the signature was not made with key {}.".format(signed["key_id"])


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def key_id(public_key):
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]


def canonical(values):
    """JSON by RFC 8785, for objects of texts and whole numbers with plain names: seals have nothing else."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


# Ed25519 as in RFC 8032, section 5.1.7. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z. Only public values
# are handled here, so that it need not take the same time for all of them.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def signature_fits(public_key, message, signature):
    """Whether the signature of the message was made with the key. All are bytes."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = point(public_key), point(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or factor >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + public_key + message).digest()
    share = times(int.from_bytes(challenge, "little") % ORDER, key)
    return same(times(factor, BASE), add(commitment, share))


def point(encoded):
    """The point of 32 bytes, or None if they are none."""
    y = int.from_bytes(encoded, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0])
    b = (one[1] + one[0]) * (other[1] + other[0])
    c = 2 * one[3] * other[3] * D
    d = 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(factor, base):
    total = NEUTRAL
    while factor:
        if factor & 1:
            total = add(total, base)
        base = add(base, base)
        factor >>= 1
    return total


def same(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

if __name__ == "__main__":
    sys.exit(main())
