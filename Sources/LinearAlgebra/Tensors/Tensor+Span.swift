// SPDX-License-Identifier: Apache-2.0

extension Tensor {
    /// Calls `body` with the row-major elements, without a copy.
    @inlinable
    public func withSpan<Result: ~Copyable, Failure: Error>(
        _ body: (Span<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.span)
    }

    /// Calls `body` with the row-major elements for reading and writing.
    ///
    /// Copies the elements first only when another tensor or array shares them.
    @inlinable
    public mutating func withMutableSpan<Result: ~Copyable, Failure: Error>(
        _ body: (inout MutableSpan<Scalar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = storage.mutableSpan
        return try body(&span)
    }

    /// Calls `body` with the base address of the elements.
    func withPointer<Result>(_ body: (UnsafePointer<Scalar>) -> Result) -> Result {
        // An empty array may have no address; kernels never touch the one that stands in for it.
        storage.withUnsafeBufferPointer { body($0.baseAddress ?? danglingPointer()) }
    }

    /// Calls `body` with the base address of uniquely owned elements.
    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutablePointer<Scalar>) -> Result
    ) -> Result {
        storage.withUnsafeMutableBufferPointer {
            body($0.baseAddress ?? UnsafeMutablePointer(mutating: danglingPointer()))
        }
    }
}

/// An aligned, non-null address of no storage.
private func danglingPointer<Scalar>() -> UnsafePointer<Scalar> {
    UnsafePointer(bitPattern: MemoryLayout<Scalar>.alignment).unsafelyUnwrapped
}

/// An array of `count` elements that `body` writes completely.
func uninitialized<Scalar>(
    _ count: Int, _ body: (UnsafeMutablePointer<Scalar>) -> Void
) -> [Scalar] {
    [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
        if let address = buffer.baseAddress, count > 0 {
            preferLargePages(UnsafeMutableRawBufferPointer(buffer))
            body(address)
        }
        initialized = count
    }
}
