// SPDX-License-Identifier: Apache-2.0

extension Lender {
    /// A lender to whom losses weigh little more than gains; tau 0.55, chi 0.95, lambda 1.5.
    ///
    /// The numbers are this library's own choice; see ``Lender``.
    public static let opportunistic = Lender(unchecked: (tau: 0.55, chi: 0.95, lambda: 1.5))

    /// A lender of the usual loss aversion; tau 0.5, chi 0.9, lambda 2.25.
    ///
    /// The exponents are those of the paper's worked example and lambda is Tversky and Kahneman's;
    /// to call them neutral is this library's own choice; see ``Lender``.
    public static let neutral = Lender(unchecked: (tau: 0.5, chi: 0.9, lambda: 2.25))

    /// A lender to whom a loss weighs three and a half gains; tau 0.45, chi 0.85, lambda 3.5.
    ///
    /// The numbers are this library's own choice; see ``Lender``.
    public static let riskAverse = Lender(unchecked: (tau: 0.45, chi: 0.85, lambda: 3.5))
}
