// SPDX-License-Identifier: Apache-2.0

/// Where the states come from that a Boltzmann machine learns to make less likely.
public enum NegativePhase: Codable, Hashable, Sendable {
    /// `steps` Gibbs steps from the rows of the batch: contrastive divergence, CD-k.
    ///
    /// G. E. Hinton, "Training products of experts by minimizing contrastive divergence", Neural
    /// Computation 14 (2002), doi:10.1162/089976602760128018.
    case contrastiveDivergence(steps: Int = 1)
    /// `steps` Gibbs steps of chains that go on from batch to batch, one for each of its rows.
    ///
    /// T. Tieleman, "Training restricted Boltzmann machines using approximations to the likelihood
    /// gradient", ICML 2008, doi:10.1145/1390156.1390290.
    case persistent(steps: Int = 1)

    /// The Gibbs steps of a batch.
    var steps: Int {
        switch self {
        case .contrastiveDivergence(let steps), .persistent(let steps): steps
        }
    }

    var isPersistent: Bool {
        if case .persistent = self { true } else { false }
    }
}
