// SPDX-License-Identifier: Apache-2.0

import Models
import Testing
import _CreditTestSupport

@Suite("RB2: a deep belief network beside a support vector machine, as in paper 001")
struct NoiseStudyTests {
    static let belief = DeepBeliefNetwork(
        hiddenCounts: [32, 16], pretrainingEpochs: 20,
        fineTuning: NetworkTraining(
            epochLimit: 40, optimiser: .adamW(learningRate: 0.005, weightDecay: 0.1)), seed: 1)
    static let machine = SupportVectorClassifier(.c(1), probabilities: .logistic)

    @Test(
        "Australian credit: neither is better by more than .05, with noise and without",
        .enabled(if: SharedData.isAvailable, SharedData.skipMessage))
    func australian() throws {
        let study = try NoiseStudy.australian()
        #expect(study.rows.count == 690)
        let disturbances: [NoiseStudy.Disturbance] = [.none, .noise(0.5), .missing(0.2)]
        let belief = try study.results(
            of: Self.belief, under: disturbances, foldCount: 5, seeds: [1])
        let machine = try study.results(
            of: Self.machine, under: disturbances, foldCount: 5, seeds: [1])
        for (index, disturbance) in disturbances.enumerated() {
            let (belief, machine) = (belief[index], machine[index])
            #expect(belief.accuracy > 0.75 && machine.accuracy > 0.75)
            #expect(
                abs(belief.accuracy - machine.accuracy) < 0.05,
                "\(disturbance): \(belief.accuracy) and \(machine.accuracy)")
        }
    }

    @Test("synthetic enterprises: the paper's gap does not show")
    func enterprises() throws {
        let study = NoiseStudy.enterprises(seed: 4)
        let belief = try study.results(
            of: Self.belief, under: [.none], foldCount: 5, seeds: [1, 2])[0]
        let machine = try study.results(
            of: Self.machine, under: [.none], foldCount: 5, seeds: [1, 2])[0]
        #expect(belief.accuracy > 0.72 && machine.accuracy > 0.72)
        #expect(abs(belief.accuracy - machine.accuracy) < 0.05)
    }
}
