// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// The widest vector instructions of a processor.
package enum ProcessorFeatures: Int, Comparable, Sendable {
    case baseline
    case avx2
    case avx512

    /// This machine's.
    static var current: ProcessorFeatures {
        switch credit_vector_level() {
        case 4: .avx512
        case 3: .avx2
        default: .baseline
        }
    }

    /// What OpenBLAS's kernels for `coreType` use; nil for a name that is not known here.
    init?(coreType: String) {
        switch coreType.lowercased() {
        case "skylakex", "cooperlake", "sapphirerapids": self = .avx512
        case "haswell", "zen", "excavator": self = .avx2
        case "prescott", "core2", "penryn", "dunnington", "nehalem", "sandybridge", "atom",
            "katmai", "coppermine", "northwood", "banias", "athlon", "opteron", "opteron_sse3",
            "barcelona", "bobcat", "bulldozer", "piledriver", "steamroller", "nano", "generic":
            self = .baseline
        default: return nil
        }
    }

    package static func < (a: ProcessorFeatures, b: ProcessorFeatures) -> Bool {
        a.rawValue < b.rawValue
    }
}

extension BLASRuntime {
    /// The remark on kernels that use less than the processor has; nil when all is well.
    package static func advice(
        coreType: String?, processor: ProcessorFeatures, isPinned: Bool
    ) -> String? {
        guard let coreType else {
            return """
                the BLAS in use is not OpenBLAS, which is several times faster on large matrices: \
                install libopenblas0-pthread
                """
        }
        guard let kernels = ProcessorFeatures(coreType: coreType), kernels < processor else {
            return nil
        }
        let problem = "OpenBLAS runs its \(coreType) kernels on a processor with \(processor.name)"
        return isPinned
            ? "\(problem): unset the environment variable OPENBLAS_CORETYPE"
            : """
            \(problem): a newer OpenBLAS may know this processor, or set the environment variable \
            OPENBLAS_CORETYPE to \(processor == .avx512 ? "SkylakeX" : "Haswell")
            """
    }
}

extension ProcessorFeatures {
    fileprivate var name: String {
        switch self {
        case .baseline: "SSE2"
        case .avx2: "AVX2"
        case .avx512: "AVX-512"
        }
    }
}
