// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The version of the canonical form of pipelines; any other is refused.
private let formatVersion: UInt16 = 1

extension Pipeline: CanonicalCodable {
    /// Appends version, then each step as a tag byte and its parameters.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(formatVersion)
        encoder.encode(steps) { encoder, step in
            encoder.encode(step.tag)
            step.recipe.encode(to: &encoder)
        }
    }

    /// Reads a recipe and checks its parameters.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        try decoder.requireVersion(formatVersion, of: "pipeline")
        steps = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            try Step(from: &decoder)
        }
    }
}

extension FittedPipeline: CanonicalCodable {
    /// Appends the recipe, the inputs and what each step learnt.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(recipe)
        encoder.encode(inputs) { encoder, input in
            encoder.encode(input.name)
            encoder.encode(optional: input.levels) { encoder, levels in
                encoder.encode(strings: levels)
            }
        }
        encoder.encode(steps) { encoder, step in step.transformation.encode(to: &encoder) }
    }

    /// Reads a fitted pipeline and checks its parts against each other, as fitting does.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try Pipeline(from: &decoder)
        let inputs = try decoder.decodeArray { (decoder) throws(CanonicalDecodingError) in
            let name = try decoder.decodeString()
            let levels = try decoder.decodeOptional { (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeStrings()
            }
            guard Set(levels ?? []).count == (levels ?? []).count else {
                throw decoder.error("column '\(name)' has a level twice")
            }
            return Input(name: name, levels: levels)
        }
        let fittedRecipes = recipe.steps.dropFirst(recipe.leadingSelections.count)
        guard try decoder.decodeCount() == fittedRecipes.count else {
            throw decoder.error("not one fitted step for each of \(fittedRecipes.count) steps")
        }
        var steps: [FittedStep] = []
        for step in fittedRecipes {
            let fitted = try FittedStep(from: &decoder, of: step)
            guard fitted.isFitted(by: step) else {
                throw decoder.error("a fitted step contradicts its recipe")
            }
            steps.append(fitted)
        }
        do throws(FeatureError) {
            try self.init(recipe: recipe, inputs: inputs, steps: steps)
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension Pipeline.Step {
    fileprivate var tag: UInt8 {
        switch self {
        case .columnSelection: 0
        case .imputation: 1
        case .quantileClipping: 2
        case .oneHotEncoding: 3
        case .standardisation: 4
        }
    }

    fileprivate init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        switch try decoder.decodeUInt8() {
        case 0: self = .columnSelection(try ColumnSelection(from: &decoder))
        case 1: self = .imputation(try Imputation(from: &decoder))
        case 2: self = .quantileClipping(try QuantileClipping(from: &decoder))
        case 3: self = .oneHotEncoding(try OneHotEncoding(from: &decoder))
        case 4: self = .standardisation(try Standardisation(from: &decoder))
        case let tag: throw decoder.error("unknown step \(tag)")
        }
        do throws(FeatureError) {
            try recipe.validate()
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension FittedStep {
    fileprivate init(
        from decoder: inout CanonicalDecoder, of step: Pipeline.Step
    ) throws(CanonicalDecodingError) {
        switch step {
        case .columnSelection: self = .columnSelection(try FittedColumnSelection(from: &decoder))
        case .imputation: self = .imputation(try FittedImputation(from: &decoder))
        case .quantileClipping:
            self = .quantileClipping(try FittedQuantileClipping(from: &decoder))
        case .oneHotEncoding: self = .oneHotEncoding(try FittedOneHotEncoding(from: &decoder))
        case .standardisation: self = .standardisation(try FittedStandardisation(from: &decoder))
        }
    }
}

extension CanonicalDecoder {
    /// Reads a version and refuses every other than `known`.
    fileprivate mutating func requireVersion(
        _ known: UInt16, of what: String
    ) throws(CanonicalDecodingError) {
        let version = try decodeUInt16()
        guard version == known else {
            throw error("version \(version) of a \(what); only \(known) is known")
        }
    }
}
