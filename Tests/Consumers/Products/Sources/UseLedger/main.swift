// SPDX-License-Identifier: Apache-2.0

import Ledger

let banks = [SigningIdentity.generate(), SigningIdentity.generate(), SigningIdentity.generate()]
let genesis = try Genesis(
    chainName: "consumer", banks: banks, bureaus: [SigningIdentity.generate()], creationTime: 1)
let chain = try Chain.inMemory(genesis: genesis)
precondition(chain.state.headHash == genesis.chainID)
print("Ledger", genesis.chainID)
