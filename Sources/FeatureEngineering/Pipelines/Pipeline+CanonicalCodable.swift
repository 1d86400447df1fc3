// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

/// The version of the canonical form of pipelines; any other is refused.
private let formatVersion: UInt16 = 1

extension Pipeline: CanonicalCodable {
    /// Appends version, then each step as a tag byte and its parameters.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(formatVersion)
        encoder.encode(steps) { encoder, step in
            encoder.encode(StepKind.of(step.recipe).tag)
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
        encoder.encode(inputs)
        encoder.encode(steps) { encoder, step in step.transformation.encode(to: &encoder) }
    }

    /// Reads a fitted pipeline and checks its parts against each other, as fitting does.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let recipe = try Pipeline(from: &decoder)
        let inputs = try decoder.decodeArray(of: Input.self)
        let fittedRecipes = recipe.steps.dropFirst(recipe.leadingSelections.count)
        guard try decoder.decodeCount() == fittedRecipes.count else {
            throw decoder.error("not one fitted step for each of \(fittedRecipes.count) steps")
        }
        var steps: [FittedStep] = []
        for step in fittedRecipes {
            steps.append(try step.recipe.fittedStep(from: &decoder))
        }
        do throws(FeatureError) {
            try self.init(recipe: recipe, inputs: inputs, steps: steps)
        } catch {
            throw decoder.error(error.message)
        }
    }
}

extension FittedPipeline.Input: CanonicalCodable {
    /// Appends the name, then 0 for numbers, 1 and the levels for categories, 2 for dates
    /// or 3 for texts.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(name)
        if let levels {
            encoder.encode(UInt8(1))
            encoder.encode(strings: levels)
        } else {
            encoder.encode(UInt8(kind == .date ? 2 : kind == .text ? 3 : 0))
        }
    }

    /// Reads a column; no level may be there twice.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let name = try decoder.decodeString()
        switch try decoder.decodeUInt8() {
        case 0: self.init(name: name)
        case 1:
            let levels = try decoder.decodeStrings()
            guard Set(levels).count == levels.count else {
                throw decoder.error("column '\(name)' has a level twice")
            }
            self.init(name: name, levels: levels)
        case 2: self.init(name: name, isDate: true)
        case 3: self.init(name: name, isText: true)
        case let tag: throw decoder.error("column '\(name)' is of an unknown kind \(tag)")
        }
    }
}

extension Pipeline.Step {
    fileprivate init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        let tag = try decoder.decodeUInt8()
        guard let kind = StepKind.all.first(where: { $0.tag == tag }) else {
            throw decoder.error("unknown step \(tag)")
        }
        recipe = try kind.recipe.init(from: &decoder)
        do throws(FeatureError) {
            try recipe.validate()
        } catch {
            throw decoder.error(error.message)
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
