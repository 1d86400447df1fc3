#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs what swift-credit needs beside Swift itself. Safe to run again: it changes nothing when
# nothing is missing. CREDIT_SETUP=skip leaves the machine alone.
set -euo pipefail

packages=(
    libblas-dev liblapacke-dev  # the BLAS and LAPACK interfaces of LinearAlgebra
    libopenblas0-pthread        # a fast BLAS behind them
    zlib1g-dev                  # compressed .npz files
    pkg-config                  # how SwiftPM finds them
    libsqlite3-dev              # the store of Ledger
    gnuplot-nox                 # the charts of the examples
)

[ "${CREDIT_SETUP:-}" = skip ] && exit 0

version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
if [ -z "$version" ] || [ "$(printf '6.2\n%s\n' "$version" | sort -V | head -n 1)" != 6.2 ]; then
    echo "swift-credit needs Swift 6.2 or newer (found: ${version:-none})." \
        "Install it with swiftly: https://www.swift.org/install/linux/" >&2
    exit 1
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "Not Debian or Ubuntu: please install what these packages hold: ${packages[*]}" >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "Please install as root: apt-get install ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends -qq "${missing[@]}" >/dev/null
