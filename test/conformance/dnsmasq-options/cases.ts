/** Lines of a configuration file, each a file of its own; where a case has several lines they are one file. */
const ownCases: readonly string[] = `
no-resolv
no-resolv=
no-resolv=x
no-res
--no-resolv
no-nonsense
port=53
port=
port
port = 53
port=0
port=65535
port=65536
port=5x
port="53"
cache-size=1000
cache-size
cache-size=
cache-size=-1
cache-size=99999999
domain-needed # why
domain-needed#why
server=1.2.3.4#53 # why
server=1.2.3.4
server = 1.2.3.4
server=1.2.3.4#5353
server=1.2.3.4#
server=1.2.3.4#x
server=1.2.3.4#65536
server=1.2.3.4:53
server=[2001:db8::1]
server=[2001:db8::1]#53
server=2001:db8::1
server=2001:db8::1#53
server=::ffff:1.2.3.4
server=300.1.1.1
server=1.2.3
server=010.1.1.1
server=1.2.3.4@lo
server=1.2.3.4@127.0.0.1
server=1.2.3.4@127.0.0.1#5000
server=1.2.3.4@127.0.0.1#x
server=1.2.3.4@lo@127.0.0.1
server=1.2.3.4@lo@eth0
server=1.2.3.4@::1
server=2001:db8::1@127.0.0.1
server=@lo
server=#
server=
server
server=/d.test/1.2.3.4
server=/d.test/e.test/1.2.3.4
server=/d.test/
server=/d.test/#
server=/1.2.3.4
server=//1.2.3.4
server=//
server=///
server=/#/1.2.3.4
server=/*/1.2.3.4
server=/*suf/1.2.3.4
server=/*.d.test/1.2.3.4
server=/.d.test/1.2.3.4
server=/..d.test/1.2.3.4
server=/d.test./1.2.3.4
server=/d..test/1.2.3.4
server=/./1.2.3.4
server=/_x.test/1.2.3.4
server=/d test/1.2.3.4
server=/ /1.2.3.4
server=/d.test/ 1.2.3.4
server="/d.test/1.2.3.4"
server=/"d.test"/1.2.3.4
server=/d.test/"1.2.3.4"
server=/d.test/1.2.3.4/
server=/a123456789012345678901234567890123456789012345678901234567890123.test/1.2.3.4
server=/a12345678901234567890123456789012345678901234567890123456789012.test/1.2.3.4
server=localhost
server=/d.test/localhost
local=/d.test/
local=/d.test/1.2.3.4
local=
local=1.2.3.4
address=/d.test/1.2.3.4
address=/d.test/2001:db8::1
address=/d.test/#
address=/d.test/
address=/d.test/e.test/
address=/d.test/1.2.3.4#53
address=/d.test/x
address=/d.test/1.2.3
address=/d.test/010.1.1.1
address=/#/1.2.3.4
address=//1.2.3.4
address=1.2.3.4
address=#
address=
address=/d.test
address="/d.test/1.2.3.4"
rev-server=10.0.0.0/8,1.2.3.4
rev-server=10.0.0.0/16,1.2.3.4#5353
rev-server=10.0.0.0/12,1.2.3.4
rev-server=10.0.0.0/0,1.2.3.4
rev-server=10.0.0.0/33,1.2.3.4
rev-server=10.0.0.1/32,1.2.3.4
rev-server=10.0.0.1,1.2.3.4
rev-server=10.0.0.0/8
rev-server=10.0.0.0/8,
rev-server=10.0.0.0/8,#
rev-server=10.0.0.0/x,1.2.3.4
rev-server=2001:db8::/32,1.2.3.4
rev-server=2001:db8::/33,1.2.3.4
rev-server=2001:db8::/129,1.2.3.4
rev-server=x,1.2.3.4
rev-server="10.0.0.0/8,1.2.3.4"
host-record=a.test,1.2.3.4
host-record=a.test,b.test,1.2.3.4,2001:db8::1
host-record=a.test,1.2.3.4,60
host-record=a.test
host-record=a.test,
host-record=,1.2.3.4
host-record=a.test,1.2.3
host-record=a.test,"1.2.3.4"
host-record=a..b,1.2.3.4
host-record=*.a.test,1.2.3.4
host-record=_a.test,1.2.3.4
host-record=a b,1.2.3.4
cname=a.test,b.test
cname=a.test,b.test,c.test
cname=a.test,b.test,60
cname=a.test,60
cname=a.test
cname=a.test,
cname=,b.test
cname=*.a.test,b.test
cname=a.test,a.test
cname=a.test,b.test\\ncname=b.test,a.test
cname=a.test,b.test\\ncname=b.test,c.test
cname=a.test,b.test\\ncname=A.TEST,c.test
txt-record=t.test,hello
txt-record=t.test,"hello, world",again
txt-record=t.test
txt-record=,x
txt-record=t.test,
txt-record=t.test,"a
srv-host=_l._tcp.s.test,t.test,389
srv-host=_l._tcp.s.test,t.test,389,1,2
srv-host=_l._tcp.s.test,t.test,389,1,2,3
srv-host=_l._tcp.s.test,t.test,x
srv-host=_l._tcp.s.test,t.test,65536
srv-host=_l._tcp.s.test
srv-host=_l._tcp.s.test,
srv-host=_l._tcp.s.test,,389
srv-host=
mx-host=m.test
mx-host=m.test,t.test
mx-host=m.test,t.test,10
mx-host=m.test,t.test,x
mx-host=m.test,,10
mx-host=m.test,t.test,10,1
ptr-record=1.0.0.10.in-addr.arpa,n.test
ptr-record=1.0.0.10.in-addr.arpa
ptr-record=,n.test
naptr-record=n.test,1,2,u,s,r
naptr-record=n.test,1,2,u,s,r,x.test
naptr-record=n.test,1,2,u,s
naptr-record=n.test,x,2,u,s,r
naptr-record=n.test,1,2,,,,x.test
naptr-record=n.test,1,2,u,s,r,x.test,y
caa-record=c.test,0,issue,le.test
caa-record=c.test,0,issue
caa-record=c.test,x,issue,le.test
caa-record=c.test,0,issue,a,b
dns-rr=d.test,65,000100
dns-rr=d.test,65
dns-rr=d.test,x,00
dns-rr=d.test,65,0g
dns-rr=d.test,65,00:01:00
dns-rr=d.test,65,0
dns-rr=d.test
synth-domain=s.test,10.0.0.0/24
synth-domain=s.test,10.0.0.0/24,p-
synth-domain=s.test,10.0.0.0/24,p*
synth-domain=s.test,10.0.0.1,10.0.0.9,p-
synth-domain=s.test,10.0.0.1
synth-domain=s.test
synth-domain=s.test,10.0.0.0/33
synth-domain=s.test,2001:db8::/64,p-
synth-domain=s.test,2001:db8::/64,p*
synth-domain=s.test,2001:db8::/48,p*
synth-domain=s.test,x
synth-domain=s.test,10.0.0.1,x
synth-domain=s.test,10.0.0.0/24,a-prefix-that-is-longer-than-it-may-be-in-a-label-of-a-name-x
domain=d.test
domain=d.test,10.0.0.0/24
domain=d.test,10.0.0.0/24,local
domain=d.test,10.0.0.0/24,other
domain=d.test,10.0.0.1,10.0.0.9
domain=d.test,eth0
domain=d.test,2001:db8::/64
domain=d..test
domain=a123456789012345678901234567890123456789012345678901234567890123
domain-suffix=d.test
alias=1.2.3.4,5.6.7.8
alias=1.2.3.0,5.6.7.0,255.255.255.0
alias=1.2.3.1-1.2.3.9,5.6.7.0,255.255.255.0
alias=1.2.3.1-1.2.4.9,5.6.7.0,255.255.255.0
alias=1.2.3.4
alias=1.2.3.4,x
alias=1.2.3.4,5.6.7.8,x
bogus-nxdomain=1.2.3.4
bogus-nxdomain=1.2.3.0/24
bogus-nxdomain=2001:db8::1
bogus-nxdomain=x
bogus-nxdomain=1.2.3.4/33
bogus-nxdomain=1.2.3.4/x
ignore-address=1.2.3.4
ignore-address=2001:db8::/32
rebind-domain-ok=/d.test/
rebind-domain-ok=/d.test/e.test/
rebind-domain-ok=d.test
rebind-domain-ok=/d.test
rebind-domain-ok=
add-subnet
add-subnet=24
add-subnet=24,96
add-subnet=1.2.3.4/24,2001:db8::/96
add-subnet=x
add-subnet=1.2.3.4
add-subnet=x/24
add-mac
add-mac=base64
add-mac=text
add-mac=other
filter-A
filter-AAAA
filter-rr=ANY
filter-rr=TXT,MX
filter-rr=257
filter-rr=nonsense
cache-rr=TXT
local-ttl=60
local-ttl=x
local-ttl=60\\nlocal-ttl=30
neg-ttl=60
max-ttl=60
min-cache-ttl=60
max-cache-ttl=60
auth-ttl=60
use-stale-cache
use-stale-cache=3600
use-stale-cache=0
use-stale-cache=x
fast-dns-retry
fast-dns-retry=1000
fast-dns-retry=10
fast-dns-retry=1000,10000
fast-dns-retry=1000,x
port-limit=3
port-limit=0
max-tcp-connections=3
max-tcp-connections=0
dns-forward-max=500
dns-forward-max=x
edns-packet-max=1232
query-port=5353
query-port=x
min-port=1024
max-port=70000
log-queries
log-queries=extra
log-queries=other
log-async
log-async=50
log-async=x
log-facility=-
log-facility=/var/log/x
log-facility=local0
log-facility=DAEMON
log-facility=nonsense
log-facility=
local-service
local-service=net
local-service=host
local-service=x
listen-address=127.0.0.1
listen-address=127.0.0.1,::1
listen-address=localhost
listen-address=
interface=lo,eth0
interface=
except-interface=lo
no-dhcp-interface=lo
interface-name=i.test,eth0
interface-name=i.test,eth0/4
interface-name=i.test,eth0/5
interface-name=i.test
dynamic-host=i.test,0.0.0.8,eth0
dynamic-host=i.test,eth0
addn-hosts=/nowhere
addn-hosts=
hostsdir=/nowhere
resolv-file=/nowhere
resolv-file=
resolv-file=/a\\nresolv-file=/b
resolv-file=/a\\nresolv-file=/b\\nno-poll
resolv-file=/a\\nresolv-file=/b\\nno-poll\\nno-resolv
servers-file=/nowhere
conf-file=
conf-dir=
user=root
user=
group=
pid-file=
mx-target=t.test
mx-target=
strict-order
all-servers
stop-dns-rebind
rebind-localhost-ok
no-negcache
no-round-robin
no-ident
no-0x20-encode
do-0x20-encode
strip-mac
strip-subnet
expand-hosts
selfmx
localmx
bogus-priv
filterwin2k
proxy-dnssec
dns-loop-detect
clear-on-reload
localise-queries
bind-interfaces
bind-dynamic
keep-in-foreground
no-daemon
umbrella
umbrella=orgid:1
umbrella=deviceid:0123456789abcdef
umbrella=x
ipset=/d.test/set
ipset=/d.test/
quiet-tftp
log-debug
dhcp-fqdn
dhcp-fqdn\\ndomain=d.test
tftp-unique-root
tftp-unique-root=mac
auth-server=a.test,eth0
auth-zone=a.test
auth-zone=a.test,10.0.0.0/24
auth-peer=1.2.3.4
auth-peer=x
auth-sec-servers=a.test,b.test
auth-soa=1
txt-record=t.test,"a\\\\tb\\\\"c"
"server"=1.2.3.4
server="1.2.3.4
server=1.2.3.4"
server=1.2.3.4 extra
 server=1.2.3.4
	server	=	1.2.3.4
=1.2.3.4
#
address=/d.test/"#"
cache-size="1000"
host-record="a,b",1.2.3.4
host-record=a.test,"b,c"
txt-record=t.test,x#y
txt-record=t.test,x #y
txt-record=t.test,"x"#y
txt-record="x"#y
`
  .slice(1, -1)
  .split('\n')
  .map((line) => line.replaceAll('\\n', '\n').replaceAll('\\\\', '\\'))

/** Options as they may stand in a file once, one a word. */
const ONCE = `
  no-hosts no-poll no-daemon bogus-priv selfmx filterwin2k strict-order no-resolv expand-hosts localmx no-negcache
  domain-needed bind-interfaces read-ethers keep-in-foreground dhcp-authoritative localise-queries no-ping
  leasefile-ro clear-on-reload tftp-secure tftp-no-fail tftp-lowercase tftp-no-blocksize log-dhcp dhcp-no-override
  stop-dns-rebind all-servers rebind-localhost-ok proxy-dnssec dhcp-sequential-ip dhcp-client-update enable-ra
  bind-dynamic quiet-dhcp quiet-dhcp6 quiet-ra dns-loop-detect script-arp dhcp-rapid-commit script-on-renewal
  tftp-single-port dhcp-ignore-clid log-debug quiet-tftp strip-mac strip-subnet filter-A filter-AAAA
  no-round-robin no-ident no-0x20-encode do-0x20-encode log-queries resolv-file bootp-dynamic dhcp-ignore-names
  enable-tftp tftp-unique-root dhcp-broadcast dhcp-proxy dhcp-generate-names add-mac leasequery user group
  cache-size=1 dhcp-leasefile local-service pid-file enable-dbus log-async dhcp-alternate-port add-subnet
  enable-ubus umbrella fast-dns-retry use-stale-cache servers-file=1 mx-target=1 port=1 dhcp-lease=1 local-ttl=1
  query-port=1 dhcp-lease-max=1 edns-packet-max=1 dhcp-script=1 log-facility=/tmp/x dns-forward-max=1 tftp-max=1
  tftp-mtu=1 tftp-port-range=1000,2000 neg-ttl=1 max-ttl=1 min-cache-ttl=1 max-cache-ttl=1 dhcp-scriptuser=1
  min-port=1 max-port=1 add-cpe-id=1 dhcp-duid=1000,2000 auth-server=1 auth-ttl=1 auth-soa=1 dhcp-ttl=1
  dhcp-reply-delay=1 dumpfile=1 dumpmask=1 port-limit=1 max-tcp-connections=1 mx-host=1 dhcp-host=1
  dhcp-range=1.2.3.4,1.2.3.5 dhcp-option=1 dhcp-boot=1 domain=1 domain-suffix=1 interface=1
  listen-address=127.0.0.1 bogus-nxdomain=127.0.0.1 ignore-address=127.0.0.1 server=1 rev-server=127.0.0.1 local=1
  address=127.0.0.1 addn-hosts=1 except-interface=1 no-dhcp-interface=1 alias=1.2.3.4,1.2.3.5
  dhcp-vendorclass=a.test,b.test dhcp-userclass=a.test,b.test dhcp-ignore=1 srv-host=1 txt-record=1
  dns-rr=a.test,1 dhcp-mac=a.test,1 tftp-root=1 ptr-record=1 naptr-record=a.test,1,2,u,s,r
  bridge-interface=a.test,b.test dhcp-option-force=1 dhcp-circuitid=a.test,b.test dhcp-remoteid=a.test,b.test
  dhcp-subscrid=a.test,b.test dhcp-hostsfile=1 dhcp-optsfile=1 rebind-domain-ok=1 dhcp-match=a.test,1
  cname=a.test,b.test pxe-prompt=1 pxe-service=1000,2000 tag-if=set:x,tag:y host-record=a.test,b.test auth-zone=1
  auth-sec-servers=1 auth-peer=127.0.0.1 synth-domain=10.0.0.0/24,127.0.0.1 ra-param=1 caa-record=a.test,1,2,u,s,r
  dhcp-name-match=a.test,b.test shared-network=1.2.3.4,1.2.3.5 dhcp-pxe-vendor=1 filter-rr=1 cache-rr=1
  no-dhcpv4-interface=1 no-dhcpv6-interface=1 dhcp-option-pxe=1
`
  .trim()
  .split(/\s+/)

/** Each of them twice, which only some may be. */
const repeatedCases = [...ONCE.map((line) => `${line}\n${line}`), 'local-ttl=1\nno-hosts\nlocal-ttl=2', 'auth-server=1']

/** Everything that is asked of files. */
export const fileCases: readonly string[] = [...ownCases, ...repeatedCases]

/** Words of a command line, each between `|`. */
const ownCommands: readonly (readonly string[])[] = `
--no-resolv
--no-resolv=
--no-res
--no-re
--no-r
--no
--server=1.2.3.4
--server 1.2.3.4
--server|1.2.3.4
--serv=1.2.3.4
--serve=1.2.3.4
--server=|-k
--server
--servers=/nowhere
-S1.2.3.4
-S|1.2.3.4
-S=1.2.3.4
-S
-hRD
-hRDS1.2.3.4
-hRDS|1.2.3.4
-hZq9
-j|set:x,y
-!
--cache-size=1000
--cache-size|1000
--cache-size
-c|1000
-c1000
--log-queries=extra
--log-queries|extra
-q
-qextra
--user=root
--user|root
-u|root
--address=/d.test/"1.2.3.4"
--address="/d.test/1.2.3.4"
--txt-record=t.test,"a,b"
--txt-record=t.test,a b
--txt-record=t.test,x #y
--port=53|--port=54
--cache-size=1|--cache-size=2
--local-ttl=1|-T|2
--no-resolv|--no-resolv
word
|--no-resolv
 |--no-resolv
--|--no-resolv
--
--no-resolv|--
--local-service=net
--local-service
--filter-AAAA
--filter-A
--filter-a
--filter=x
--no-round-robin
--no-ro
--no-i
--use-stale-cache=10
--use-stale
--domain=d.test
--domain-s=d.test
--dhcp-lease=/x
--dhcp-leas=/x
--dns-l
--enable-u
--=x
-k|-k
-d|-k
-1
-1x
--enable-dbus=x
-3
--interface=lo|-i|eth0
--log-facility=-
--cname=a.test,b.test|--cname=a.test,c.test
--server=/d.test/[2001:db8::1]#53
--server=[2001:db8::1]#53
--server=8.8.8.8:53
`
  .slice(1, -1)
  .split('\n')
  .map((line) => line.split('|'))

/** Everything that is asked of command lines. */
export const commandCases: readonly (readonly string[])[] = [
  ...ownCommands,
  ...ONCE.map((line) => [`--${line}`, `--${line}`]),
]
