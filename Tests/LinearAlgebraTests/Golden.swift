// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The golden file `name.json` of this target.
func golden<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Golden")!
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}
