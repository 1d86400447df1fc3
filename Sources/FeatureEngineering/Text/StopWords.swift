// SPDX-License-Identifier: Apache-2.0

/// Lists of words that say nothing about a text's subject.
///
/// A list that fits the texts at hand is better: a limit on the share of documents that a term may
/// occur in finds one (``TextVectoriser/maximumDocuments``).
public enum StopWords {
    /// English articles, pronouns, prepositions, conjunctions, auxiliary verbs and their negations.
    ///
    /// Negations are left in the text: `not` and `never` are no stop words.
    public static let english: [String] =
        """
        a about above after again against all also am among an and any are as at be because been \
        before being below between both but by can could did do does doing down during each either \
        else ever every few for from further had has have having he her here hers herself him \
        himself his how however if in into is it its itself just may me might mine more most must \
        my myself of off on once one only onto or other others ought our ours ourselves out over \
        own per rather same shall she should since so some such than that the their theirs them \
        themselves then there therefore these they this those though through thus to too toward \
        towards under until up upon us very was we were what whatever when where whether which \
        while who whoever whom whose why will with within would yet you your yours yourself \
        yourselves
        """.split(separator: " ").map(String.init)
}
