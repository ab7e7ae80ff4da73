#!/bin/sh
# sh verify.sh FINGERPRINT [TSA_ROOT_PEM [FOLDER]]   0: utuh / holds, 1: tidak / not, 2: salah pakai / misuse
# FINGERPRINT: sidik jari kunci, dari berita acara, BUKAN dari bundel / from an official record, NOT from here
export LC_ALL=C; unset CDPATH; umask 077; ca=${2-}; folder=${3-$(dirname "$0")}; a='[A-Za-z0-9+/]'
die() { echo "TIDAK UTUH / FAILS: $1" >&3; exit 1; }; use() { { echo "$1"; sed -n 2,3p "$0"; } >&2; exit 2; }
key=$(printf %s "${1-}" | tr -d ' :' | tr A-F a-f); note=proof/checkpoint.note; s=proof/salts.txt
echo "$key" | grep -Eqx '[0-9a-f]{64}' || use "Sidik jari / fingerprint?"; z='[AEIMQUYcgkosw048]='
type xxd >/dev/null && openssl pkeyutl -help 2>&1 | grep -q rawin && t=$(mktemp -d) || use "xxd? OpenSSL 3?"
[ -z "$ca" ] || { cp "$ca" "$t/ca" && openssl x509 -in "$ca" -noout; } || { rm -r "$t"; use "PEM? $ca"; }
trap 'rm -rf "$t"' EXIT; trap 'exit 1' HUP INT TERM; cd "$folder" || use "$folder?"; exec 3>&1 2>/dev/null
hash() { cd "$t" && rm -f p.* && xxd -r -p bytes | split -b "$1" -a 4 - p. && sha256sum p.* || die hash; }
holds() { openssl pkeyutl -verify -pubin -keyform DER -inkey "$t/key" -rawin -in "$1" -sigfile "$2" >&2; }
# 1. Files: none is hidden, a link, extra or missing, and all are as both manifests say.
find . \( ! -type f ! -type d -o -name '.?*' -o -name '*[!A-Za-z0-9._-]*' \) | grep -q . && die "nama / name"
find . -type f -exec sha256sum {} + | sed 's| [ *]\./|  |' | sort -k 2 >"$t/sums"; m=manifest-sha256.txt
grep '  data/' "$t/sums" | cmp -s - $m || die "berkas / files: $m"
grep -Ev '  (data/.*|tagmanifest-sha256\.txt|proof/seal\.sig)$' "$t/sums" | cmp -s - tag$m || die tag$m
# 2. Key: the one whose fingerprint the user gave. It signed the list of all files, and the checkpoint.
vkey=$(tr -d '\n' <proof/log.vkey | grep -Ex "[A-Za-z0-9/_-]+\+[0-9a-f]{8}\+A[Q-Za-f]$a{42}") || die log.vkey
name=${vkey%%+*} id=${vkey#*+} id=${id%%+*}; echo "${vkey#*+*+}" | base64 -d | tail -c 32 >"$t/pub"
found=$(sha256sum <"$t/pub"); { printf '0*0\005\006\003+ep\003!\000'; cat "$t/pub"; } >"$t/key"  # RFC 8410
[ "${found%% *}" = "$key" ] || die "kunci lain, tanya kantornya / another key, ask the office itself: $found"
holds tag$m proof/seal.sig || die "tanda tangan / signature: proof/seal.sig"; all=$(cat $note)
set -- $(sed 3q $note | tee "$t/text" | tr '\n' ' ' | grep -Ex "$name [1-9][0-9]{0,14} $a{42}$z ")
{ cat "$t/text"; echo; grep '^— ' $note; } | cmp -s - $note && [ $# = 3 ] || die "bentuk / form of $note"
grep -Ex "— $name $a{90}$z" $note | cut -d ' ' -f 3 | base64 -d | xxd -p -c 68 | grep "^$id" | cut -c 9- |
  xxd -r -p >"$t/sig"; holds "$t/text" "$t/sig" || die "tanda tangan / signature: $note"
# 3. Commitments: each file of data/ and each text of proof/open/ is what an entry of this case commits to.
grep -Eqvx "[0-9]+ [0-9a-f]{64} (object data/|case proof/case|(actor|detail) proof/open/)[^ ]*" $s && die $s
awk -v label="$(printf 'telusur/commitment/1\000' | xxd -p)" 'NR == FNR { sum[$2] = $1; next }
  !($4 in sum) { exit 1 } { shown[$4]; print label $2 sum[$4] } END { for (p in sum)
    if (p ~ /^(data|proof\/open)\// && !(p in shown)) exit 1 }' "$t/sums" $s >"$t/bytes" || die $s
hash 85 | paste -d ' ' - $s >"$t/open"; held=$(awk '/^[{]/ { f = FILENAME; gsub(/.*\/|\.json$/, "", f)
    if (FNR > 1 || !index(e[f] = $0, "\"seq\":" f ",")) exit 1; next }
  { if (!index(e[$3], "\"" $5 "\":\"" $1 "\"")) exit 1; got[$3, $5] }
  END { for (f in e) { if (!((f, "case") in got)) exit 1; n += e[f] ~ /"object":/ && !((f, "object") in got) }
    print n + 0 }' proof/entries/*.json "$t/open") || die "proof/entries, $s"
# 4. Ledger: each entry's hash leads to the signed root (RFC 9162, 2.1.3.2), level by level for all at once.
for f in proof/entries/*.json; do n=${f##*/} n=${n%.json} p=${f%json}tlog-proof h=; read -r h <"$p"
  { printf '\000'; cat "$f"; } >"$t/l.$n"; w=$(sed '1,2d;/^$/q' "$p"); echo "$w" >"$t/w.$n"
  [ "$h" = c2sp.org/tlog-proof@v1 ] && printf "$h\nindex %s\n%b\n%s\n" "$n" "${w:+$w\n}" "$all" || die "$p"
done >"$t/all"; cat proof/entries/*.tlog-proof | cmp -s - "$t/all" || die "bukti / proof: tlog-proof"
(cd "$t"; sha256sum l.* | sed "s/ .l\.\(.*\)/ - w.\1 0 \1 $(($2 - 1))/" >now; grep . w.* /dev/null) >"$t/way"
echo "root:$3" >>"$t/way"; grep -Eqvx "(w\.[0-9]+|root):$a{42}$z" "$t/way" && die "bukti / proof"
cut -d : -f 2 "$t/way" | base64 -d | xxd -p -c 32 | paste -d ' ' "$t/way" - >"$t/ways"
while awk -v x="$t/bytes" 'NF == 2 { split($1, k, ":"); w[k[1], ++m[k[1]]] = $2; next }
  { i = $4 + 1; fn = $5; sn = $6; p = w[$3, i]; if (fn > sn || p != "" && !sn) exit 1 }
  p == "" { if (sn || $1 "" != w["root", 1]) exit 1; next } fn % 2 == 0 && fn != sn { print "01" $1 p >x }
  fn % 2 || fn == sn { print "01" p $1 >x; while (fn && fn % 2 == 0) { fn /= 2; sn = int(sn / 2) } }
  { printf "%s %d %.0f %.0f\n", $3, i, int(fn / 2), int(sn / 2) }' "$t/ways" "$t/now" >"$t/next" ||
  die "bukti / proof"; do [ -s "$t/next" ] || break; hash 65 | paste -d ' ' - "$t/next" >"$t/now"; done
# 5. Time: every timestamp is of the signed checkpoint and leads to the root certificate that the user gave.
[ -z "$ca" ] || for f in proof/stamps/*.tsr; do at=$(openssl ts -reply -in "$f" -text |
  awk '/^Status: Granted\.$/ || /^Hash Algorithm: sha(256|384|512)$/ { ok++ } /^Time stamp: / && ok == 2 {
  m = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $3) + 2) / 3; y = $6 - (m < 3); split($5, h, ":")
  d = 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * ((m + 9) % 12) + 2) / 5) + $4 - 719469
  printf "%.0f", ((d * 24 + h[1]) * 60 + h[2]) * 60 + int(h[3]) }')
  openssl ts -verify -attime "$at" -auth_level 2 -data $note -in "$f" -CAfile "$t/ca" >&2 || die "$f"; done
echo "UTUH / HOLDS: $(grep -c . $m) berkas/files, $held ditahan/withheld; waktu/time: ${ca:-TIDAK/NOT checked}
Keutuhan tidak menunjukkan kebenaran atau pelaku / Integrity shows neither truth nor who acted."
