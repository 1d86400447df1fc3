// SPDX-License-Identifier: Apache-2.0

/// The eight parameters that a lender asks of an applicant.
///
/// V. Hassija et al., "Secure Lending: Blockchain and Prospect Theory-Based Decentralized Credit
/// Scoring Model", IEEE TNSE 7 (2020), section IV.
public struct LoanApplication: Sendable, Codable, Hashable {
    /// Sex as registered, which has no effect on default in ``SyntheticLoanBook``.
    public enum Sex: String, Sendable, Codable, Hashable, CaseIterable {
        /// Female.
        case female
        /// Male.
        case male
    }

    /// The four job profiles, marked 0...3.
    public enum Job: Int, Sendable, Codable, Hashable, CaseIterable {
        /// Unskilled and not resident.
        case unskilledNonResident = 0
        /// Unskilled and resident.
        case unskilledResident = 1
        /// Skilled.
        case skilled = 2
        /// Highly skilled.
        case highlySkilled = 3
    }

    /// How the applicant lives.
    public enum Housing: String, Sendable, Codable, Hashable, CaseIterable {
        /// In a home of their own.
        case own
        /// As a tenant.
        case rent
        /// Without rent.
        case free
    }

    /// The average balance of the saving account.
    public enum SavingAccount: String, Sendable, Codable, Hashable, CaseIterable {
        /// The lowest class.
        case little
        /// The second class.
        case moderate
        /// The third class.
        case quiteRich = "quite rich"
        /// The highest class.
        case rich
    }

    /// What the money is for.
    public enum Purpose: String, Sendable, Codable, Hashable, CaseIterable {
        /// A car.
        case car
        /// A radio or television set.
        case radioTelevision = "radio/TV"
        /// Furniture or equipment.
        case furniture = "furniture/equipment"
        /// A business.
        case business
        /// Education.
        case education
        /// Repairs.
        case repairs
        /// Household appliances.
        case appliances = "domestic appliances"
        /// A holiday or anything else.
        case other = "vacation/others"
    }

    /// Years, 19...75 in the synthetic book.
    public var age: Int
    /// Sex.
    public var sex: Sex
    /// Job profile.
    public var job: Job
    /// Housing.
    public var housing: Housing
    /// Saving account, `nil` where the applicant has none or names none.
    public var savingAccount: SavingAccount?
    /// The amount asked for, in whole currency units.
    public var creditAmount: Int
    /// Months to repay.
    public var duration: Int
    /// Purpose.
    public var purpose: Purpose

    /// An application from its eight parameters.
    public init(
        age: Int, sex: Sex, job: Job, housing: Housing, savingAccount: SavingAccount?,
        creditAmount: Int, duration: Int, purpose: Purpose
    ) {
        self.age = age
        self.sex = sex
        self.job = job
        self.housing = housing
        self.savingAccount = savingAccount
        self.creditAmount = creditAmount
        self.duration = duration
        self.purpose = purpose
    }
}
