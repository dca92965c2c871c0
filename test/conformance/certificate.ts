/** A certificate for dns.example and its key, made for these cases alone. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBgzCCASmgAwIBAgIUP4WG0jHQJwpqBbsfoHp/n5hxISEwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZG5zLmV4YW1wbGUwIBcNMjYxMTIxMTEyNDE2WhgPMjEyNjEw
MjgxMTI0MTZaMBYxFDASBgNVBAMMC2Rucy5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAE7Uj9gzJl54Rluey4GuhbUhCMtp0qMlzuNg4u7lecKan/ihI+
zrRdZfxDRfdqpSPr9nQlAEn+QoLwZwS4/RuUU6NTMFEwHQYDVR0OBBYEFE9NUh3R
cAnSlGydfzgp8FK1bwAkMB8GA1UdIwQYMBaAFE9NUh3RcAnSlGydfzgp8FK1bwAk
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAIgmtv/SqXGm1hlj
UDZ+p/qt6WnKDAt92VTAY0NZOR8xAiBSCD0qr9ygfwtUUIIq2DaHsufsqnP5fikR
BZqqbYw/7Q==
-----END CERTIFICATE-----
`

/** The key of `certificate`; it protects nothing. */
export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2b2ljmtU9bWkNREz
zijU5k9C4ZAUHMJYvdpQ14kla/WhRANCAATtSP2DMmXnhGW57Lga6FtSEIy2nSoy
XO42Di7uV5wpqf+KEj7OtF1l/ENF92qlI+v2dCUASf5CgvBnBLj9G5RT
-----END PRIVATE KEY-----
`

export const certificateFiles = { 'cert.pem': certificate, 'key.pem': certificateKey, 'tls/cert.pem': certificate }
