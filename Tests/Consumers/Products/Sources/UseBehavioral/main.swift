// SPDX-License-Identifier: Apache-2.0

import Behavioral

let loan = try LoanProspect(defaultProbability: 0.05, rate: 0.1, lossGivenDefault: 0.45)
print("Behavioral", try Lender.neutral.invest(in: loan).verdict)
