// SPDX-License-Identifier: Apache-2.0

package import CreditCanonicalBytes

extension EnquiryMatching: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: enquiryKinds)
        encoder.encode(strings: loanKinds)
        encoder.encode(maximumDays)
        encoder.encode(optional: sharedAttribute) { $0.encode($1) }
    }

    /// Reads a rule that does not contradict itself.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            enquiryKinds: try decoder.decodeStrings(), loanKinds: try decoder.decodeStrings(),
            maximumDays: try decoder.decodeInt(),
            sharedAttribute: try decoder.decodeOptionalString())
        try decoder.require(validate)
    }
}

extension PreLoanItems: CanonicalCodable {
    /// Appends the six kinds, then the other parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        for kind in kinds { encoder.encode(kind) }
        encoder.encode(optional: amount) { $0.encode($1) }
        encoder.encode(optional: lender) { $0.encode($1) }
        encoder.encode(maximumDaysToLoan)
        encoder.encode(windows)
    }

    /// Reads items whose rules do not contradict themselves.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init()
        creditCardEnquiry = try decoder.decodeString()
        creditCardApproval = try decoder.decodeString()
        loanEnquiry = try decoder.decodeString()
        loanApproval = try decoder.decodeString()
        employerAddressChange = try decoder.decodeString()
        providentFundChange = try decoder.decodeString()
        amount = try decoder.decodeOptionalString()
        lender = try decoder.decodeOptionalString()
        maximumDaysToLoan = try decoder.decodeInt()
        windows = try decoder.decodeArray()
        let items = self
        try decoder.require(items.loanMatching.validate)
        try decoder.require(items.creditCardMatching.validate)
        for measure in items.features.measures { try decoder.require(measure.validate) }
    }
}

extension InLoanItems: CanonicalCodable {
    /// Appends the parameters in the order of their declaration.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(strings: drawdownKinds)
        encoder.encode(strings: repaymentKinds)
        encoder.encode(strings: otherKinds)
        encoder.encode(amount)
        encoder.encode(optional: principal) { $0.encode($1) }
        encoder.encode(tolerance)
    }

    /// Reads a recipe that does not contradict itself.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            drawdownKinds: try decoder.decodeStrings(),
            repaymentKinds: try decoder.decodeStrings(), otherKinds: try decoder.decodeStrings(),
            amount: try decoder.decodeString(), principal: try decoder.decodeOptionalString(),
            tolerance: try decoder.decodeDouble())
        try decoder.require(validate)
    }
}

extension EventSequence: CanonicalCodable {
    /// Appends the fields, the kinds and the maximum length.
    package func encode(to encoder: inout CanonicalEncoder) {
        encoder.encode(fields)
        encoder.encode(optional: kinds) { $0.encode(strings: $1) }
        encoder.encode(optional: maximumLength) { $0.encode($1) }
    }

    /// Reads a recipe that does not contradict itself.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self.init(
            try decoder.decodeArray(), kinds: try decoder.decodeColumns(),
            maximumLength: try decoder.decodeOptional {
                (decoder) throws(CanonicalDecodingError) in
                try decoder.decodeInt()
            })
        try decoder.require(validate)
    }
}

extension EventSequence.Field: CanonicalCodable {
    /// Appends the field's tag and its parameters.
    package func encode(to encoder: inout CanonicalEncoder) {
        switch self {
        case .daysBeforeAsOf: encoder.encode(UInt8(0))
        case .daysSincePrevious: encoder.encode(UInt8(1))
        case .kind(let kinds):
            encoder.encode(UInt8(2))
            encoder.encode(strings: kinds)
        case .number(let name, let missing):
            encoder.encode(UInt8(3))
            encoder.encode(name)
            encoder.encode(optional: missing) { $0.encode($1) }
        case .level(let name, let levels):
            encoder.encode(UInt8(4))
            encoder.encode(name)
            encoder.encode(strings: levels)
        case .isMatched(let rule):
            encoder.encode(UInt8(5))
            encoder.encode(rule)
        case .daysToLoan(let rule):
            encoder.encode(UInt8(6))
            encoder.encode(rule)
        }
    }

    /// Reads a field.
    package init(from decoder: inout CanonicalDecoder) throws(CanonicalDecodingError) {
        self =
            switch try decoder.decodeUInt8() {
            case 0: .daysBeforeAsOf
            case 1: .daysSincePrevious
            case 2: .kind(try decoder.decodeStrings())
            case 3:
                .number(
                    try decoder.decodeString(),
                    missing: try decoder.decodeOptional {
                        (decoder) throws(CanonicalDecodingError) in
                        try decoder.decodeDouble()
                    })
            case 4: .level(try decoder.decodeString(), try decoder.decodeStrings())
            case 5: .isMatched(try EnquiryMatching(from: &decoder))
            case 6: .daysToLoan(try EnquiryMatching(from: &decoder))
            case let tag: throw decoder.error("unknown field of sequences \(tag)")
            }
    }
}
