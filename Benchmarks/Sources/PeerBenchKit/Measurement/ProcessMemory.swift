// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Begins a new count of the peak, and gives the bytes in memory now.
func resetPeak() throws(BenchmarkError) -> Double {
    guard let file = fopen("/proc/self/clear_refs", "w") else {
        throw BenchmarkError(code: .data, message: "cannot open /proc/self/clear_refs")
    }
    let written = fputs("5", file)
    guard fclose(file) == 0, written >= 0 else {
        throw BenchmarkError(code: .data, message: "cannot reset the peak of memory")
    }
    return try memory("VmRSS")
}

/// The bytes that `/proc/self/status` tells under `name`.
func memory(_ name: String) throws(BenchmarkError) -> Double {
    guard let file = fopen("/proc/self/status", "r") else {
        throw BenchmarkError(code: .data, message: "cannot open /proc/self/status")
    }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
        let text = String(
            decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard text.hasPrefix("\(name):") else { continue }
        if let kibibytes = text.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Double($0) }
        ) {
            return kibibytes * 1024
        }
    }
    throw BenchmarkError(code: .data, message: "/proc/self/status has no \(name)")
}
