// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension SupportVectorRegressor: CanonicalContent {
    /// `support-vector-regression.1`.
    public static var kind: String { "support-vector-regression.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        switch formulation {
        case .epsilon(let c, let width):
            encoder.encode(UInt8(0))
            encoder.encode(c)
            encoder.encode(width)
        case .nu(let c, let nu):
            encoder.encode(UInt8(1))
            encoder.encode(c)
            encoder.encode(nu)
        }
        kernel.encode(to: &encoder)
        solver.encode(to: &encoder)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        let (c, second) = (try decoder.decodeDouble(), try decoder.decodeDouble())
        switch tag {
        case 0: self.init(.epsilon(c: c, width: second))
        case 1: self.init(.nu(c: c, nu: second))
        default: throw decoder.error("formulation \(tag) is unknown")
        }
        kernel = try KernelFunction(from: &decoder)
        solver = try SupportVectorSolver(from: &decoder)
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension SupportVectorRegressorModel: CanonicalContent {
    /// `support-vector-regression-model.1`.
    public static var kind: String { "support-vector-regression-model.1" }

    /// The canonical bytes of the recipe and of the machine.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(supportRows) { $0.encode($1) }
        expansion.encode(to: &encoder)
        encoder.encode(width)
        encoder.encode(objective)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try SupportVectorRegressor(from: &decoder)
        let names = try decoder.decodeStrings()
        let rows = try decoder.decodeAscendingRows()
        guard !names.isEmpty else { throw decoder.error("a model without features") }
        let expansion = try KernelExpansion(
            recipe.kernel, count: rows.count, width: names.count, machines: 1, from: &decoder)
        let (width, objective) = (try decoder.decodeDouble(), try decoder.decodeDouble())
        guard width.isFinite, objective.isFinite else {
            throw decoder.error("a width of \(width) and an objective of \(objective)")
        }
        self.init(
            recipe: recipe, featureNames: names, supportRows: rows, expansion: expansion,
            width: width, objective: objective)
    }
}
