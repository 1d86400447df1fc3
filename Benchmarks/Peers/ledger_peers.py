# SPDX-License-Identifier: Apache-2.0
"""Python's hashlib and SQLite on the ledger."""

from feature_files import journal_entries
from workloads import count


def merkle(directory, size, threads):
    """RFC 9162 by Python's hashlib, which calls OpenSSL for every hash."""
    from hashlib import sha256

    data = (directory / "ledger_leaves_u8.bin").read_bytes()
    leaves = [b"\0" + data[i : i + 64] for i in range(0, 64 * count(size), 64)]
    result = {}

    def work():
        hashes = [sha256(leaf).digest() for leaf in leaves]
        levels = [hashes]
        while len(hashes) > 1:
            pairs = zip(hashes[::2], hashes[1::2])
            odd = hashes[-1:] if len(hashes) % 2 else []
            hashes = [sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
            levels.append(hashes)
        result["levels"] = levels

    return work, lambda: {"check": float(int.from_bytes(result["levels"][-1][0][:6], "big"))}


def append(directory, size, threads):
    """Entries with their SHA-256 into a table of SQLite, a thousand in a flushed transaction.

    It hashes each entry once and signs nothing, so it does less than a chain does.
    """
    import hashlib
    import sqlite3
    import tempfile

    lines = journal_entries(directory, size)
    folder = tempfile.TemporaryDirectory()
    table = sqlite3.connect(f"{folder.name}/table", isolation_level=None)
    table.execute("PRAGMA journal_mode = WAL")
    table.execute("PRAGMA synchronous = FULL")
    table.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, hash BLOB, bytes BLOB)")

    def work():
        for start in range(0, len(lines), 1000):
            table.execute("BEGIN")
            table.executemany(
                "INSERT INTO entry (hash, bytes) VALUES (?, ?)",
                (
                    (hashlib.sha256(b"\0" + line).digest(), line)
                    for line in lines[start : start + 1000]
                ),
            )
            table.execute("COMMIT")

    def quality():
        (count,) = table.execute("SELECT count(*) FROM entry").fetchone()
        table.close()
        folder.cleanup()
        return {"entries": count}

    return work, quality
