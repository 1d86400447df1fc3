// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing
import _CreditTestSupport

@Suite("D2: loans and integer settlement") struct LoanTests {
    /// A chain with a loan of 3 x 1000.00 EUR less 50.00, 450.00 paid at once, a charge of 100.01.
    struct Scene {
        var network: Network
        let chain: Chain
        let terms: LoanContractTerms
        let id: LedgerDigest

        init() throws {
            network = try Network(users: 2)
            chain = try Chain.inMemory(genesis: network.genesis)
            terms = try TransactionExamples.terms(network, number: 1)
            id = terms.id(chainID: network.chainID)
            let contract = try TransactionExamples.contract(network, terms)
            try network.append(
                [network.sign(.loanContract(contract), by: network.banks[0])], to: chain)
        }

        mutating func repay(_ amount: UInt64, bank: Int = 0) throws {
            let repayment = try Repayment(loan: id, amount: amount)
            try network.append(
                [network.sign(.repayment(repayment), by: network.banks[bank])], to: chain)
        }
    }

    @Test func moneyMovesByTheContractAndTheRepayments() throws {
        var scene = try Scene()
        #expect(scene.terms.price == 295_000)
        #expect(scene.terms.debt == 260_001)
        let lender = SettlementAccount.member(scene.terms.lender)
        let borrower = SettlementAccount.member(scene.terms.borrower)
        #expect(scene.chain.state.settlement.balance(of: lender, in: "EUR") == -250_000)
        #expect(scene.chain.state.settlement.balance(of: borrower, in: "EUR") == 250_000)
        #expect(scene.chain.state.openLoans(of: scene.terms.borrower).map(\.id) == [scene.id])
        try scene.repay(86_667)
        #expect(scene.chain.state.loans.account(of: scene.id)?.outstanding == 173_334)
        expectError(.invalidValue) { try scene.repay(173_335) }
        expectError(.wrongRole) { try scene.repay(1, bank: 1) }
        try scene.repay(173_334)
        let account = try #require(scene.chain.state.loans.account(of: scene.id))
        #expect(account.isSettled && account.repayments.map(\.height) == [2, 3])
        #expect(scene.chain.state.openLoans(of: scene.terms.borrower).isEmpty)
        #expect(scene.chain.state.settlement.balance(of: lender, in: "EUR") == 10_001)
        #expect(scene.chain.state.settlement.balance(of: borrower, in: "EUR") == -10_001)
        #expect(
            scene.chain.state.settlement.entries.map(\.reason) == [
                .disbursement, .initialPayment, .repayment, .repayment,
            ])
        expectError(.invalidValue) { try scene.repay(1) }
    }

    @Test func allPartiesMustSign() throws {
        var scene = try Scene()
        let network = scene.network
        let terms = try TransactionExamples.terms(network, number: 2)
        let signatures = try network.users.map {
            try terms.signed(by: $0, chainID: network.chainID)
        }
        for missing in 0..<2 {
            let contract = try LoanContract(terms: terms, signatures: [signatures[1 - missing]])
            let error = expectError(.missingSignature) {
                try scene.network.append(
                    [scene.network.sign(.loanContract(contract), by: network.banks[0])],
                    to: scene.chain)
            }
            let party = network.address(network.users[missing])
            #expect(error?.message.contains("\(party)") == true)
        }
        // A signature of other terms, and the whole contract sent by another bank.
        let other = try TransactionExamples.terms(network, number: 3)
        let forged = try LoanContract(
            terms: terms,
            signatures: [
                signatures[0], other.signed(by: network.users[1], chainID: network.chainID),
            ])
        let whole = try LoanContract(terms: terms, signatures: signatures)
        for (contract, bank, code) in [
            (forged, 0, LedgerError.Code.badSignature), (whole, 1, .wrongRole),
        ] {
            expectError(code) {
                try scene.network.append(
                    [scene.network.sign(.loanContract(contract), by: network.banks[bank])],
                    to: scene.chain)
            }
        }
        expectError(.invalidValue) {
            try terms.signed(by: network.banks[0], chainID: network.chainID)
        }
        expectError(.invalidValue) {
            try LoanContract(terms: terms, signatures: [signatures[0], signatures[0]])
        }
        #expect(scene.chain.height == 1)
        try scene.network.append(
            [scene.network.sign(.loanContract(whole), by: network.banks[0])], to: scene.chain)
    }

    /// Instalments against sums counted one by one.
    @Test(arguments: propertySeeds(40)) func instalmentsSumToTheDebt(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        let network = try Network(users: 1)
        let terms = try LoanContractTerms(
            lender: network.address(network.banks[0]),
            borrower: network.address(network.users[0]), number: 0, currency: "USD",
            quantity: UInt64.random(in: 1...9, using: &generator),
            unitPrice: UInt64.random(in: 1...1_000_000, using: &generator),
            charge: UInt64.random(in: 0...50_000, using: &generator),
            dispatchTime: UInt64.random(in: 0...2_000_000_000_000, using: &generator),
            arrivalPeriod: UInt32.random(in: 0...40, using: &generator),
            repaymentPeriod: UInt32.random(in: 0...4_000, using: &generator),
            instalmentCount: UInt32.random(in: 1...50, using: &generator))
        let parts = (0..<Int(terms.instalmentCount)).map(terms.instalment(at:))
        #expect(parts.reduce(0, +) == terms.debt)
        #expect((parts.max() ?? 0) - (parts.min() ?? 0) <= 1)
        let times = (0..<Int(terms.instalmentCount)).map(terms.dueTime(at:))
        #expect(times == times.sorted())
        #expect(
            times.last == terms.dispatchTime
                + (UInt64(terms.arrivalPeriod) + UInt64(terms.repaymentPeriod)) * 86_400_000)
        for time in times + times.map({ $0 - 1 }) + [0, .max] {
            let due = zip(parts, times).reduce(0) { $0 + ($1.1 <= time ? $1.0 : 0) }
            #expect(terms.amountDue(by: time) == due)
        }
    }

    @Test func impossibleTermsAreRefused() throws {
        let network = try Network(users: 1)
        let lender = network.address(network.banks[0])
        let borrower = network.address(network.users[0])
        func terms(
            to other: Address? = nil, currency: String = "EUR", quantity: UInt64 = 1,
            price: UInt64 = 10, discount: UInt64 = 0, initial: UInt64 = 0, charge: UInt64 = 0,
            instalments: UInt32 = 1, transport: String = "t"
        ) throws -> LoanContractTerms {
            try LoanContractTerms(
                lender: lender, borrower: other ?? borrower, number: 0, currency: currency,
                quantity: quantity, unitPrice: price, discount: discount, initialPayment: initial,
                charge: charge, dispatchTime: 0, transport: transport, repaymentPeriod: 1,
                instalmentCount: instalments)
        }
        _ = try terms()
        expectError(.invalidValue) { try terms(to: lender) }
        for currency in ["", "eur", "EURO", "E1R"] {
            expectError(.invalidValue) { try terms(currency: currency) }
        }
        expectError(.invalidValue) { try terms(quantity: .max, price: 2) }
        expectError(.invalidValue) { try terms(quantity: 1 << 62, price: 1, charge: 1) }
        expectError(.invalidValue) { try terms(charge: .max) }
        expectError(.invalidValue) { try terms(discount: 11) }
        expectError(.invalidValue) { try terms(discount: 5, initial: 6) }
        expectError(.invalidValue) { try terms(initial: 10) }
        expectError(.invalidValue) { try terms(instalments: 0) }
        expectError(.invalidValue) { try terms(transport: "") }
        let far = try LoanContractTerms(
            lender: lender, borrower: borrower, number: 0, currency: "EUR", unitPrice: 7,
            dispatchTime: .max - 5, arrivalPeriod: .max, repaymentPeriod: .max,
            instalmentCount: .max)
        #expect(far.dueTime(at: 0) == .max && far.amountDue(by: .max) == 7)
    }

    @Test func aLoanOnAScoreNeedsAnAcceptedOne() throws {
        var network = try Network(users: 2)
        let chain = try Chain.inMemory(genesis: network.genesis)
        func score(of user: Int) throws -> ScoreProposal {
            try ScoreProposal(
                borrower: .address(network.address(network.users[user])), score: 700,
                scale: "s", grade: 1, modelDigest: digest(1), inputCommitment: digest(2), cycle: 0)
        }
        let own = try network.sign(.scoreProposal(score(of: 0)), by: network.bureaus[0])
        let other = try network.sign(.scoreProposal(score(of: 1)), by: network.bureaus[0])
        try network.append([own, other], to: chain)
        func loan(_ score: LedgerDigest) throws {
            let terms = try TransactionExamples.terms(network, number: 5, score: score)
            let contract = try TransactionExamples.contract(network, terms)
            try network.append(
                [network.sign(.loanContract(contract), by: network.banks[0])], to: chain)
        }
        expectError(.scoreNotAccepted) { try loan(own.id) }
        expectError(.unknownProposal) { try loan(digest(9)) }
        try network.append(
            [
                network.vote(0, on: own), network.vote(1, on: own), network.vote(0, on: other),
                network.vote(1, on: other),
            ], to: chain)
        expectError(.invalidValue) { try loan(other.id) }
        try loan(own.id)
        #expect(chain.state.settlement.entries.count == 2)
    }

    /// Random loans and payments: the balances of a currency always sum to zero.
    @Test(arguments: propertySeeds(6)) func balancesSumToZero(seed: UInt64) throws {
        var generator = TestGenerator(seed: seed)
        var network = try Network(banks: 2, users: 3)
        let chain = try Chain.inMemory(genesis: network.genesis)
        let reward = try ChainParameters(proposerReward: 25, rewardCurrency: "EUR")
        let change = try TransactionExamples.change(.parameters(reward), 1, network, by: [0, 1])
        try network.append(
            [network.sign(.configurationChange(change), by: network.banks[0])], to: chain)
        for number in 0..<8 {
            let bank = Int.random(in: 0..<2, using: &generator)
            let user = Int.random(in: 0..<3, using: &generator)
            let terms = try LoanContractTerms(
                lender: network.address(network.banks[bank]),
                borrower: network.address(network.users[user]), number: UInt64(number),
                currency: ["EUR", "USD"].randomElement(using: &generator) ?? "EUR",
                unitPrice: UInt64.random(in: 1...9_999, using: &generator), dispatchTime: 0,
                repaymentPeriod: 10)
            let contract = try LoanContract(
                terms: terms,
                signatures: [terms.signed(by: network.users[user], chainID: network.chainID)])
            let repayment = try Repayment(
                loan: terms.id(chainID: network.chainID),
                amount: UInt64.random(in: 1...terms.debt, using: &generator))
            try network.append(
                [
                    network.sign(.loanContract(contract), by: network.banks[bank]),
                    network.sign(.repayment(repayment), by: network.banks[bank]),
                ], to: chain)
            for currency in chain.state.settlement.currencies {
                let balances = chain.state.settlement.balances(in: currency)
                #expect(balances.reduce(0) { $0 + $1.balance } == 0)
            }
        }
        // The first block was made before the reward was agreed on; an empty one earns nothing.
        try network.append([], to: chain)
        #expect(chain.state.settlement.balance(of: .incentive, in: "EUR") == -8 * 25)
        // The bureaus took turns.
        for bureau in network.bureaus {
            let account = SettlementAccount.member(network.address(bureau))
            #expect(chain.state.settlement.balance(of: account, in: "EUR") == 4 * 25)
        }
    }
}
