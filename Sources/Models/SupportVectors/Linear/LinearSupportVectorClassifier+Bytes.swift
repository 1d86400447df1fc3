// SPDX-License-Identifier: Apache-2.0

internal import CreditCanonicalBytes
internal import LinearAlgebra

extension LinearSupportVectorClassifier: CanonicalContent {
    /// `linear-support-vectors.1`.
    public static var kind: String { "linear-support-vectors.1" }

    /// The canonical bytes of the hyperparameters.
    public var canonicalBytes: [UInt8] { encodeContent(self) }

    /// Reads the hyperparameters and checks them.
    ///
    /// - Throws: ``ModelError`` with code `invalidFile`.
    public init(canonicalBytes: [UInt8]) throws(ModelError) {
        self = try decodeContent(canonicalBytes)
    }

    func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(c)
        encoder.encode(loss.rawValue)
        encoder.encode(fitsIntercept)
        encoder.encode(interceptScale)
        classWeighting.encode(to: &encoder)
        probabilities.encode(to: &encoder)
        encoder.encode(prediction.rawValue)
        encoder.encode(solver.rawValue)
        encoder.encode(tolerance)
        encoder.encode(iterationLimit)
        encoder.encode(seed)
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            c: try decoder.decodeDouble(), loss: try decoder.decodeCase(),
            fitsIntercept: try decoder.decodeBool(), interceptScale: try decoder.decodeDouble(),
            classWeighting: try ClassWeighting(from: &decoder),
            probabilities: try SupportVectorProbabilities(from: &decoder),
            prediction: try decoder.decodeCase(), solver: try decoder.decodeCase(),
            tolerance: try decoder.decodeDouble(), iterationLimit: try decoder.decodeInt(),
            seed: try decoder.decodeUInt64())
        do {
            try validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension LinearSupportVectorModel: CanonicalContent {
    /// `linear-support-vectors-model.1`.
    public static var kind: String { "linear-support-vectors-model.1" }

    /// The canonical bytes of the recipe and of the planes.
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
        encoder.encode(coefficients.elements) { $0.encode($1) }
        encoder.encode(intercepts) { $0.encode($1) }
        for calibration in calibrations { calibration.encode(to: &encoder) }
    }

    init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try LinearSupportVectorClassifier(from: &decoder)
        let classes = try decoder.decodeStrings()
        let names = try decoder.decodeStrings()
        let fitted = try decoder.decodeAscendingRows()
        guard Set(classes).count == classes.count, fitted.count >= 2,
            fitted.allSatisfy({ classes.indices.contains($0) }), !names.isEmpty
        else { throw decoder.error("\(fitted.count) fitted classes of \(classes)") }
        let planes = fitted.count == 2 ? 1 : fitted.count
        let elements = try decoder.decodeDoubles()
        let intercepts = try decoder.decodeDoubles()
        guard elements.count == planes * names.count, intercepts.count == planes,
            elements.allSatisfy(\.isFinite), intercepts.allSatisfy(\.isFinite)
        else {
            throw decoder.error(
                "\(elements.count) coefficients and \(intercepts.count) intercepts of \(planes) "
                    + "planes and \(names.count) features, or not all of them finite")
        }
        var calibrations: [DecisionCalibration] = []
        for _ in 0..<planes {
            calibrations.append(try DecisionCalibration(recipe.probabilities, from: &decoder))
        }
        self.init(
            recipe: recipe, classes: classes, featureNames: names, fittedClasses: fitted,
            coefficients: Matrix(
                rowCount: planes, columnCount: names.count, elements: elements),
            intercepts: intercepts, calibrations: calibrations)
    }
}
