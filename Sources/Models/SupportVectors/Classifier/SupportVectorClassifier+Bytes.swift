// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension SupportVectorClassifier: CanonicalContent {
    /// `support-vectors.1`.
    public static var kind: String { "support-vectors.1" }

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
        case .c(let c):
            encoder.encode(UInt8(0))
            encoder.encode(c)
        case .nu(let nu):
            encoder.encode(UInt8(1))
            encoder.encode(nu)
        }
        kernel.encode(to: &encoder)
        classWeighting.encode(to: &encoder)
        probabilities.encode(to: &encoder)
        encoder.encode(prediction.rawValue)
        solver.encode(to: &encoder)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let formulation: Formulation
        switch try decoder.decodeUInt8() {
        case 0: formulation = .c(try decoder.decodeDouble())
        case 1: formulation = .nu(try decoder.decodeDouble())
        case let tag: throw decoder.error("formulation \(tag) is unknown")
        }
        self.init(formulation)
        kernel = try KernelFunction(from: &decoder)
        classWeighting = try ClassWeighting(from: &decoder)
        probabilities = try SupportVectorProbabilities(from: &decoder)
        prediction = try decoder.decodeCase()
        solver = try SupportVectorSolver(from: &decoder)
        seed = try decoder.decodeUInt64()
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension SupportVectorModel: CanonicalContent {
    /// `support-vectors-model.1`.
    public static var kind: String { "support-vectors-model.1" }

    /// The canonical bytes of the recipe and of the machines.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads a model and checks it.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        recipe.encode(to: &encoder)
        encoder.encode(classes) { $0.encode($1) }
        encoder.encode(featureNames) { $0.encode($1) }
        encoder.encode(fittedClasses) { $0.encode($1) }
        encoder.encode(supportRows) { $0.encode($1) }
        encoder.encode(supportClasses) { $0.encode($1) }
        expansion.encode(to: &encoder)
        encoder.encode(objectives) { $0.encode($1) }
        for calibration in calibrations { calibration.encode(to: &encoder) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try SupportVectorClassifier(from: &decoder)
        let classes = try decoder.decodeStrings()
        let names = try decoder.decodeStrings()
        let fitted = try decoder.decodeAscendingRows()
        let rows = try decoder.decodeAscendingRows()
        let codes = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try decoder.decodeInt()
        }
        guard Set(classes).count == classes.count, fitted.count >= 2,
            fitted.allSatisfy({ classes.indices.contains($0) }), !names.isEmpty,
            codes.count == rows.count, codes.allSatisfy({ fitted.contains($0) })
        else {
            throw decoder.error(
                "\(codes.count) classes of \(rows.count) support vectors, of the classes \(classes)"
            )
        }
        let machines = fitted.count * (fitted.count - 1) / 2
        let expansion = try KernelExpansion(
            recipe.kernel, count: rows.count, width: names.count, machines: machines,
            from: &decoder)
        let objectives = try decoder.decodeDoubles()
        guard objectives.count == machines, objectives.allSatisfy(\.isFinite) else {
            throw decoder.error("\(objectives.count) objectives of \(machines) machines")
        }
        var calibrations: [DecisionCalibration] = []
        for _ in 0..<machines {
            calibrations.append(try DecisionCalibration(recipe.probabilities, from: &decoder))
        }
        self.init(
            recipe: recipe, classes: classes, featureNames: names, fittedClasses: fitted,
            supportRows: rows, supportClasses: codes, expansion: expansion,
            objectives: objectives, calibrations: calibrations)
    }
}
