require("./-rolldown-runtime.cjs");const e=require("./program.cjs"),t={name:`rules`,summary:`list the rules of lint`,description:`Lists what lint looks for: the severity of what a rule finds, how it can be mended, and what it is about.`,operands:{name:``,description:``,most:0},options:[{name:`format`,value:`FORMAT`,group:`Options`,choices:()=>[`pretty`,`json`],description:`pretty or json`}],epilogue:`Exit codes:
  0  the rules were listed
  2  wrong usage

Examples:
  corefile rules
  corefile rules --format json
  corefile explain hosts-missing-fallthrough   more about one
`,run:r};function n({id:t,severity:n,effects:r,group:i,fix:a,releases:o},s){return{id:t,severity:n,effects:r,group:i,summary:s,fix:a,releases:o,url:`${e.RULE_PAGES}${t}.md`}}async function r(t,r){let i=t.choice(`format`,[`pretty`,`json`])??`pretty`,{ruleTexts:a}=await Promise.resolve().then(()=>require("./rules-texts.cjs")),o=({id:e})=>a[e]?.summary??``;if(i===`json`){let t=e.rules.map(e=>n(e,o(e)));return r.stdout.write(`${JSON.stringify({version:1,rules:t},null,2)}\n`),e.exitCode.fine}let s=e.painter(e.hasColours(r.stdout,r)),c=Math.max(...e.rules.map(({id:e})=>e.length)),l=e.rules.map(e=>{let{id:t,severity:n,fix:r,group:i}=e,a=r===null?``:r===`safe`?`--fix`:`--fix-unsafe`,l=i===`pedantic`?` (pedantic)`:``;return`${[s(n,n.padEnd(7)),s(`path`,t.padEnd(c)),s(`rule`,a.padEnd(12))].join(`  `)}  ${o(e)}${l}`});return r.stdout.write(`${l.join(`
`)}\n`),e.exitCode.fine}exports.ruleShape=n,exports.rules=t;