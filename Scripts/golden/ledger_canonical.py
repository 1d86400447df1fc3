#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LedgerTests/Golden/canonical.json: the ledger's bytes and digests, made a second time.

An independent construction with struct, hashlib and cryptography's Ed25519 of what the Swift code
hashes and signs, for fixed seeds. Usage: python3 Scripts/golden/ledger_canonical.py
"""
import hashlib
import json
import pathlib
import platform

import cryptography
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


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


def domain(tag, context=b""):
    return text("swift-credit.ledger." + tag) + u(1, 2) + data(context)


def digest(tag, context, message):
    return hashlib.sha256(domain(tag, context) + message).digest()


class Key:
    def __init__(self, kind, index):
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([kind, index]) + b"\x07" * 30)
        self.public = self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.identity = b"\x01" + data(self.public)

    def sign(self, tag, context, message):
        return data(self.private.sign(domain(tag, context) + b"\x01" + message))

    def address(self, chain):
        return digest("address", chain, self.identity)[:20]


def leaf(message):
    return hashlib.sha256(b"\x00" + message).digest()


NAME = "test"
START = 1_700_000_000_000
banks = [Key(1, i) for i in range(3)]
bureaus = [Key(2, i) for i in range(2)]

members = []
for role, title, keys in ((1, "bank", banks), (2, "bureau", bureaus)):
    for i, key in enumerate(keys):
        claim = text(f"{title} {i + 1}") + bytes([role]) + key.identity
        members.append((key.public, claim + key.sign("possession", NAME.encode(), claim)))
members = [record for _, record in sorted(members)]
genesis = text(NAME) + count(len(members)) + b"".join(members) + b"\x01" + u(START, 8)
chain = digest("genesis", b"", genesis)


def transaction(key, nonce, payload):
    content = key.address(chain) + u(nonce, 8) + b"\xff" * 8 + payload
    return digest("transaction-id", chain, content), content + key.sign("transaction", chain, content)


proposal = (b"\x01" + b"\x02" + b"\x01" * 32 + u(640, 4) + text("pdo-300-850") + b"\x03"
            + b"\xaa" * 32 + b"\xbb" * 32 + u(0, 8))
identifier, signed = transaction(bureaus[0], 0, proposal)
vote_identifier, signed_vote = transaction(banks[0], 0, b"\x02" + identifier + b"\x01" + u(0, 8))
root = hashlib.sha256(b"\x01" + leaf(signed) + leaf(signed_vote)).digest()

fields = (chain + u(1, 8) + u(1, 8) + u(0, 8) + u(START + 1000, 8) + chain + chain + root + u(2, 4)
          + bureaus[0].address(chain))
signature = bureaus[0].sign("header", chain, fields)
header = fields + signature
block = digest("block-hash", chain, fields + signature[1:])

votes = b""
for key in sorted(banks, key=lambda key: key.address(chain)):
    content = b"\x03" + u(1, 8) + u(1, 8) + block + key.address(chain)
    votes += key.address(chain) + key.sign("block-vote", chain, content)
certificate = digest(
    "certificate", chain, u(1, 8) + u(1, 8) + block + b"\x03" + count(len(banks)) + votes)

body = (genesis + count(1) + header + count(2) + signed + signed_vote + b"\x03" + count(len(banks))
        + votes)
magic = b"swift-credit chain 1\n"
start = magic + u(len(magic) + 8 + len(body) + 32, 8) + body
export = start + digest("chain-file", b"", start)

output = {
    "made by": f"Scripts/golden/ledger_canonical.py, Python {platform.python_version()}, "
               f"cryptography {cryptography.__version__}; seeds [kind, index, 7 x 30]",
    "genesis": genesis.hex(), "chainID": chain.hex(),
    "bankAddresses": [key.address(chain).hex() for key in banks],
    "proposalID": identifier.hex(), "proposal": signed.hex(), "vote": signed_vote.hex(),
    "header": header.hex(), "blockHash": block.hex(), "certificate": certificate.hex(),
    "exportSHA256": hashlib.sha256(export).hexdigest(), "exportSize": len(export),
}
path = pathlib.Path(__file__).resolve().parents[2] / "Tests/LedgerTests/Golden/canonical.json"
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(output, indent=1) + "\n")
