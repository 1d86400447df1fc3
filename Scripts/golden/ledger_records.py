#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LedgerTests/Golden/records.json: a sealed record and a disclosure, made a second time.

RFC 9180's base mode with X25519, HKDF-SHA256 and AES-256-GCM from its definition, on cryptography's
primitives. Usage: python3 Scripts/golden/ledger_records.py
"""
import hashlib
import hmac
import json
import pathlib
import platform

import cryptography
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEM = b"KEM\x00\x20"
SUITE = b"HPKE\x00\x20\x00\x01\x00\x02"


def sha(data):
    return hashlib.sha256(data).digest()


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def extract(suite, salt, label, data):
    return mac(salt or bytes(32), b"HPKE-v1" + suite + label + data)


def expand(suite, key, label, info, length):
    text = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    out, block, counter = b"", b"", 1
    while len(out) < length:
        block = mac(key, block + text + bytes([counter]))
        out, counter = out + block, counter + 1
    return out[:length]


def raw(public):
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def seal(public, info, plain, ephemeral):
    sender = X25519PrivateKey.from_private_bytes(ephemeral)
    encapsulated = raw(sender.public_key())
    secret = extract(KEM, b"", b"eae_prk", sender.exchange(public))
    secret = expand(KEM, secret, b"shared_secret", encapsulated + raw(public), 32)
    context = (b"\x00" + extract(SUITE, b"", b"psk_id_hash", b"")
               + extract(SUITE, b"", b"info_hash", info))
    secret = extract(SUITE, secret, b"secret", b"")
    key = expand(SUITE, secret, b"key", context, 32)
    nonce = expand(SUITE, secret, b"base_nonce", context, 12)
    return encapsulated, AESGCM(key).encrypt(nonce, plain, b"")


def data(value):
    head, count = b"", len(value)
    while count >= 0x80:
        head, count = head + bytes([count & 0x7F | 0x80]), count >> 7
    return head + bytes([count]) + value


def domain(tag, context=b""):
    return data(b"swift-credit.ledger." + tag.encode()) + b"\x00\x01" + data(context)


def leaf(message):
    return sha(b"\x00" + message)


def node(left, right):
    return sha(b"\x01" + left + right)


chain, identifier, salt, key = b"\x09" * 32, b"\x05" * 32, b"\x06" * 32, b"\x08" * 32
owner, consent = b"\x01" * 20, b"\x02" * 32
private = X25519PrivateKey.from_private_bytes(b"\x03" * 32)
fields = [
    data(b"city") + b"\x03" + data("Zürich".encode()),
    data(b"defaulted") + b"\x01\x00",
    data(b"income") + b"\x02" + (420000).to_bytes(8, "big"),
]
salts = [mac(salt, domain("field-salt") + i.to_bytes(8, "big")) for i in range(3)]
leaves = [leaf(s + f) for s, f in zip(salts, fields)]
root = node(node(leaves[0], leaves[1]), leaves[2])
schema = data(b"income.v1")
commitment = sha(domain("record-commitment", chain)
                 + identifier + schema + (3).to_bytes(4, "big") + root)
context = domain("sealed-record", chain) + identifier + schema + commitment
plain = salt + schema + b"\x03" + b"".join(fields)
nonce = b"\x0a" * 12
box = nonce + AESGCM(key).encrypt(nonce, plain, context)
wrapped = b""
for number, reference in enumerate((b"\x00", b"\x01" + consent)):
    info = domain("record-key", chain) + identifier + owner + reference
    encapsulated, closed = seal(private.public_key(), info, key, bytes([20 + number]) * 32)
    wrapped += owner + reference + b"\x01" + data(encapsulated) + data(closed)
disclosure = (chain + identifier + schema + (3).to_bytes(4, "big") + b"\x01" + fields[2] + salts[2]
              + (2).to_bytes(8, "big") + (3).to_bytes(8, "big") + b"\x01" + node(leaves[0], leaves[1]))

output = {
    "made by": f"Scripts/golden/ledger_records.py, Python {platform.python_version()}, "
               f"cryptography {cryptography.__version__}",
    "privateKey": (b"\x03" * 32).hex(),
    "sealed": (chain + identifier + schema + commitment + data(box) + b"\x02" + wrapped).hex(),
    "commitment": commitment.hex(),
    "disclosure": disclosure.hex(),
}
path = pathlib.Path(__file__).resolve().parents[2] / "Tests/LedgerTests/Golden/records.json"
path.write_text(json.dumps(output, indent=1) + "\n")
