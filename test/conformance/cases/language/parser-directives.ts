import type { Case } from '../../case.ts'

/** Rows P7 to P13: how far a directive goes, what is joined, in which order, and how a block and the text end. */
export const parserDirectives: readonly Case[] = [
  // P7: how far a directive goes.
  { id: 'P7-to-the-end-of-the-line', text: '. {\n  forward . 8.8.8.8\n  whoami\n}\n' },
  { id: 'P7-braces', text: '. {\n  forward . 8.8.8.8 {\n    max_fails 2\n  }\n  whoami\n}\n' },
  { id: 'P7-empty-braces', text: '. {\n  forward . 8.8.8.8 {\n  }\n  whoami\n}\n' },
  { id: 'P7-empty-braces-on-one-line', text: '. {\n  hosts { }\n}\n' },
  { id: 'P7-brace-on-the-next-line', text: '. {\n  log\n  {\n    class error\n  }\n}\n' },
  { id: 'P7-brace-after-blank-lines', text: '. {\n  hosts\n\n\n  {\n    10.0.0.1 a\n  }\n}\n' },
  { id: 'P7-brace-on-the-next-line-of-forward', text: '. {\n  forward . 8.8.8.8\n  {\n    max_fails 2\n  }\n}\n' },
  { id: 'P7-whole-block-on-one-line', text: '. { whoami }\n' },
  { id: 'P7-whole-block-on-one-line-no-directive', text: '. { }\n' },
  { id: 'P7-closing-brace-after-directive', text: '. {\n  whoami }\n' },
  { id: 'P7-hosts-on-one-line', text: '. {\n  hosts { fallthrough }\n}\n' },
  { id: 'P7-hosts-entry-on-one-line', text: '. {\n  hosts { 10.0.0.1 a }\n}\n' },
  {
    id: 'P7-file-on-one-line',
    text: '. {\n  file db a.org { reload 10s }\n}\n',
    files: { db: 'a.org. 60 IN SOA ns.a.org. x.a.org. 1 1 1 1 1\n' },
  },
  { id: 'P7-template-on-one-line', text: '. {\n  template IN A { rcode NXDOMAIN }\n}\n' },
  { id: 'P7-forward-on-one-line', text: '. {\n  forward . 1.1.1.1 { max_fails 2 }\n}\n' },
  { id: 'P7-cache-on-one-line', text: '. {\n  cache { prefetch 10 }\n}\n' },
  { id: 'P7-errors-on-one-line', text: '. {\n  errors { stacktrace }\n}\n' },
  { id: 'P7-log-on-one-line', text: '. {\n  log { class error }\n}\n' },
  { id: 'P7-one-line-then-another-directive', text: '. {\n  hosts { fallthrough } whoami\n}\n' },
  { id: 'P7-one-line-and-the-server-block-too', text: '. { hosts { fallthrough } }\n' },
  { id: 'P7-one-line-and-the-server-block-closes-below', text: '. { hosts { fallthrough }\n}\n' },
  {
    id: 'P7-words-after-closing-brace',
    text: '. {\n  forward . 8.8.8.8 {\n    max_fails 2\n  } 8.8.4.4\n  whoami\n}\n',
  },
  {
    id: 'P7-second-braces-after-closing-brace',
    text: '. {\n  hosts {\n    10.0.0.1 a\n  } {\n    10.0.0.2 b\n  }\n}\n',
  },
  {
    id: 'P7-second-braces-on-the-next-line',
    text: '. {\n  hosts {\n    10.0.0.1 a\n  }\n  {\n    10.0.0.2 b\n  }\n}\n',
  },
  { id: 'P7-closing-brace-inside-a-line', text: '. {\n  hosts {\n    10.0.0.1 a } b\n}\n' },
  { id: 'P7-nested-braces', text: '. {\n  hosts {\n    x {\n      y\n    }\n  }\n  whoami\n}\n' },
  { id: 'P7-opening-brace-inside-a-line', text: '. {\n  hosts {\n    10.0.0.1 a { b\n  }\n}\n' },
  { id: 'P7-not-closed', text: '. {\n  hosts {\n    10.0.0.1 a\n' },
  { id: 'P7-plugin-closed-and-server-not', text: '. {\n  hosts {\n    10.0.0.1 a\n}\n. {\n  whoami\n}\n' },
  { id: 'P7-brace-first-in-block', text: '. {\n{\n  whoami\n}\n}\n' },
  { id: 'P7-closing-brace-too-many', text: '. {\n  hosts {\n    10.0.0.1 a\n  }\n  }\n}\n' },
  { id: 'P7-brace-opens-on-the-line-of-an-argument', text: '. {\n  whoami {\n  }\n}\n' },
  { id: 'P7-server-block-inside', text: '. {\n  whoami\n  a.org {\n    whoami\n  }\n}\n' },

  // P8: repeated directives.
  { id: 'P8-errors-twice', text: '. {\n  errors\n  whoami\n  errors\n}\n' },
  { id: 'P8-log-twice', text: '. {\n  log a.org\n  whoami\n  log b.org\n}\n' },
  { id: 'P8-forward-twice', text: '. {\n  forward a.org 8.8.8.8\n  forward . 8.8.4.4\n}\n' },
  { id: 'P8-hosts-twice', text: '. {\n  hosts {\n    10.0.0.1 a\n  }\n  hosts {\n    10.0.0.2 b\n  }\n}\n' },
  { id: 'P8-cache-twice', text: '. {\n  cache 10\n  cache 20\n}\n' },
  { id: 'P8-whoami-twice', text: '. {\n  whoami\n  whoami\n}\n' },
  { id: 'P8-rewrite-many', text: '. {\n  rewrite name a b\n  whoami\n  rewrite name c d\n  rewrite name e f\n}\n' },
  { id: 'P8-in-two-blocks', text: 'a.org {\n  cache 10\n}\nb.org {\n  cache 20\n}\n' },
  { id: 'P8-from-a-file', text: '. {\n  forward a.org 8.8.8.8\n  import x\n}\n', files: { x: 'forward . 8.8.4.4\n' } },
  {
    id: 'P8-joined-with-a-reference',
    text: '. {\n  log a.org\n  {$PLUGIN} b.org\n}\n',
    env: { PLUGIN: 'log' },
  },
  { id: 'P8-error-in-the-second', text: '. {\n  log\n  errors\n  log . {\n    class nonsense\n  }\n}\n' },

  // P9: the order of setup.
  { id: 'P9-run-order-is-not-written-order', text: '. {\n  forward . 8.8.8.8\n  cache\n  hosts\n  errors\n  log\n}\n' },
  { id: 'P9-first-error-follows-run-order', text: '. {\n  whoami x\n  forward\n  cache nonsense\n  errors x y z\n}\n' },
  { id: 'P9-directive-by-directive-over-all-blocks', text: 'a.org {\n  whoami x\n}\nb.org {\n  errors x y z\n}\n' },
  { id: 'P9-first-block-first-within-a-directive', text: 'b.org {\n  whoami x\n}\na.org {\n  whoami y\n}\n' },
  { id: 'P9-keys-before-plugins', text: 'a.org {\n  whoami x\n}\n.b.org. {\n  whoami\n}\n..c {\n}\n' },
  { id: 'P9-syntax-before-plugins', text: 'a.org {\n  whoami x\n}\nb.org {\n  nonsense\n}\n' },
  { id: 'P9-plugins-before-overlap', text: 'a.org {\n  whoami x\n}\na.org {\n}\n' },

  // P10: what counts as the same line.
  {
    id: 'P10-property-block-on-the-next-line',
    text: '. {\n  forward . 8.8.8.8\n  {\n    max_fails nonsense\n  }\n}\n',
  },
  { id: 'P10-brace-after-multi-line-quote', text: '. {\n  log . "a\nb" {\n    class nonsense\n  }\n}\n' },
  { id: 'P10-argument-after-multi-line-quote', text: '. {\n  template IN A "a\nb" c\n}\n' },
  { id: 'P10-next-line-after-multi-line-quote', text: '. {\n  log . "a\nb"\n  errors\n}\n' },
  { id: 'P10-snippet-of-one-line-twice', text: '(s) {\n  log\n}\n. {\n  import s\n  import s\n}\n' },
  {
    id: 'P10-snippet-of-one-property-twice',
    text: '(s) {\n  max_fails 2\n}\n. {\n  forward . 8.8.8.8 {\n    import s\n    import s\n  }\n}\n',
  },
  {
    id: 'P10-file-of-one-property-twice',
    text: '. {\n  forward . 8.8.8.8 {\n    import x\n    import x\n  }\n}\n',
    files: { x: 'max_fails 2\n' },
  },
  {
    id: 'P10-snippet-of-two-properties-twice',
    text: '(s) {\n  max_fails 2\n  expire 10s\n}\n. {\n  forward . 8.8.8.8 {\n    import s\n    import s\n  }\n}\n',
  },
  {
    id: 'P10-snippet-twice-in-hosts',
    text: '(s) {\n  10.0.0.1 a\n}\n. {\n  hosts {\n    import s\n    import s\n  }\n}\n',
  },
  { id: 'P10-snippet-on-one-line', text: '(s) { log }\n. {\n  import s\n  errors\n}\n' },
  { id: 'P10-snippet-on-one-line-with-two-directives', text: '(s) { log errors }\n. {\n  import s\n  whoami\n}\n' },
  { id: 'P10-brace-then-words', text: '. {\n  hosts { 10.0.0.1 a\n    10.0.0.2 b\n  }\n}\n' },
  { id: 'P10-closing-brace-on-the-last-line', text: '. {\n  hosts {\n    10.0.0.1 a\n    fallthrough }\n}\n' },
  {
    id: 'P10-newline-value-separates-arguments',
    text: '. {\n  forward . {$TO} 8.8.4.4\n}\n',
    env: { TO: '8.8.8.8\n' },
  },
  {
    id: 'P10-newline-value-hides-the-brace',
    text: '. {\n  forward . {$TO} {\n    max_fails 2\n  }\n}\n',
    env: { TO: '8.8.8.8\n' },
  },
  { id: 'P10-newlines-in-address-swallow-lines', text: '"a\n\n.org"\nb.org\nwhoami\n' },

  // P11: a closing brace at the top level.
  { id: 'P11-surplus-at-end', text: '. {\n  whoami\n}\n}\n' },
  { id: 'P11-surplus-between-blocks', text: 'a.org {\n  whoami\n}\n}\nb.org {\n  whoami\n}\n' },
  { id: 'P11-surplus-with-a-block', text: 'a.org {\n  whoami\n}\n} {\n  whoami\n}\n' },
  { id: 'P11-two-surplus', text: '. {\n  whoami\n}\n}\n}\n' },
  { id: 'P11-three-surplus', text: '. {\n  whoami\n}\n}\n}\n}\n' },
  { id: 'P11-surplus-on-the-same-line', text: '. {\n  whoami\n} }\n' },
  { id: 'P11-surplus-at-start', text: '}\n. {\n  whoami\n}\n' },
  { id: 'P11-surplus-alone', text: '}' },

  // P12: no server block.
  { id: 'P12-empty-file', text: '' },
  { id: 'P12-newline', text: '\n' },
  { id: 'P12-comment', text: '# . {\n# }\n' },
  { id: 'P12-only-a-snippet', text: '(s) {\n  whoami\n}\n' },
  { id: 'P12-only-an-unmatched-import', text: 'import *.server\n' },
  { id: 'P12-only-an-empty-import', text: 'import x\n', files: { x: '# c\n' } },
  { id: 'P12-only-an-empty-address', text: '""\n' },
  { id: 'P12-only-an-unset-address', text: '{$ZONE} {\n  errors\n}\n' },
  { id: 'P12-white-space', text: ' \t\r\n\u00A0' },

  // P13: the last closing brace.
  { id: 'P13-missing-after-a-directive', text: '. {\n  whoami\n' },
  { id: 'P13-missing-after-a-plugin-block', text: '. {\n  hosts {\n    10.0.0.1 a\n  }\n' },
  { id: 'P13-missing-after-an-empty-plugin-block', text: '. {\n  errors {\n  }\n' },
  { id: 'P13-missing-after-a-plugin-block-and-a-directive', text: '. {\n  hosts {\n    10.0.0.1 a\n  }\n  whoami\n' },
  { id: 'P13-missing-after-an-import', text: '. {\n  import x\n', files: { x: 'hosts {\n  10.0.0.1 a\n}\n' } },
  { id: 'P13-missing-before-another-block', text: 'a.org {\n  hosts {\n    10.0.0.1 a\n  }\nb.org {\n  whoami\n}\n' },
  { id: 'P13-missing-after-a-word-brace', text: 'a.org {\n  whoami\n  errors "}"\n' },
  { id: 'P13-missing-and-comment', text: '. {\n  hosts {\n    10.0.0.1 a\n  }\n# }\n' },
]
