#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the campaigns with optimisation and runs them: Tests/Campaigns/run.sh [PART...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

log=$(swift build -c release --product LedgerCampaign 2>&1) || {
    echo "$log" >&2
    exit 1
}
exec "$(swift build -c release --show-bin-path)/LedgerCampaign" "$@"
