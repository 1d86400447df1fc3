// SPDX-License-Identifier: Apache-2.0

extension TableSchema {
    /// Default of Credit Card Clients, `UCI_Credit_Card.csv`: 30,000 card holders in Taiwan, 23
    /// attributes and `default.payment.next.month`.
    ///
    /// `SEX`, `EDUCATION` and `MARRIAGE` are codes, `EDUCATION` 0, 5 and 6 and `MARRIAGE` 0 being
    /// without description; `PAY_0` and `PAY_2` to `PAY_6` are the repayment status of September
    /// 2005 back to April (-2 no use, -1 paid in full, 0 revolving, 1 to 8 months late),
    /// `BILL_AMT1` to `6` the statements and `PAY_AMT1` to `6` the payments of the same months in
    /// NT dollars. The class is `1` for a default in October. `ID` is skipped; nothing is missing.
    ///
    /// Source: I-C. Yeh, UCI Machine Learning Repository, 2009, doi:10.24432/C55S3H.
    public static let taiwanCredit = TableSchema(
        [
            .skipped("ID"),
            .numeric("LIMIT_BAL", in: 1...10_000_000),
            .categorical("SEX", ["1", "2"]),
            .categorical("EDUCATION", codes(0...6)),
            .categorical("MARRIAGE", codes(0...3)),
            .numeric("AGE", in: 0...130),
        ]
            + [0, 2, 3, 4, 5, 6].map { .numeric("PAY_\($0)", in: -2...9) }
            + (1...6).map { .numeric("BILL_AMT\($0)", in: -10_000_000...10_000_000) }
            + (1...6).map { .numeric("PAY_AMT\($0)", in: 0...10_000_000) }
            + [.categorical("default.payment.next.month", ["0", "1"])])
}
