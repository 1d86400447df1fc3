// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The golden file `name` of this test target.
func golden<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    let url = try #require(
        Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Golden"))
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}
