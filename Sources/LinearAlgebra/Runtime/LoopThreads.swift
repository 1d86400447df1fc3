// SPDX-License-Identifier: Apache-2.0

internal import CCreditKernels

/// The threads over which the library spreads its own loops: long elementwise functions and
/// arithmetic, reductions, transpositions and products of sparse matrices, and the loops of the
/// modules beside this one.
///
/// The result has the same bits for every number of threads. There is one set of threads for the
/// process, which sleep between calls; an operation that finds them at work for another runs on the
/// thread that called it. Products and factorisations run on the BLAS's own threads, which
/// ``BLASRuntime`` sets.
public enum LoopThreads {
    /// The most threads that one operation may use, for the whole process.
    ///
    /// At first the number of processors that the first thread to ask may run on. 1 keeps every
    /// operation on the thread that called it, which suits a program that has threads of its own.
    ///
    /// - Precondition: The limit is positive.
    public static var limit: Int {
        get { Int(credit_thread_limit()) }
        set {
            precondition(newValue > 0, "\(newValue) threads")
            credit_set_thread_limit(Int32(clamping: newValue))
        }
    }
}

/// Calls `body` with the start and the length of parts of `0..<count`, on several threads when
/// `count` is at least `minimum`; parts begin at multiples of `block`.
///
/// Waking a thread takes some ten microseconds, and almost none shortly after another call;
/// `minimum` stands for several tens of them. What parts write past the caches, `streaming`, is
/// there for all threads in the end.
package func concurrently(
    _ count: Int, minimum: Int, block: Int = 1024, streaming: Bool = false,
    _ body: (Int, Int) -> Void
) {
    let threads = credit_thread_limit()
    func part(_ start: Int, _ length: Int) {
        body(start, length)
        if streaming { credit_order_streaming() }
    }
    guard count >= minimum, threads > 1 else { return part(0, count) }
    withoutActuallyEscaping(part) { part in
        withUnsafePointer(to: part) { context in
            credit_parallel(
                count, block, threads,
                { context, start, length in
                    context?.assumingMemoryBound(to: ((Int, Int) -> Void).self)
                        .pointee(start, length)
                }, UnsafeMutableRawPointer(mutating: context))
        }
    }
}

extension _ElementwiseFunction {
    /// The number of elements from which threads pay.
    var threadedCount: Int {
        switch self {
        case .relu, .sign, .absolute, .squareRoot: 1 << 18
        default: 1 << 17
        }
    }
}

extension _ElementwiseOperation {
    /// The number of elements from which threads pay.
    var threadedCount: Int { self == .power ? 1 << 16 : 1 << 18 }
}
