// SPDX-License-Identifier: Apache-2.0

/// The kind of a recurrent network's cell.
///
/// With the input `x`, the output `h` of the step before and the logistic function `σ`:
///
/// - LSTM: `i, f, o = σ(W x + U h + b)`, `g = tanh(W x + U h + b)`, each with weights of its own;
///   the cell `c' = f c + i g`, the output `h' = o tanh(c')`.
/// - GRU: `r, z = σ(W x + U h + b)`, `n = tanh(W x + b + r (U h + b'))`, the output
///   `h' = (1 - z) n + z h`.
///
/// S. Hochreiter and J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997), DOI
/// 10.1162/neco.1997.9.8.1735; K. Cho et al., "Learning phrase representations using RNN
/// encoder-decoder", EMNLP 2014, DOI 10.3115/v1/D14-1179, with the reset gate behind the product,
/// as PyTorch, Keras and ONNX (`linear_before_reset`) have it.
public enum RecurrentCell: String, Codable, Hashable, Sendable, CaseIterable {
    /// Long short-term memory.
    case lstm
    /// Gated recurrent unit.
    case gru

    /// The blocks of weights of a unit: i, f, g, o of an LSTM; n, r, z (of the input) and r, z, n
    /// (of the output before) of a GRU.
    var gateCount: Int { self == .lstm ? 4 : 3 }

    /// Where the products with the output before begin among the four columns of a unit's gates.
    var recurrentColumn: Int { 4 - gateCount }
}
