// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels
internal import Glibc

/// The BLAS library that this process has loaded.
///
/// The package links plain `blas`, so the library is chosen when the process starts: by
/// `update-alternatives`, or by `LD_LIBRARY_PATH` for one run.
public struct BLASRuntime: Sendable, Hashable, CustomStringConvertible {
    /// Who made the library.
    public enum Vendor: String, Sendable, Hashable, Codable {
        /// Netlib's reference implementation, or another without OpenBLAS's interface.
        case reference

        /// OpenBLAS.
        case openBLAS
    }

    /// Who made the library.
    public let vendor: Vendor

    /// The version, such as `0.3.21`; nil when the library does not tell.
    public let version: String?

    /// The processor that the kernels in use were written for, such as `Haswell`.
    public let coreType: String?

    /// How many threads a call may use.
    public let threadCount: Int

    /// A remark on a slow set-up, or nil.
    public let advice: String?

    /// The library as it is now.
    ///
    /// - Complexity: A few symbol look-ups; not for inner loops.
    public static var current: BLASRuntime { BLASRuntime() }

    /// Sets how many threads a call may use, for the whole process.
    ///
    /// Does nothing for a library without threads. Not to be called while products or
    /// factorisations run on other threads.
    ///
    /// - Precondition: `count` is in `1...Int32.max`.
    public static func setThreadCount(_ count: Int) {
        precondition(count >= 1 && count <= Int32.max, "\(count) threads")
        typealias Function = @convention(c) (Int32) -> Void
        symbol("openblas_set_num_threads", Function.self)?(Int32(count))
    }

    /// Such as `OpenBLAS 0.3.21, Haswell kernels, 2 threads` or `reference BLAS, 1 thread`.
    public var description: String {
        var parts = [vendor == .openBLAS ? "OpenBLAS" : "reference BLAS"]
        if let version { parts[0] += " \(version)" }
        if let coreType { parts.append("\(coreType) kernels") }
        parts.append(threadCount == 1 ? "1 thread" : "\(threadCount) threads")
        return parts.joined(separator: ", ")
    }

    init() {
        typealias Text = @convention(c) () -> UnsafePointer<CChar>?
        typealias Number = @convention(c) () -> Int32
        func text(_ name: String) -> String? {
            Self.symbol(name, Text.self)?().map { String(cString: $0) }
        }
        let configuration = text("openblas_get_config")
        vendor = configuration == nil ? .reference : .openBLAS
        version = configuration.flatMap(Self.version(inConfiguration:))
        coreType = text("openblas_get_corename")
        threadCount = Self.symbol("openblas_get_num_threads", Number.self).map { Int($0()) } ?? 1
        advice = Self.advice(
            coreType: coreType, processor: ProcessorFeatures.current,
            isPinned: getenv("OPENBLAS_CORETYPE") != nil)
    }

    /// The version in OpenBLAS's configuration, such as `OpenBLAS 0.3.21 NO_LAPACKE ...`.
    package static func version(inConfiguration configuration: String) -> String? {
        let words = configuration.split(separator: " ")
        guard words.count > 1, words[0] == "OpenBLAS", words[1].first?.isNumber == true else {
            return nil
        }
        return String(words[1])
    }

    /// A function of the library that serves `cblas_dgemm`, or of one that it depends on.
    ///
    /// A plain look-up would also find an OpenBLAS that only LAPACK uses.
    private static func symbol<Function>(_ name: String, _ type: Function.Type) -> Function? {
        guard let library = UnsafeMutableRawPointer(bitPattern: library) else { return nil }
        return dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }

    /// The handle of that library, as bits; 0 when it cannot be told.
    private static let library: UInt = {
        guard let file = credit_library_of("cblas_dgemm"),
            let handle = dlopen(file, RTLD_LAZY | RTLD_NOLOAD)
        else { return 0 }
        return UInt(bitPattern: handle)
    }()
}
