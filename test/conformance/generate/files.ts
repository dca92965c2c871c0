import { certificateFiles } from '../certificate.ts'

const zone = (origin: string) =>
  `$ORIGIN ${origin}\n@ 3600 IN SOA ns1 hostmaster 2024010101 7200 3600 1209600 3600\n@ 3600 IN NS ns1\nns1 3600 IN A 192.0.2.1\n`

/** The files that a generated Corefile may name. */
const filesAtHand: Readonly<Record<string, string>> = {
  ...certificateFiles,
  'tls/key.pem': certificateFiles['key.pem'],
  'resolv.conf': 'nameserver 192.0.2.53\nnameserver 2001:db8::53\nsearch example.org\n',
  'hosts.txt': '192.0.2.10 printer.example.org printer\n2001:db8::10 printer.example.org\n',
  'db.example.org': zone('example.org.'),
  'db.example.net': zone('example.net.'),
  'zones/db.example.org': zone('example.org.'),
  'zones/db.example.net': zone('example.net.'),
  'zones/192.0.2.in-addr.arpa.zone': zone('2.0.192.in-addr.arpa.'),
  'weights.txt': 'www.example.org\n192.0.2.1 3\n192.0.2.2 1\n',
  'web.yml': 'tls_server_config:\n  cert_file: cert.pem\n  key_file: key.pem\n',
  'tsig.conf':
    'key "transfer.example.org." {\n  algorithm hmac-sha256;\n  secret "vxw+xvCHwYDgjXNPwu780GmWvP2M7yJmfIbUOv4u6kk=";\n};\n',
  'Kexample.org.+013+02137.key':
    'example.org. 3600 IN DNSKEY 257 3 13 5WchIFpA4JLBCuTB9YJ0k7liM440cv3Cta1yeIl9Vi1EFr+8mq9GzD1BSb3BVnoLZc/M9QR0bR+149NYrbUJGw==\n',
  'Kexample.org.+013+02137.private':
    'Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: b9f/5vPxp8f+Vt19EM4MWFe24HHmOmmcZeS3ex0dCmw=\n',
  'aws.ini':
    '[default]\naws_access_key_id = none\naws_secret_access_key = none\n\n[profile other]\nregion = eu-west-1\n',
  'kubeconfig.yaml':
    'apiVersion: v1\nkind: Config\nclusters:\n- name: home\n  cluster:\n    server: http://127.0.0.1:6443\ncontexts:\n- name: home\n  context:\n    cluster: home\n    user: nobody\nusers:\n- name: nobody\n  user: {}\ncurrent-context: home\n',
  'common.conf': 'errors\nlog\n',
  'servers/one.server': 'one.example:5301 {\n  whoami\n}\n',
  'servers/two.server': 'two.example:5302 {\n  forward . 192.0.2.53\n  cache 30\n}\n',
  'overrides/hosts.override': 'hosts {\n  192.0.2.20 nas.example.org\n  fallthrough\n}\n',
  'overrides/cache.override': 'cache 60\n',
  'properties.inc': 'max_fails 3\nexpire 20s\n',
  empty: '',
}

/** The files that lie beside a Corefile: those that it may mean. */
export function filesFor(text: string): Record<string, string> {
  const isMeant = (file: string) => text.includes(file.split('/')[0] as string) || /import.*[*?]/.test(text)
  return Object.fromEntries(Object.entries(filesAtHand).filter(([file]) => isMeant(file)))
}
