// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Long expressions of tensors, scalars and literals must not slow down the compiler.
///
/// The compiler is run on them against the built module. What counts is its processor time beyond
/// that of a file that only imports the module, so that a busy machine makes no difference.
@Suite struct TypeCheckingTests {
    private static let source = """
        import LinearAlgebra

        func vectors(
            _ a: Vector<Double>, _ b: Vector<Double>, _ c: Vector<Double>, _ s: Double, _ t: Double
        ) -> Vector<Double> {
            2 * a + s * b - 4 * c / t + a * b - 1.5 * c + (a - 1) * (1 - b) / (2 + c) - t
        }

        func matrices(_ a: Matrix<Float>, _ b: Matrix<Float>, _ s: Float) -> Matrix<Float> {
            2 * a + 3 * b - 4 * a + 5 * b + (a - 1) * (b + 2) / (1 + a) - 7 * s * b
        }

        func inferred(_ a: Matrix<Double>, _ b: Matrix<Double>, _ s: Double) {
            let z = a + 2 * s * b - a * 3 * b / (s + 1) + (1 - a) * s - b * (2 * s - 1) + a - b
            _ = z
        }

        func masks(_ a: Vector<Double>, _ b: Vector<Double>, _ m: Matrix<Double>, _ i: Int) {
            let mask = (a .> 0) .& (b .< 1.5) .| .!(a .== 2) .^ (a .>= 2 * b)
            let sum = m[i, 0] + 2 * m[i + 1, i - 1] - m[0, 0] * m[i, 2] / (1 + m[1, i])
            let block = m[i..<5, 0...] + 2 * m[1..<3, i...] - m[...2, ..<i]
            _ = (a.replacing(with: 0, where: mask), sum, block)
        }

        func generic<let rank: Int, Scalar>(
            _ a: Tensor<rank, Scalar>, _ b: Tensor<rank, Scalar>, _ s: Scalar, _ t: Scalar
        ) -> Tensor<rank, Scalar> {
            s * a + t * b - s * a + s * b + (a - t) * (b + s) / (t + a) - t * a
        }
        """

    private static let products = Bundle.module.bundleURL.deletingLastPathComponent()
    private static let shims = products.appending(
        path: "../../checkouts/swift-numerics/Sources/_NumericsShims/include/module.modulemap")

    private static let compiler = (ProcessInfo.processInfo.environment["PATH"] ?? "")
        .split(separator: ":").map { "\($0)/swiftc" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private static var canRun: Bool {
        compiler != nil && FileManager.default.fileExists(atPath: shims.standardizedFileURL.path)
    }

    @Test(.enabled(if: canRun, "needs swiftc and a SwiftPM build folder"))
    func functionsTakeUnderAFifthOfASecondEach() throws {
        let functionCount = Double(Self.source.split(separator: "\nfunc ").count - 1)
        // The least of some runs: caches and other programs only ever add to it.
        var (least, leastOfImport) = (Double.infinity, Double.infinity)
        for _ in 0..<4 {
            let (output, seconds) = try typeCheck(Self.source)
            #expect(output == "")
            least = min(least, seconds)
            leastOfImport = min(leastOfImport, try typeCheck("import LinearAlgebra").seconds)
            if least - leastOfImport < 0.2 * functionCount { return }
        }
        Issue.record("\(least) s, \(leastOfImport) s of them to import")
    }

    @Test(.enabled(if: canRun, "needs swiftc and a SwiftPM build folder"))
    func ranksAndScalarsAreTyped() throws {
        let wrong = [
            "func f(_ a: Vector<Double>, _ b: Matrix<Double>) { _ = a + b }",
            "func f(_ a: Vector<Double>, _ b: Vector<Float>) { _ = a + b }",
            "func f(_ a: Vector<Double>, _ b: Matrix<Double>) { _ = a.dot(b) }",
            "func f(_ a: Vector<Int>) {}",
            "func f(_ a: Vector<Double>) { _ = try? a.cholesky() }",
        ]
        for line in wrong {
            let output = try typeCheck("import LinearAlgebra\n" + line).output
            #expect(output.contains("error:"), "\(line)")
            #expect(!output.contains("module"), "\(output)")
        }
    }

    /// What the compiler says, and the processor time that it takes.
    private func typeCheck(_ source: String) throws -> (output: String, seconds: Double) {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "expressions-\(UUID().uuidString).swift")
        try source.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources").standardizedFileURL.path
        let maps =
            ["CCreditBLAS", "CCreditLAPACKE", "CCreditZlib"].map {
                "\(sources)/\($0)/module.modulemap"
            } + [
                Self.products.appending(path: "CCreditKernels.build/module.modulemap").path,
                Self.shims.standardizedFileURL.path,
            ]
        let report = file.appendingPathExtension("time")
        defer { try? FileManager.default.removeItem(at: report) }
        let process = Process()
        // The shell's `time` tells the processor time of this child alone, whatever else runs.
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments =
            [
                "-c", #"TIMEFORMAT='%U %S'; { time "${@:2}" 2>&3; } 3>&2 2>"$1""#, "typecheck",
                report.path, try #require(Self.compiler), "-typecheck", file.path,
                "-I", Self.products.appending(path: "Modules").path,
            ] + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let seconds = try String(contentsOf: report, encoding: .utf8)
            .split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
        #expect(seconds.count == 2)
        return (String(decoding: output, as: UTF8.self), seconds.reduce(0, +))
    }
}
