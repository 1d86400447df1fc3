// SPDX-License-Identifier: Apache-2.0

/// What of a recurrent network's outputs stands for a whole sequence.
///
/// A sequence without any step stands for zeros.
public enum SequencePooling: String, Codable, Hashable, Sendable, CaseIterable {
    /// The output behind the last step that each direction walks: the newest step forward, the
    /// oldest one backward.
    case last
    /// The mean over the steps.
    case mean
    /// The mean weighted by the softmax over the steps of `w h`, with weights `w` that are learned.
    ///
    /// D. Bahdanau, K. Cho and Y. Bengio, "Neural machine translation by jointly learning to align
    /// and translate", ICLR 2015, arXiv:1409.0473, with one fixed query.
    case attention
}
