// SPDX-License-Identifier: Apache-2.0

internal import LinearAlgebra

/// How the synthetic applications are drawn, and what each parameter adds to the log-odds of
/// default (in hundredths).
///
/// Drawing and enumeration read the same tables.
enum ApplicationDesign {
    static let ages = WeightedChoice(
        (19...75).map { age in
            (age, age <= 27 ? (age - 17) * 300 : 3000 * (77 - age) * (77 - age) / 2500)
        })
    static let sexes = WeightedChoice<LoanApplication.Sex>([(.female, 31), (.male, 69)])
    static let jobs = WeightedChoice<LoanApplication.Job>([
        (.unskilledNonResident, 2), (.unskilledResident, 20), (.skilled, 63), (.highlySkilled, 15),
    ])
    static let savingAccounts = WeightedChoice<LoanApplication.SavingAccount?>([
        (.little, 60), (.moderate, 10), (.quiteRich, 6), (.rich, 6), (nil, 18),
    ])
    static let durations = WeightedChoice([
        (6, 8), (9, 5), (12, 18), (15, 7), (18, 12), (21, 3), (24, 19), (30, 4), (36, 12),
        (48, 9), (60, 3),
    ])
    static let instalments = WeightedChoice([
        (50, 10), (100, 30), (150, 22), (200, 15), (250, 8), (300, 6), (400, 5), (500, 3),
        (600, 1),
    ])
    static let purposes = WeightedChoice<LoanApplication.Purpose>([
        (.car, 33), (.radioTelevision, 28), (.furniture, 18), (.business, 10), (.education, 6),
        (.repairs, 2), (.appliances, 1), (.other, 2),
    ])

    /// Housing depends on age.
    static func housings(age: Int) -> WeightedChoice<LoanApplication.Housing> {
        switch age {
        case ..<30: WeightedChoice([(.own, 50), (.rent, 40), (.free, 10)])
        case ..<50: WeightedChoice([(.own, 78), (.rent, 12), (.free, 10)])
        default: WeightedChoice([(.own, 70), (.rent, 8), (.free, 22)])
        }
    }

    static func draw(_ random: inout RandomStream) -> LoanApplication {
        let age = ages.draw(&random)
        let sex = sexes.draw(&random)
        let job = jobs.draw(&random)
        let housing = housings(age: age).draw(&random)
        let savingAccount = savingAccounts.draw(&random)
        let duration = durations.draw(&random)
        let instalment = instalments.draw(&random)
        return LoanApplication(
            age: age, sex: sex, job: job, housing: housing, savingAccount: savingAccount,
            creditAmount: duration * instalment, duration: duration,
            purpose: purposes.draw(&random))
    }

    static func effect(age: Int) -> Int { -2 * (age - 35) }

    static func effect(_ job: LoanApplication.Job) -> Int { -20 * (job.rawValue - 2) }

    static func effect(_ housing: LoanApplication.Housing) -> Int {
        switch housing {
        case .own: -20
        case .rent: 30
        case .free: 10
        }
    }

    static func effect(_ savingAccount: LoanApplication.SavingAccount?) -> Int {
        switch savingAccount {
        case .little: 30
        case .moderate: 10
        case .quiteRich: -30
        case .rich: -60
        case nil: -40
        }
    }

    static func effect(creditAmount: Int) -> Int { creditAmount / 150 }

    static func effect(duration: Int) -> Int { 2 * (duration - 21) }

    static func effect(_ purpose: LoanApplication.Purpose) -> Int {
        switch purpose {
        case .car: 0
        case .radioTelevision: -20
        case .furniture: 5
        case .business: 15
        case .education: 25
        case .repairs: 10
        case .appliances: 5
        case .other: 40
        }
    }

    static let driverNames = [
        "age", "job", "housing", "saving_account", "credit_amount", "duration",
    ]

    /// What the parameters but the purpose contribute, in the order of ``driverNames``.
    static func effects(_ application: LoanApplication) -> [Int] {
        [
            effect(age: application.age), effect(application.job), effect(application.housing),
            effect(application.savingAccount), effect(creditAmount: application.creditAmount),
            effect(duration: application.duration),
        ]
    }

    /// The distribution of the sum of ``effects(_:)``.
    static var distribution: LogOddsDistribution {
        let ageAndHousing = ages.mixture { age in
            housings(age: age).distribution { effect(age: age) + effect($0) }
        }
        let durationAndAmount = durations.mixture { duration in
            instalments.distribution {
                effect(duration: duration) + effect(creditAmount: duration * $0)
            }
        }
        return ageAndHousing.convolved(with: durationAndAmount)
            .convolved(with: jobs.distribution { effect($0) })
            .convolved(with: savingAccounts.distribution { effect($0) })
    }

    /// The distribution of what the purpose contributes.
    static var purposeDistribution: LogOddsDistribution { purposes.distribution { effect($0) } }
}
