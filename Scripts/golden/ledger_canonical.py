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
genesis = text(NAME) + count(len(members)) + b"".join(members) + b"\x01" + u(40, 8) + u(START, 8)
chain = digest("genesis", b"", genesis)


def transaction(key, nonce, payload):
    content = key.address(chain) + u(nonce, 8) + b"\xff" * 8 + payload
    return digest("transaction-id", chain, content), content + key.sign("transaction", chain, content)


proposal = (b"\x01" + b"\x02" + b"\x01" * 32 + u(640, 4) + text("pdo-300-850") + b"\x03"
            + b"\xaa" * 32 + b"\xbb" * 32 + u(0, 8))
identifier, signed = transaction(bureaus[0], 0, proposal)
vote_identifier, signed_vote = transaction(banks[0], 0, b"\x02" + identifier + b"\x01" + u(0, 8))
root = hashlib.sha256(b"\x01" + leaf(signed) + leaf(signed_vote)).digest()



def state_root(leaves, depth=0):
    """The trie over the bits of 256-bit keys in which a subtree of one key is its leaf."""
    if not leaves:
        return bytes(32)
    if len(leaves) == 1:
        (key, value), = leaves.items()
        return digest("state-leaf", b"", key + value)
    sides = [{}, {}]
    for key, value in leaves.items():
        sides[key[depth // 8] >> (7 - depth % 8) & 1][key] = value
    return digest(
        "state-node", b"", state_root(sides[0], depth + 1) + state_root(sides[1], depth + 1))


by_address = {key.address(chain): key for key in banks + bureaus}
records = {}
for role, title, keys in ((1, "bank", banks), (2, "bureau", bureaus)):
    for i, key in enumerate(keys):
        claim = text(f"{title} {i + 1}") + bytes([role]) + key.identity
        records[key.address(chain)] = claim + key.sign("possession", NAME.encode(), claim)
state = state_root({
    digest("state-key", b"member", address): digest("state-value", b"member", record)
    for address, record in records.items()})

voters = sorted(key.address(chain) for key in banks)
order = sorted(key.address(chain) for key in bureaus)
configuration = digest(
    "epoch-configuration", chain,
    u(0, 8) + count(3) + b"".join(address + u(1, 4) for address in voters) + b"\x01"
    + count(2) + b"".join(order) + u(40, 8))
empty = hashlib.sha256(b"").digest()
commitment = root + u(2, 4) + state + empty + empty
payload = count(2) + signed + signed_vote
header = (chain + u(0, 8) + u(1, 8) + u(1, 8) + u(START + 1000, 8) + chain + u(0, 8) + configuration
          + configuration + digest("state-commitment", chain, commitment)
          + digest("consensus-payload", chain, payload) + order[0] + b"\x00" + count(0))
block = digest("consensus-header", chain, header)


def statement(role):
    return bytes([role]) + u(0, 8) + u(1, 8) + block


def votes(role):
    """Banks 1 and 2 are the first quorum that bank 1 sees."""
    places = sorted(voters.index(key.address(chain)) for key in banks[:2])
    bitmap = bytearray(places[-1] // 8 + 1)
    out = b""
    for place in places:
        bitmap[place // 8] |= 1 << place % 8
        out += by_address[voters[place]].sign("consensus-statement", chain, statement(role))
    return statement(role) + data(bytes(bitmap)) + out


proof = count(0) + votes(1) + votes(3)
certificate = digest("certificate", chain, proof)
proposal_signature = by_address[order[0]].sign("consensus-statement", chain, statement(4))
header += commitment
body = genesis + count(1) + header + proposal_signature + payload + proof
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
