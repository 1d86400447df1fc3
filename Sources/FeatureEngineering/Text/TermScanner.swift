// SPDX-License-Identifier: Apache-2.0

/// Walks over the terms of one text after another, reusing its buffers.
///
/// Units are laid out so that every term is one run of bytes: words with one blank between them,
/// characters as they are.
struct TermScanner {
    private let analyzer: TextAnalyzer
    private let stopWords: TermTable
    private var text: [UInt8] = []
    /// The units of the text, laid out.
    private var units: [UInt8] = []
    /// Where each unit begins and ends in `units`.
    private var starts: [Int] = []
    private var ends: [Int] = []

    init(_ analyzer: TextAnalyzer) {
        self.analyzer = analyzer
        stopWords = TermTable(analyzer.stopWords)
    }

    /// Calls `body` with the UTF-8 bytes of every term, which are valid during the call only.
    @inline(__always)
    mutating func forEachTerm(
        of document: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        load(document)
        switch analyzer.unit {
        case .words:
            layOutWords {
                $0 & ByteClass.word != 0
            } isUnit: {
                $0.isWordCharacter
            }
            forEachRun(of: 0..<starts.count, sizes: analyzer.sizes, body)
        case .characters:
            layOutCharacters()
            forEachRun(of: 0..<starts.count, sizes: analyzer.sizes, body)
        case .charactersWithinWords:
            layOutWords {
                $0 & ByteClass.blank == 0
            } isUnit: {
                !$0.isBlank
            }
            forEachRunWithinWords(body)
        }
    }

    /// Copies the text into `text`, lower-cased if that is wanted.
    private mutating func load(_ document: String) {
        text.removeAll(keepingCapacity: true)
        var document = document
        guard analyzer.lowercases else {
            document.withUTF8 { text.append(contentsOf: $0) }
            return
        }
        let isASCII = document.withUTF8 { bytes in
            text.append(contentsOf: bytes)
            return bytes.reduce(0, |) < 0x80
        }
        guard isASCII else {
            text.removeAll(keepingCapacity: true)
            text.append(contentsOf: lowercasedWithFinalSigma(document).utf8)
            return
        }
        text.withUnsafeMutableBufferPointer { bytes in
            for index in bytes.indices {
                let byte = bytes[index]
                bytes[index] = byte &- 65 < 26 ? byte | 0x20 : byte
            }
        }
    }

    /// Copies the words that stay into `units`, with one blank before each and one at the end.
    @inline(__always)
    private mutating func layOutWords(
        isASCIIUnit: (UInt8) -> Bool, isUnit: (Unicode.Scalar) -> Bool
    ) {
        let (shortest, stopWords) = (analyzer.minimumWordLength, stopWords)
        units.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        text.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            ByteClass.ofASCII.withUnsafeBufferPointer { classes in
                var (index, start, length) = (0, 0, 0)
                func endWord() {
                    defer { length = 0 }
                    let word = UnsafeBufferPointer(rebasing: bytes[start..<index])
                    guard length >= shortest, stopWords.isEmpty || stopWords.index(of: word) == nil
                    else { return }
                    units.append(0x20)
                    starts.append(units.count)
                    units.append(contentsOf: word)
                    ends.append(units.count)
                }
                while index < bytes.count {
                    let byte = base[index]
                    var width = 1
                    let belongs: Bool
                    if byte < 0x80 {
                        belongs = isASCIIUnit(classes[Int(byte)])
                    } else {
                        let decoded = Unicode.Scalar.decode(base, at: index)
                        (belongs, width) = (isUnit(decoded.scalar), decoded.length)
                    }
                    if belongs {
                        if length == 0 { start = index }
                        length += 1
                    } else if length > 0 {
                        endWord()
                    }
                    index += width
                }
                if length > 0 { endWord() }
            }
        }
        units.append(0x20)
    }

    /// Copies the text into `units`, runs of blanks as one, each character a unit.
    private mutating func layOutCharacters() {
        units.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        text.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var index = 0
            var (blankStart, blankCount) = (0, 0)
            func append(_ range: Range<Int>) {
                starts.append(units.count)
                units.append(contentsOf: bytes[range])
                ends.append(units.count)
            }
            func endBlanks() {
                if blankCount == 1 {
                    append(blankStart..<index)
                } else if blankCount > 1 {
                    starts.append(units.count)
                    units.append(0x20)
                    ends.append(units.count)
                }
                blankCount = 0
            }
            while index < bytes.count {
                let (scalar, width) = Unicode.Scalar.decode(base, at: index)
                if scalar.isBlank {
                    if blankCount == 0 { blankStart = index }
                    blankCount += 1
                } else {
                    endBlanks()
                    append(index..<index + width)
                }
                index += width
            }
            endBlanks()
        }
    }

    /// Runs of neighbouring units of every size, the smallest size first.
    @inline(__always)
    private func forEachRun(
        of range: Range<Int>, sizes: ClosedRange<Int>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        units.withUnsafeBufferPointer { bytes in
            for size in sizes {
                guard size <= range.count else { return }
                for first in range.lowerBound...range.upperBound - size {
                    body(
                        UnsafeBufferPointer(
                            rebasing: bytes[starts[first]..<ends[first + size - 1]]))
                }
            }
        }
    }

    /// Runs of the characters of each word with a blank on both sides.
    private func forEachRunWithinWords(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        units.withUnsafeBufferPointer { bytes in
            var characters: [Int] = []
            for word in starts.indices {
                let (start, end) = (starts[word] - 1, ends[word] + 1)
                characters.removeAll(keepingCapacity: true)
                for index in start..<end where bytes[index] & 0xC0 != 0x80 {
                    characters.append(index)
                }
                let count = characters.count
                characters.append(end)
                for size in analyzer.sizes {
                    guard size < count else {
                        body(UnsafeBufferPointer(rebasing: bytes[start..<end]))
                        break
                    }
                    for first in 0...count - size {
                        body(
                            UnsafeBufferPointer(
                                rebasing: bytes[characters[first]..<characters[first + size]]))
                    }
                }
            }
        }
    }
}
