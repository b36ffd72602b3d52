"""Signing on a site, and what follows: seal, verification, the next version.

An act begins with a lock, and reads nothing that is older where its request calls :func:`locks.begin` before it.
Whether somebody may sign is decided in :mod:`sm_planner.engine.sign_off.refusals`.
"""

from datetime import datetime
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime_in_timezone, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.evidence import kept_heads, seal_keys, sign_off_events, sign_off_records
from sm_planner.adapters.evidence.keeping import flag, keep
from sm_planner.adapters.guards import plan_guards
from sm_planner.adapters.signers import (
    account_passwords,
    delegations,
    proof_of_signer,
    sign_off_mails,
    signing_accounts,
)
from sm_planner.adapters.site import lineages, locks, sessions, stored_records
from sm_planner.adapters.site.doctypes import PLAN, SEAL
from sm_planner.adapters.site.presentation import refuse, told_error, told_html
from sm_planner.engine.checks import check
from sm_planner.engine.model import Plan
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.events import START_REVISION
from sm_planner.engine.model.proof import IMPERSONATED, Proof
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.signatures import Signature
from sm_planner.engine.model.states import ACTIVE, DRAFT, RETURN_FROM_SPONSOR, SIGN, SUPERSEDED
from sm_planner.engine.sealing import canonical, envelope, heads, seal
from sm_planner.engine.sealing.log import authors, former_names, standing_signatures
from sm_planner.engine.sealing.receipt import receipt
from sm_planner.engine.sealing.revision import next_version
from sm_planner.engine.sealing.thresholds import seen_hash
from sm_planner.engine.sign_off import refusals as sign_off
from sm_planner.engine.sign_off.attempts import refuse_after_refusals, tried_before
from sm_planner.engine.sign_off.refusals import Actor
from sm_planner.engine.sign_off.signers import deputy_of, is_account, next_signer, order
from sm_planner.engine.texts import N_, say


def sign(name: str, seen_hash: str, password: str, meaning: str) -> Seal | Signature:
    """Sign a plan as the user of the session.

    Whoever signs last seals the plan, puts it in force, and supersedes the version before it.
    """
    with sign_off_events.refusals_kept(name, SIGN.action):
        locks.lineage(name)
        account_passwords.lock(frappe.session.user)
    now = get_datetime_in_timezone("UTC")
    proof = sessions.proof(now)
    _refuse_after_refusals(name, proof, now)
    with sign_off_events.refusals_kept_before_others(
        name, SIGN.action, partial(_tell_refused, name, proof, now)
    ):
        proof_of_signer.refuse_request(now)
        return _Signing(name).sign(seen_hash, password, meaning.strip(), now)


def _refuse_after_refusals(name: str, proof: Proof, now: datetime) -> None:
    """One attempt after the other is counted: who signs as the same user waits for the lock."""
    user = frappe.session.user
    of_user = sign_off_events.signatures_refused(user)
    refusal = refuse_after_refusals(sign_off_events.log(name), of_user, user, now, proof)
    if refusal:
        frappe.throw(told_html(refusal), frappe.RateLimitExceededError)


def _tell_refused(name: str, proof: Proof, now: datetime) -> None:
    """Tell, once a day, that somebody tried to sign in another's place."""
    if proof.way != IMPERSONATED or tried_before(sign_off_events.log(name), proof, now):
        return
    text = say(N_("{0} tried to sign in the place of {1}."), proof.by, frappe.session.user)
    sign_off_mails.tell_guardians_of([name], [text], also=[frappe.session.user])


class Position:
    """How far the signing of a plan has come, and as whom the user of the session would sign."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.content_hash = canonical.content_hash(plan)
        self.seen_hash = seen_hash(self.content_hash, plan.settings)
        self.given = self._standing()
        self.turn = next_signer(plan, self.given)
        self.delegations = delegations.of(order(plan))
        self.delegation = self._delegation()
        history = sign_off_events.history(plan.id)
        self.authors = authors(history)
        self.formerly = former_names(history, frappe.session.user)

    @property
    def is_last(self) -> bool:
        return self.turn == self.plan.executive_sponsor

    def _standing(self) -> tuple[Signature, ...]:
        """The signatures given so far; those that somebody changed in the database do not count."""
        events = sign_off_events.log(self.plan.id)
        given = standing_signatures(events, self.content_hash)
        return tuple(one for one in given if one.fits(self.plan.key_ring))

    def _delegation(self) -> Delegation | None:
        """That under which the user would sign; whoever signs in person needs none."""
        user = frappe.session.user
        if is_account(self.plan.get("people", self.turn), user):
            return None
        return deputy_of(self.turn, self.plan, user, self.delegations, getdate())


class _Signing:
    """One act of signing, in one transaction."""

    def __init__(self, name: str):
        self.doc = frappe.get_doc(PLAN, name)
        self.doc.check_permission("read")
        self.plan = plan_reader.load(name)
        self.position = Position(self.plan)

    def sign(self, seen_hash: str, password: str, meaning: str, now: datetime) -> Seal | Signature:
        self._refuse(seen_hash, meaning)
        proof = proof_of_signer.confirm(password, now).as_text()
        who = {"signer": self.position.turn, "delegation": self.position.delegation}
        what = {"signed_at": now, "meaning": meaning, "key": seal_keys.signing_key(), "proof": proof}
        if not self.position.is_last:
            given = seal.countersign(self.plan, **who, **what)
            self._note(given, signature=given.as_text(), proof=proof)
            sign_off_mails.tell_signed(self.plan, given)
            return given
        made = seal.make(
            self.plan,
            **who,
            **what,
            channel="site",
            given=self.position.given,
            log_head=sign_off_events.head(self.plan.lineage),
        )
        _put_in_force(self.doc)
        _keep(made)
        _supersede_others(self.doc)
        self._note(made, seal_hash=made.seal_hash, proof=proof)
        kept_heads.keep_after_commit(made.lineage)
        sign_off_mails.tell_signed(self.plan, made)
        return made

    def _refuse(self, seen_hash: str, meaning: str) -> None:
        position = self.position
        refusals = sign_off.refuse_signature(
            self.plan,
            check(self.plan, getdate()),
            actor=Actor(frappe.session.user, frozenset(frappe.get_roles())),
            contributors=position.authors,
            meaning=meaning,
            seen_hash=seen_hash,
            content_hash=position.seen_hash,
            today=getdate(),
            given=position.given,
            delegations=position.delegations,
            formerly=position.formerly,
        )
        if refusals:
            refuse(refusals, _("The plan cannot be signed"))

    def _note(self, made: Seal | Signature, **evidence: str) -> None:
        content_hash = self.position.content_hash
        sign_off_events.note(
            self.plan.id, SIGN.action, reason=made.meaning, content_hash=content_hash, **evidence
        )


def _put_in_force(doc: Document) -> None:
    doc.state = ACTIVE
    # Submitting is nobody's permission: the named sponsor does it here, after the checks above, and only here.
    doc.flags.ignore_permissions = True
    with flag("sm_planner_signing", doc.name):
        doc.submit()
    doc.add_comment("Workflow", _("Signed"))


def _keep(made: Seal) -> None:
    keep(SEAL, made.as_dict())
    if stored_records.seals(made.lineage)[-1] != made:
        frappe.throw(_("The site cannot keep the words of the signature unchanged. Write them without HTML."))


def _supersede_others(doc: Document) -> None:
    """Past the guards, which keep a signed plan from every other change."""
    others = {"lineage": doc.lineage, "name": ("!=", doc.name), "state": ACTIVE}
    for other in locks.plans(others, "name"):
        frappe.db.set_value(PLAN, other.name, "state", SUPERSEDED)
    lineages.keep(doc.lineage)


def verify(name: str) -> seal.Verification:
    """Verify a plan: its seals, the log, what stands around it, and what was kept outside the database.

    Never stops: what cannot be read is a fault in words. Raises frappe.DoesNotExistError and frappe.PermissionError.
    """
    frappe.get_doc(PLAN, name).check_permission("read")
    try:
        return verify_loaded(plan_reader.load(name))
    except Exception as error:
        frappe.logger().error(f"{name} could not be verified", exc_info=True)
        return _unread(name, error)


def verify_loaded(plan: Plan) -> seal.Verification:
    """The same for a plan that was read already."""
    missed = kept_heads.missed(plan.lineage, plan.record)
    return envelope.verify(plan, missed)


def verify_lost(lineage: str) -> seal.Verification:
    """Verify a lineage of which no version is there any more. Whoever calls this may read all plans."""
    record = sign_off_records.of_lineage(lineage)
    return verify_loaded(Plan(id=lineage, title=lineage, lineage=lineage, seals=record.seals, record=record))


def compare(name: str, given: str) -> heads.Compared:
    """What a hash from a mail, a print or a receipt is to a plan."""
    return heads.compare(given, plan_reader.load(name))


def _unread(name: str, error: Exception) -> seal.Verification:
    """What can be said of a plan that cannot be read as a whole."""
    said = say(N_("{0} cannot be verified as a whole: {1}"), name, told_error(error))
    try:
        record = sign_off_records.of(name, frappe.db.get_value(PLAN, name, "lineage") or "")
        found = envelope.faults(record)
    except Exception as another:
        found = (say(N_("What the log has of it cannot be read: {0}"), told_error(another)),)
    return seal.Verification(seals=(), chain_faults=(), drift=(), beside=(said, *found))


def receipt_of(name: str) -> str:
    """The receipt for the seal of a plan: its seals from the first one on, and the keys to check them."""
    doc = frappe.get_doc(PLAN, name)
    doc.check_permission("read")
    seals = [one for one in stored_records.seals(doc.lineage) if one.version <= doc.version]
    if not seals or seals[-1].plan != name:
        frappe.throw(_("This version has no seal."))
    return receipt(seals, seal_keys.ring(), verify(name).problems)


def return_plan(name: str, reason: str) -> None:
    """Send a plan back to its authors, who read the reason; signatures given so far count no more."""
    with sign_off_events.refusals_kept(name, RETURN_FROM_SPONSOR.action):
        locks.lineage(name)
        doc = frappe.get_doc(PLAN, name)
        if doc.state != DRAFT:
            plan_guards.refuse_step(doc.state, DRAFT)
        if signing_accounts.is_asked_to_sign(doc, frappe.session.user):
            # Who signs may send the plan back without the right to write it: nothing but its state changes here, and
            # the lineage is locked.
            doc.flags.ignore_permissions = True
        doc.state = DRAFT
        with flag("sm_planner_reason", reason.strip()):
            doc.save()


def start_revision(name: str) -> str:
    """Make the next version of a plan as a draft, while this one stays in force; its name."""
    with sign_off_events.refusals_kept(name, START_REVISION):
        versions = locks.lineage(name)
        doc = frappe.get_doc(PLAN, name)
        doc.check_permission("read")
        if doc.state != ACTIVE:
            frappe.throw(_("Only a plan in force can be revised; this one is {0}.").format(_(doc.state)))
        revision = next_version(plan_reader.load(name))
        if revision.version in versions:
            frappe.throw(_("Version {0} already exists.").format(revision.version))
        made = plan_writer.save(revision)
        sign_off_events.note(name, START_REVISION, reason=made)
        return made
