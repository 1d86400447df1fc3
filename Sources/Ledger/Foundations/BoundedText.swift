// SPDX-License-Identifier: Apache-2.0

/// Checks a name that goes into hashed bytes: 1 to 64 bytes of UTF-8 without control characters.
func checkName(_ text: String, _ what: String) throws(LedgerError) {
    let count = text.utf8.count
    guard (1...64).contains(count) else {
        throw LedgerError(.invalidValue, "\(what) has \(count) bytes, not 1 to 64")
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
        throw LedgerError(.invalidValue, "\(what) has a control character")
    }
}

/// Checks a currency code of ISO 4217: three capital letters.
func checkCurrency(_ text: String) throws(LedgerError) {
    guard text.utf8.count == 3, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
        throw LedgerError(.invalidValue, "'\(text)' is no currency of three capital letters")
    }
}
