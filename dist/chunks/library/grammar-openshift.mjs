const e=`4.3 1.6.6
4.4 1.6.6
4.5 1.6.6
4.6 1.6.6
4.7 1.6.6
4.8 1.8.1
4.9 1.8.4
4.10 1.8.7
4.11 1.9.2
4.12 1.10.0
4.13 1.10.1
4.14 1.10.1
4.15 1.11.1
4.16 1.11.1
4.17 1.11.3
4.18 1.11.3
4.19 1.11.3
4.20 1.11.3
4.21 1.13.1
4.22 1.13.1
4.23 1.13.1
5.0 1.13.1
5.1 1.13.1`.split(`
`).map(e=>e.split(` `)),t=e.map(([e])=>e),n=t.at(-1),r={servers:`4.3`,upstreamResolvers:`4.10`,policy:`4.10`,logLevel:`4.10`,transportConfig:`4.11`,protocolStrategy:`4.12`,cache:`4.12`};function i(e,t){let[n=0,r=0]=e.split(`.`).map(Number),[i=0,a=0]=t.split(`.`).map(Number);return n===i?r>=a:n>i}function a(r){let i=r.trim(),a=/^v?(\d{1,3}\.\d{1,3})(?:[.-].*)?$/i.exec(i)?.[1],o=e.find(([e])=>e===a);if(o!==void 0)return{openshift:o[0],release:o[1]};let[s=``]=t;return{error:`"${i}" is no release of OpenShift that is known here: write it as 4.18; known are ${s} to ${n}`,suggestion:null}}export{n as NEWEST_OPENSHIFT,r as OPENSHIFT_FIELD_SINCE,i as isSinceOpenShift,a as openShiftOf};