// SPDX-License-Identifier: Apache-2.0

extension TableSchema {
    /// Statlog (German Credit Data), `german.data`: 1,000 loans, 20 attributes and `class`.
    ///
    /// Seven attributes are numbers, thirteen are codes such as `A11` that the data set's own
    /// description explains; `class` is `1` for good and `2` for bad. Blank-separated, no header,
    /// nothing missing.
    ///
    /// Source: H. Hofmann, UCI Machine Learning Repository, 1994, doi:10.24432/C5NC77.
    public static let germanCredit = TableSchema(
        [
            .categorical("checking_account", ["A11", "A12", "A13", "A14"]),
            .numeric("duration", in: 1...120),
            .categorical("credit_history", ["A30", "A31", "A32", "A33", "A34"]),
            .categorical(
                "purpose",
                [
                    "A40", "A41", "A42", "A43", "A44", "A45", "A46", "A47", "A48", "A49", "A410",
                ]),
            .numeric("credit_amount", in: 1...1_000_000),
            .categorical("savings_account", ["A61", "A62", "A63", "A64", "A65"]),
            .categorical("employment_since", ["A71", "A72", "A73", "A74", "A75"]),
            .numeric("installment_rate", in: 0...100),
            .categorical("personal_status_and_sex", ["A91", "A92", "A93", "A94", "A95"]),
            .categorical("other_debtors", ["A101", "A102", "A103"]),
            .numeric("residence_since", in: 0...100),
            .categorical("property", ["A121", "A122", "A123", "A124"]),
            .numeric("age", in: 0...130),
            .categorical("other_installment_plans", ["A141", "A142", "A143"]),
            .categorical("housing", ["A151", "A152", "A153"]),
            .numeric("existing_credits", in: 0...100),
            .categorical("job", ["A171", "A172", "A173", "A174"]),
            .numeric("dependents", in: 0...100),
            .categorical("telephone", ["A191", "A192"]),
            .categorical("foreign_worker", ["A201", "A202"]),
            .categorical("class", ["1", "2"]),
        ], dialect: .blankSeparated)

    /// Statlog (German Credit Data), `german.data-numeric`: 24 numeric attributes and `class`.
    ///
    /// The numeric form made at Strathclyde University, whose columns have no names of their own:
    /// here `attribute1` to `attribute24`. `class` is `1` for good and `2` for bad.
    ///
    /// Source: as ``germanCredit``.
    public static let germanCreditNumeric = TableSchema(
        (1...24).map { .numeric("attribute\($0)") } + [.categorical("class", ["1", "2"])],
        dialect: .blankSeparated)

    /// The nine-attribute variant of the German credit data with a header, semicolons and `Risk`.
    ///
    /// `NA` for an account means that the bank knows of none; it is read as a missing value. The
    /// first column, an index without a name, is skipped.
    public static let germanCreditRisk = TableSchema(
        [
            .skipped("column1"),
            .numeric("Age", in: 0...130),
            .categorical("Sex", ["female", "male"]),
            .categorical("Job", ["0", "1", "2", "3"]),
            .categorical("Housing", ["free", "own", "rent"]),
            .categorical(
                "Saving accounts", ["little", "moderate", "quite rich", "rich"], missing: ["NA"]),
            .categorical("Checking account", ["little", "moderate", "rich"], missing: ["NA"]),
            .numeric("Credit amount", in: 1...1_000_000),
            .numeric("Duration", in: 1...120),
            .categorical(
                "Purpose",
                [
                    "business", "car", "domestic appliances", "education",
                    "furniture/equipment", "radio/TV", "repairs", "vacation/others",
                ]),
            .categorical("Risk", ["good", "bad"]),
        ], dialect: .semicolonSeparated)
}
