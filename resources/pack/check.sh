#!/bin/sh
# Check an unpacked inspection pack with shell tools alone:  sh check/check.sh
# The same as check.py, but for the reports; the chain takes about a second for a few hundred entries.
# A ZIP file as it was made ends with the hash of all before:  head -c -64 PACK.zip | sha256sum;  tail -c 64 PACK.zip
set -u
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/.." || exit 1
bad() { echo "BAD  $1"; exit 1; }

sha256sum < SHA256SUMS | cmp -s - SHA256SUMS.sha256 || bad "SHA256SUMS is not the list that was made"
[ -z "$(find . -type l)" ] || bad "there are links, which no pack has"
sha256sum --check --strict --quiet SHA256SUMS > /dev/null 2>&1 || bad "$(sha256sum --check --strict --quiet SHA256SUMS 2>&1 | head -n 1)"
listed=$(cut -c 67- SHA256SUMS | sort)
there=$(find . -type f ! -path ./SHA256SUMS ! -path ./SHA256SUMS.sha256 | cut -c 3- | sort)
[ "$listed" = "$there" ] || bad "a file was added or taken away"
echo "ok   $(echo "$listed" | wc -l | tr -d ' ') files are as they were when the pack was made"

ledger=$(sed -n 's/^ *"ledger": "\(.*\)",\{0,1\}$/\1/p' about/pack.json)
entries=$(sed -n 's/^ *"entries": \([0-9]*\),\{0,1\}$/\1/p' about/pack.json)
wanted=$(sed -n 's/^ *"head": "\([0-9a-f]*\)",\{0,1\}$/\1/p' about/pack.json)
[ -f "$ledger" ] || bad "there is no ledger"
head=0000000000000000000000000000000000000000000000000000000000000000
n=0
while IFS= read -r line; do
    n=$((n + 1))
    rest=${line#????????????????????????????????????????????????????????????????????????}
    whole=$(printf '%s%s' "$head" "$rest" | sha256sum | cut -c 1-64)
    [ "${line%"$rest"}" = "{\"h\":\"$whole\"," ] || bad "line $n of the ledger is not what was written"
    head=$whole
done < "$ledger"
[ "$n" = "$entries" ] && [ "$head" = "$wanted" ] || bad "the ledger has $n entries and the head $head, which the pack does not say"
echo "ok   the chain of the ledger's $n entries holds; its head is $head"
echo "All is as it was when the pack was made."
