#!/usr/bin/env bash
# Makes the keys and the signature of this folder anew. Neither the build nor the tests need it.
# Wants openssl 3 and, for model-signing.sigstore.json, the program model_signing of Python's
# model-signing 1.1.1 (Apache-2.0) with pyopenssl. The keys protect nothing.
set -euo pipefail
cd "$(dirname "$0")"

ec() { openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$1" -out "$2"; }
ec P-256 p256.pem
ec P-256 other.pem
ec P-384 p384.pem
ec secp256k1 secp256k1.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem 2> /dev/null
openssl genpkey -algorithm ED25519 -out ed25519.pem
openssl pkey -in p256.pem -pubout -out p256.pub.pem
openssl pkey -in other.pem -pubout -out other.pub.pem
openssl pkey -in p384.pem -pubout -out p384.pub.pem

# The same key in its other forms: SEC 1 with its parameters before it, without its public half,
# encrypted both ways, cut short.
openssl ecparam -name prime256v1 > p256-sec1.pem
openssl pkey -in p256.pem -traditional >> p256-sec1.pem
openssl ec -in p256.pem -no_public 2> /dev/null > p256-private-only.pem
openssl pkey -in secp256k1.pem -traditional -out secp256k1-sec1.pem
openssl pkey -in p256.pem -aes256 -passout pass:secret -out p256-encrypted.pem
openssl ec -in p256.pem -aes256 -passout pass:secret -out p256-sec1-encrypted.pem 2> /dev/null
sed '2s/./A/5; 3d' p256.pem > p256-damaged.pem
echo "not a key" > none.pem

printf 'any bytes will do' > model-signing.mlb
model_signing sign key model-signing.mlb --private_key p256.pem \
  --signature model-signing.sigstore.json
model_signing verify key model-signing.mlb --public_key p256.pub.pem \
  --signature model-signing.sigstore.json
