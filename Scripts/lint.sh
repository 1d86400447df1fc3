#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Checks format and house rules: Scripts/lint.sh. Prints each violation; exits 1 if there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

failed=0
report() { # title, offending lines
    [ -z "$2" ] && return
    printf '%s\n%s\n' "$1" "$2" >&2
    failed=1
}

files() { # file-name patterns
    find . \( -name '.build*' -o -name .git -o -name out \) -prune -o -type f \( "$@" \) -print |
        sed 's|^\./||' | sort
}

swift_files=$(files -name '*.swift')
library_files=$(grep '^Sources/' <<<"$swift_files")
code_files=$(files -name '*.swift' -o -name '*.c' -o -name '*.h' -o -name '*.sh' -o -name '*.py')

xargs swift format lint --strict <<<"$swift_files" || failed=1

report 'No licence line among the first two lines:' "$(
    while read -r file; do
        head -n 2 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || echo "$file"
    done <<<"$code_files"
)"
report 'Longer than 600 lines:' "$(
    xargs wc -l <<<"$code_files" | awk '$1 > 600 && $2 != "total" { print $2 ": " $1 }'
)"
c_files='/(Float|Double)\+[A-Za-z]*(BLAS|LAPACK|Kernels)\.swift$|/Runtime/'
c_files+='|/Files/(CRC32|Deflater|Inflater)\.swift$'
report 'Foreign C modules may be imported only by per-scalar files, Runtime and the three files of zlib:' "$(
    grep -vE "$c_files" <<<"$library_files" |
        xargs grep -nE 'import CCredit(BLAS|LAPACKE|Zlib)' || true
)"
report 'Library code neither prints, nor stops the process, nor is left unfinished:' "$(
    xargs grep -nE '(^|[^A-Za-z.])print\(|fatalError\(|try!|TODO|FIXME' <<<"$library_files" |
        grep -vE '^[^:]+:[0-9]+: *///' || true
)"
report 'Modules that must not need Foundation:' "$(
    grep -E '^Sources/(LinearAlgebra|Metrics|Behavioral|CreditSpecialFunctions)/' \
        <<<"$library_files" | xargs grep -nE 'import Foundation' || true
)"
report 'Public types of one name in two modules:' "$(
    xargs grep -oE '^public ((final|indirect) )?(struct|class|enum|protocol|actor|typealias) \w+' \
        <<<"$library_files" | sed -E 's|^Sources/([^/]*)/.* (\w+)$|\2 \1|' | sort -u |
        awk '$1 == name { print name ": " module " and " $2 } { name = $1; module = $2 }'
)"
report 'Modules without a DocC catalog:' "$(
    while read -r module; do
        ls "$module"/*.docc/*.md >/dev/null 2>&1 || echo "$module"
    done < <(cut -d/ -f1,2 <<<"$library_files" | sort -u)
)"
# The README's programs are the snippets, to the letter, so they compile.
for snippet in Snippets/*.swift; do
    block=$(sed -n "/<!-- $(basename "$snippet") -->/,/^\`\`\`\$/p" README.md | sed '1,2d;$d')
    [ -z "$block" ] && continue
    report "README.md differs from $snippet:" "$(
        diff <(sed '/SPDX-License-Identifier/,/^$/d' "$snippet") <(echo "$block") || true
    )"
done
report 'Named in ProofOfVoting.md but no test:' "$(
    sed -n '/^## Tests of the paper/,$p' Documentation/ProofOfVoting.md | grep '^| ' |
        sed 's/.*| \(`.*\) |$/\1/' | grep -oE '`[a-z][A-Za-z]+`' | tr -d '`' | sort -u |
        while read -r name; do
            grep -rqE "func $name\(" Tests --include='*.swift' || echo "$name"
        done
)"
report 'Named in the README but not executable:' "$(
    grep -oE 'Scripts/[a-z-]+\.sh' README.md | sort -u | while read -r script; do
        [ -x "$script" ] || echo "$script"
    done
)"
exit $failed
