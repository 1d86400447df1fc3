// SPDX-License-Identifier: Apache-2.0

import CCreditKernels
import Glibc
import LinearAlgebra
import Testing

@Suite(.serialized) struct BLASRuntimeTests {
    @Test func describesTheLibraryInUse() {
        let runtime = BLASRuntime.current
        let threads = runtime.threadCount == 1 ? "1 thread" : "\(runtime.threadCount) threads"
        #expect(runtime.description.hasSuffix(", \(threads)"))
        switch runtime.vendor {
        case .openBLAS:
            #expect(runtime.description.hasPrefix("OpenBLAS \(runtime.version ?? "?"), "))
            #expect(runtime.coreType != nil)
        case .reference:
            #expect(runtime.description == "reference BLAS, 1 thread")
            #expect(runtime.advice?.contains("libopenblas0-pthread") == true)
        }
    }

    /// Where the file name tells, the report agrees with the library that the loader chose.
    @Test func vendorIsThatOfTheLoadedProduct() throws {
        let file = try #require(credit_library_of("cblas_dgemm"))
        let resolved = try #require(realpath(file, nil))
        defer { free(resolved) }
        switch String(cString: resolved) {
        case let path where path.contains("openblas"):
            #expect(BLASRuntime.current.vendor == .openBLAS)
        case let path where path.contains("/blas/"):
            #expect(BLASRuntime.current.vendor == .reference)
        default: break
        }
    }

    @Test func threadCountIsSettable() {
        let before = BLASRuntime.current.threadCount
        defer { BLASRuntime.setThreadCount(before) }
        let a = Matrix<Double>.random(.normal, shape: [80, 80], seed: 1)
        var products: [Matrix<Double>] = []
        for count in [1, 2] {
            BLASRuntime.setThreadCount(count)
            if BLASRuntime.current.vendor == .openBLAS {
                #expect(BLASRuntime.current.threadCount == count)
            }
            products.append(a.matmul(a))
        }
        #expect((products[0] - products[1]).norm() < 1e-10)
    }

    @Test func adviceNamesTheRemedy() {
        typealias Case = (String?, ProcessorFeatures, Bool, String?)
        let cases: [Case] = [
            ("Haswell", .avx512, true, "unset the environment variable OPENBLAS_CORETYPE"),
            ("Haswell", .avx512, false, "OPENBLAS_CORETYPE to SkylakeX"),
            ("Prescott", .avx2, false, "OPENBLAS_CORETYPE to Haswell"),
            ("SkylakeX", .avx512, false, nil), ("Zen", .avx2, false, nil),
            ("Haswell", .avx2, true, nil), ("NEOVERSEN1", .baseline, false, nil),
            (nil, .avx2, false, "not OpenBLAS"),
        ]
        for (coreType, processor, isPinned, expected) in cases {
            let advice = BLASRuntime.advice(
                coreType: coreType, processor: processor, isPinned: isPinned)
            if let expected {
                #expect(advice?.contains(expected) == true, "\(coreType ?? "none")")
            } else {
                #expect(advice == nil)
            }
        }
    }

    @Test func versionIsReadFromTheConfiguration() {
        #expect(BLASRuntime.version(inConfiguration: "OpenBLAS 0.3.21 DYNAMIC_ARCH") == "0.3.21")
        #expect(BLASRuntime.version(inConfiguration: "OpenBLAS NO_LAPACKE") == nil)
        #expect(BLASRuntime.version(inConfiguration: "") == nil)
    }
}
