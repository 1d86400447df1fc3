#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes Tests/LedgerTests/Golden/proofs.json: compact ranges, checkpoints and state trees.

An independent construction with hashlib and cryptography's Ed25519, straight from the definitions:
recursion over leaves and keys, no levels and no shared subtrees.
Usage: python3 Scripts/golden/ledger_proofs.py
"""
import base64
import hashlib
import json
import pathlib
import platform

import cryptography
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ZERO = bytes(32)


def sha(data):
    return hashlib.sha256(data).digest()


def domain(tag, context=b""):
    text = ("swift-credit." + tag).encode()
    return bytes([len(text)]) + text + b"\x00\x01" + bytes([len(context)]) + context


def leaves(count):
    return [f"leaf {i}".encode() for i in range(count)]


def root(items):
    if not items:
        return sha(b"")
    if len(items) == 1:
        return sha(b"\x00" + items[0])
    split = 1
    while split * 2 < len(items):
        split *= 2
    return sha(b"\x01" + root(items[:split]) + root(items[split:]))


def compact(start, end):
    """The hashes of the largest aligned subtrees that lie in the range, by trying all."""
    found = []
    while start < end:
        size = 1
        while start % (size * 2) == 0 and start + size * 2 <= end:
            size *= 2
        found.append(root(leaves(end)[start:start + size]).hex())
        start += size
    return found


class Key:
    def __init__(self, name, kind, seed):
        self.name, self.kind = name, kind
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.id = sha(name.encode() + b"\n" + bytes([kind]) + public)[:4]
        self.verifier = f"{name}+{self.id.hex()}+" + base64.b64encode(
            bytes([kind]) + public).decode()

    def line(self, text, time=0):
        if self.kind == 4:
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
            signature = time.to_bytes(8, "big") + self.private.sign(message)
        else:
            signature = self.private.sign(text.encode())
        return f"\u2014 {self.name} " + base64.b64encode(self.id + signature).decode() + "\n"


log = Key("credit.example/log", 1, bytes([1, 0]) + b"\x07" * 30)
witnesses = [Key(f"witness{i}.example", 4, bytes([2, i]) + b"\x07" * 30) for i in range(3)]
body = "credit.example/log\n23\n" + base64.b64encode(root(leaves(23))).decode() + "\nextra line\n"
note = body + "\n" + log.line(body) + "".join(
    key.line(body, 1_700_000_000 + i) for i, key in enumerate(witnesses))


def state_key(kind, name):
    return sha(domain("ledger.state-key", kind.encode()) + name)


def bit(key, depth):
    return key[depth // 8] >> (7 - depth % 8) & 1


def state_root(pairs, depth=0):
    if not pairs:
        return ZERO
    if len(pairs) == 1:
        return sha(domain("ledger.state-leaf") + pairs[0][0] + pairs[0][1])
    left = [pair for pair in pairs if not bit(pair[0], depth)]
    right = [pair for pair in pairs if bit(pair[0], depth)]
    return sha(domain("ledger.state-node")
               + state_root(left, depth + 1) + state_root(right, depth + 1))


pairs = [(state_key("score", f"borrower {i}".encode()), sha(f"value {i}".encode()))
         for i in range(50)]

output = {
    "made by": f"Scripts/golden/ledger_proofs.py, Python {platform.python_version()}, "
               f"cryptography {cryptography.__version__}; keys of seeds [kind, index, 7 x 30]",
    "roots": [root(leaves(n)).hex() for n in range(34)],
    "ranges": [{"start": s, "end": e, "hashes": compact(s, e)}
               for s in range(0, 20) for e in range(s, 34, 3)],
    "verifierKeys": [key.verifier for key in [log] + witnesses],
    "note": note,
    "stateRoots": [state_root(pairs[:n]).hex() for n in range(51)],
}
path = pathlib.Path(__file__).resolve().parents[2] / "Tests/LedgerTests/Golden/proofs.json"
path.write_text(json.dumps(output, indent=1, ensure_ascii=False) + "\n")
