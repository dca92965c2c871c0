require("./-rolldown-runtime.cjs");const e=require("./node-answerers.cjs"),t=require("./node-expectations.cjs"),n=require("./program.cjs"),r=require("./report-json-text.cjs"),i=require("./node-source-files.cjs"),a=require("./cli-unreadable.cjs");let o=require("node:fs"),s=require("node:path");const c=`corefile_test.yaml`,l={name:`test`,summary:`check expectations about answers`,description:`Asks what files of expectations say and compares. FILE is such a file, ${c} when missing; the Corefile stands in it, as a path from there. Nothing is asked over the network.`,operands:{name:`[FILE...]`,description:`files of expectations; with --init Corefiles`,most:1/0},options:[{name:`init`,group:`What is done`,description:`write expectations from what a Corefile answers today to standard output`},...a.answererOptions,{name:`format`,value:`FORMAT`,group:`What is shown`,choices:()=>[`pretty`,`json`],description:`pretty or json`}],epilogue:`A file of expectations:
  corefile: deploy/coredns.yaml
  coredns: 1.12.0                # optional
  tests:
    - query: registry A
      expect: { records: [10.255.0.170] }
    - query: example.org
      expect: { outcome: upstream, upstream: 10.0.0.53 }
    - query: db.corp.example AAAA
      expect: { not: { outcome: servfail } }

Outcomes: records, nodata, nxdomain, refused, servfail, rcode, upstream,
cluster, file, etcd, referral, dropped.

Exit codes:
  0  all expectations hold
  1  some do not
  2  wrong usage, or a file of expectations that is wrong
  3  something could not be read

Examples:
  corefile test --init deploy/coredns.yaml > ${c}
  corefile test
`,isRead:!0,run:u};async function u(i,l){if(i.has(`init`))return p(i,l);let u=i.choice(`format`,[`pretty`,`json`])??`pretty`,m=i.operands.length>0?i.operands:[c];if(i.operands.length===0&&!(0,o.existsSync)((0,s.resolve)(l.cwd,c)))throw new n.WrongUsage(`there is no ${c} here: ${l.program} test --init COREFILE writes one`);let h=[],g=!1;for(let r of m){let o=n.readText((0,s.resolve)(l.cwd,r));if(`error`in o){a.tellUnreadable([{path:r,message:o.error}],l),g=!0;continue}let{paths:c,coredns:u,expectations:p}=t.readExpectations(r,o.text);if(c.length===0)throw new n.WrongUsage(`${r} says no corefile: write "corefile: PATH", from the directory of the file`);let m=await a.readAnswererOptions(i,l,[]),_=u===null||i.value(`coredns`)!==void 0?m:{...m,coredns:u},{answerers:v,unreadable:y}=await e.readAnswerers(c.map(e=>(0,s.isAbsolute)(e)?e:(0,s.join)((0,s.dirname)(r),e)),_);a.tellUnreadable(y,l),g||=y.length>0;let[b]=v.filter(({isNodeLocal:e})=>!e);if(b===void 0){if(y.length>0)continue;throw new n.WrongUsage(`${r}: no Corefile found in ${c.join(`, `)}`)}for(let{query:e,expect:n,line:i}of p)h.push({file:r,line:i,query:f(e),why:d(e,b,e=>t.mismatch(e,n))})}let _=h.filter(({why:e})=>e!==null);if(u===`json`)l.stdout.write(r.jsonText({version:1,tests:h.length,failed:_}));else{let e=n.painter(n.hasColours(l.stdout,l));for(let{file:t,line:r,query:i,why:a}of _)l.stdout.write(`${e(`path`,n.visible(`${t}:${r}`))} ${e(`error`,`failed`)} ${n.visible(i)}: ${n.visible(a??``)}\n`);l.stdout.write(`${n.counted(h.length,`expectation`)}, ${_.length===0?`all hold`:`${_.length} failed`}\n`)}return _.length>0?n.exitCode.findings:g?n.exitCode.notFinished:n.exitCode.fine}function d({name:e,type:t},{decider:n},r){let a=e===`*`?`zzprobe.zza.zzb`:e.replace(/^\*\./,`zzprobe.`);for(let e of t===null?[`A`,`AAAA`]:[t]){let o=r(n.decide(i.queryFor(a,e)).outcome);if(o!==null&&(t!==null||e!==`AAAA`||n.decide(i.queryFor(a,e)).outcome.kind!==`nodata`))return t===null?`${e}: ${o}`:o}return null}function f({name:e,type:t}){return t===null?e:`${e} ${t}`}async function p(r,o){let s=r.operands.length>0?r.operands:[`.`],{answerers:c,unreadable:l}=await e.readAnswerers(s,await a.readAnswererOptions(r,o,s));a.tellUnreadable(l,o);let[u]=c.filter(({isNodeLocal:e})=>!e);if(u===void 0){if(l.length>0)return n.exitCode.notFinished;throw new n.WrongUsage(`no Corefile found in ${s.join(`, `)}`)}let{vocabulary:d}=u.decider,f=[...d.names].slice(0,40),p=[...d.domains].filter(e=>e!==`.`&&!e.endsWith(`.arpa.`)).slice(0,40),m=[...f,...[...d.clusterDomains].map(e=>`kubernetes.default.svc.${e}`),...p.map(e=>`www.${e}`),`example.org.`],h=[...new Set(m)].flatMap(e=>{let{outcome:n}=u.decider.decide(i.queryFor(e,`A`));return n.kind===`unknown`?[]:[{query:`${e.replace(/(.)\.$/,`$1`)} A`,expect:t.expectationOf(n)}]});return o.stdout.write(t.writeExpectations(u.path,h)),l.length>0?n.exitCode.notFinished:n.exitCode.fine}exports.test=l;