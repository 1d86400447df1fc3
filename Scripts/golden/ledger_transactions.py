#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LedgerTests/Golden/transactions.json: bytes and identifiers of transactions.

An independent construction with struct, hashlib and cryptography's Ed25519 on a chain whose id is 32
bytes of 5, for fixed seeds. Usage: python3 Scripts/golden/ledger_transactions.py
"""
import hashlib
import json
import pathlib
import platform

import cryptography
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CHAIN = b"\x05" * 32


def u(value, width):
    return value.to_bytes(width, "big")


def count(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def data(value):
    return count(len(value)) + value


def text(value):
    return data(value.encode())


def domain(tag):
    return text("swift-credit.ledger." + tag) + u(1, 2) + data(CHAIN)


def digest(tag, message):
    return hashlib.sha256(domain(tag) + message).digest()


def optional(value):
    return b"\x00" if value is None else b"\x01" + value


def listed(values):
    return count(len(values)) + b"".join(values)


class Key:
    def __init__(self, kind, index):
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([kind, index]) + b"\x07" * 30)
        public = self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.address = digest("address", b"\x01" + data(public))[:20]

    def sign(self, tag, message):
        return data(self.private.sign(domain(tag) + b"\x01" + message))

    def party(self, tag, message):
        return self.address + self.sign(tag, message)


def merkle(leaves):
    """RFC 9162, by its recursion."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + merkle(leaves[:split]) + merkle(leaves[split:])).digest()


def filled(byte):
    return bytes([byte]) * 32


bank, other, bureau = Key(1, 0), Key(1, 1), Key(2, 0)
users = [Key(3, 0), Key(3, 1)]

terms = (
    bank.address + users[0].address + listed([users[1].address]) + u(9, 8) + optional(filled(1))
    + text("EUR") + b"".join(u(x, 8) for x in (3, 100_000, 5_000, 45_000, 10_001, 1_700_000_000_000))
    + u(14, 4) + text("rail") + u(90, 4) + u(3, 4))
signatures = sorted(user.party("loan-party", terms) for user in users)
record = filled(3) + text("logit") + text("1.2")
parameters = u(100, 4) + u(1 << 20, 4) + u(2_000, 8) + u(7, 1) + u(25, 8) + text("USD")
change = u(4, 8) + b"\x03" + parameters
approvals = sorted(key.party("configuration", change) for key in (bank, other))
entries = [b"one", b"", bytes(range(200))]
commitment = b"\x11" + text("events") + u(len(entries), 4) + merkle(entries)

equivocation = b""
for block in (filled(1), filled(2)):
    statement = b"\x01" + u(3, 8) + u(7, 8) + block
    place = sorted(key.address for key in (bank, other)).index(other.address)
    equivocation += statement + u(place, 2) + other.sign("consensus-statement", statement)

payloads = {
    "loanContract": b"\x05" + terms + listed(signatures),
    "repayment": b"\x06" + digest("loan", terms) + u(12_345, 8),
    "bureauApplication": b"\x07" + u(1, 8),
    "bureauVote": b"\x08" + bureau.address + u(1, 8),
    "keyRevocation": b"\x0a" + text("lost"),
    "consentGrant": b"\x0b" + bank.address + text("scoring") + filled(8) + u(77, 8),
    "consentRevocation": b"\x0c" + filled(9),
    "dataCommitment": b"\x0d" + filled(5) + filled(6) + text("income-1") + optional(None),
    "modelUpdate": b"\x0e" + record + optional(filled(2)) + u(12, 8) + listed([filled(7)]),
    "modelApproval": b"\x0f" + filled(4) + b"\x01",
    "configurationChange": b"\x10" + change + listed(approvals),
    "entryBatch": commitment + b"\x01" + listed([data(entry) for entry in entries]),
    "misconduct": b"\x12" + other.address + b"\x01" + equivocation,
    "seedCommitment": b"\x13" + digest("election-seed", u(3, 8) + filled(12)),
    "seedReveal": b"\x14" + filled(12),
}


def signed(key, nonce, expiry, payload):
    content = key.address + u(nonce, 8) + u(expiry, 8) + payload
    return digest("transaction-id", content), content + key.sign("transaction", content)


# What is signed of a batch is its root; of all others it is all of it.
identifiers, leaves = {}, {}
for number, (name, payload) in enumerate(payloads.items()):
    core = commitment if name == "entryBatch" else payload
    identifier, leaf = signed(bank, number, 1_000 + number, core)
    identifiers[name], leaves[name] = identifier.hex(), hashlib.sha256(leaf).hexdigest()

# The first counter of an admission stamp of 10 bits on the first transaction, on block 32 x 6.
counter = 0
subject = bytes.fromhex(identifiers["loanContract"]) + filled(6)
while int.from_bytes(digest("admission", subject + u(counter, 8)), "big") >> 246:
    counter += 1

output = {
    "made by": f"Scripts/golden/ledger_transactions.py, Python {platform.python_version()}, "
               f"cryptography {cryptography.__version__}; seeds [kind, index, 7 x 30]",
    "loan": digest("loan", terms).hex(),
    "payloads": {name: payload.hex() for name, payload in payloads.items()},
    "identifiers": identifiers,
    "leaves": leaves,
    "stampCounter": counter,
}
path = pathlib.Path(__file__).resolve().parents[2] / "Tests/LedgerTests/Golden/transactions.json"
path.write_text(json.dumps(output, indent=1) + "\n")
