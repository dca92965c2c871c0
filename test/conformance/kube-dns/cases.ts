/** The data of a ConfigMap. */
export type Data = Readonly<Record<string, string>>

const servers = [
  '10.0.0.1', '10.0.0.1:53', 'ns.example', '2001:db8::1', '1.2.3', '[2001:db8::1]:53', '10.0.0.1:', '10.0.0.1:0',
  '300.1.1.1', '010.0.0.1', 'ns.example:53', '[2001:db8::1]', 'NS.example', '10.0.0.1:x', '10.0.0.1:65536', '', 'a b',
  '2001:DB8::1', '::ffff:1.2.3.4', '::1', '1.2.3.4:+5', '1.2.3.4:05', ':53', '[::1]:', '[::1]:0', 'a_b', 'a..b', '-a',
  'a-', 'a.', 'fe80::1%eth0', '[fe80::1%eth0]:53', '1.2.3.4/8', 'localhost', '0:0:0:0:0:0:0:1', '1:2:3', 'a:b:c',
  '１.2.3.4', '10.0.0.1 ', ' 10.0.0.1', '\\u0031.2.3.4', 'a\\tb',
] // biome-ignore format: a list of words reads better in rows

const domains = [
  'a.test', 'local', '10.in-addr.arpa', '', 'A.test', 'a_b', '*.a', '.a', 'a.', 'a..b', '-a', 'a-', 'a'.repeat(63),
  'a'.repeat(64), 'a'.repeat(253), 'a'.repeat(254), 'é', 'a b', '\\u0061', '0', 'a.b.c.d', '127.0.0.1',
] // biome-ignore format: a list of words reads better in rows

const federations = [
  '', '  ', 'a=b', 'a=b,c=d', ' a = b , c = d ', 'a', 'a=', '=b', 'a=b=c', 'A=b', 'a=B', 'a.b=c', 'a=b.c', ',', 'a=b,',
  '{"a":"b"}', 'a=b\nc=d', 'a=b.', '-a=b',
] // biome-ignore format: a list of words reads better in rows

const json = [
  '', 'null', ' null ', '{}', '[]', '"x"', '1', 'true', '{"a.test":"10.0.0.1"}', '{"a.test":[1]}', '{"a.test":[null]}',
  '{"a.test":null}', '{"a.test":["10.0.0.1",]}', '{"a.test":["10.0.0.1"]} x', '{"a.test":["10.0.0.1"],}',
  '{"a.test":[]}', '{“a.test”:[]}', "{'a':[]}", '{a:[]}', '{"a":[]', '{"a" []}', '{"a":[]}{"b":[]}', '{"a":[]}\n\n',
  '\ufeff{}', '{"a":["10.0.0.1"],"a":["x y"]}', '{"a":["x y"],"a":["10.0.0.1"]}', '{"a":1,"a":["10.0.0.1"]}',
  '{"a":{}}', '{"a":[["x"]]}', '{"a":["\\x"]}', '{"a":["\n"]}', '["10.0.0.1"]', '["10.0.0.1","10.0.0.2","10.0.0.3"]',
  '["10.0.0.1","10.0.0.2","10.0.0.3","10.0.0.4"]', '["10.0.0.1",null]', '[1]', '[ ]', '[01]', '[-]', '[1e5]', 'nul',
  '{"a":[],"b":null,"c":["10.0.0.1:53"]}', '// x\n{}', '{"a":[] /* */}', '\u00a0{}', '{"\\ud800":[]}',
  '{"a":["\\ud800"]}', '{"a": [true]}', '[{}]', '["a","a"]',
] // biome-ignore format: a list of words reads better in rows

/** ConfigMaps of kube-dns, right and wrong. */
export const configMaps: readonly Data[] = [
  ...servers.map((server) => ({ stubDomains: `{"a.test":["${server}"]}` })),
  ...servers.map((server) => ({ upstreamNameservers: `["${server}"]` })),
  ...domains.map((domain) => ({ stubDomains: `{"${domain}":["10.0.0.1"]}` })),
  ...federations.map((text) => ({ federations: text })),
  ...json.map((text) => ({ stubDomains: text })),
  ...json.map((text) => ({ upstreamNameservers: text })),
  {},
  { x: 'y' },
  { StubDomains: 'x' },
  { stubDomains: '{"a":["10.0.0.1"]}', federations: 'x' },
]
