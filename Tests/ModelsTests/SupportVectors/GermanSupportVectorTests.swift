// SPDX-License-Identifier: Apache-2.0

import Foundation
import LinearAlgebra
import Models
import Testing
import _CreditTestSupport

@Suite(
    "SV1: kernel machines on German credit, against LIBSVM",
    .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
struct GermanSupportVectorTests {
    private struct Machine: Decodable {
        var n_sv: [Int]
        var dual_abs_sum: Double
        var decision_first10: [Double]
    }

    private struct Region: Decodable {
        var n_sv: Int
        var decision_first10: [Double]
    }

    private struct Golden: Decodable {
        var svc_rbf_C1_g1_24, svc_linear_C01, svc_poly3, nusvc_04: Machine
        var oneclass_nu01: Region
    }

    private let golden: Golden
    private let training: Matrix<Double>
    private let labels: [Bool]
    private let test: Matrix<Double>
    private let solver = SupportVectorSolver(tolerance: 1e-6)

    init() throws {
        golden = try SharedData.json("golden/models_german_parity.json")
        let german = try GermanNumeric()
        let rows = Array(0..<1000)
        let kept = rows.filter { $0 % 5 != 0 }
        training = german.standardised.gatheringRows(kept)
        labels = kept.map { german.isBad[$0] }
        test = german.standardised.gatheringRows(rows.filter { $0 % 5 == 0 })
    }

    private func check(
        _ formulation: SupportVectorClassifier.Formulation, _ kernel: KernelFunction,
        _ expected: Machine, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let model = try SupportVectorClassifier(
            formulation, kernel: kernel, probabilities: .logistic, solver: solver
        ).fit(features: training, labels: labels)
        #expect(model.supportCounts == expected.n_sv, sourceLocation: sourceLocation)
        expectClose(
            Array(try model.decisionValues(test).elements.prefix(10)), expected.decision_first10,
            absolute: 1e-4, sourceLocation: sourceLocation)
        let sum = model.dualCoefficients.elements.reduce(0) { $0 + abs($1) }
        expectClose(sum, expected.dual_abs_sum, relative: 1e-5, sourceLocation: sourceLocation)
    }

    @Test("radial")
    func radial() throws {
        try check(.c(1), .radialBasis(gamma: .perColumn), golden.svc_rbf_C1_g1_24)
    }

    @Test("linear")
    func linear() throws { try check(.c(0.1), .linear, golden.svc_linear_C01) }

    @Test("polynomial")
    func polynomial() throws {
        try check(
            .c(1), .polynomial(degree: 3, gamma: .perColumn, offset: 1), golden.svc_poly3)
    }

    @Test("nu")
    func nu() throws { try check(.nu(0.4), .radialBasis(gamma: .perColumn), golden.nusvc_04) }

    @Test("one class")
    func oneClass() throws {
        let model = try OneClassSupportVectorMachine(
            nu: 0.1, kernel: .radialBasis(gamma: .perColumn), solver: solver
        ).fit(features: training)
        #expect(model.supportRows.count == golden.oneclass_nu01.n_sv)
        expectClose(
            Array(try model.decisionValues(test).prefix(10)),
            golden.oneclass_nu01.decision_first10, absolute: 1e-4)
    }
}
