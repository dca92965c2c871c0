import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify, type YAMLMap } from 'yaml'
import { type Expectation, OUTCOMES, type QueryPattern } from '../resolver/expectation.ts'
import { didYouMean } from '../text/suggest.ts'
import { WrongUsage } from './wrong-usage.ts'
import { yamlMistake } from './yaml-view.ts'

/** One expectation as somebody wrote it. */
export interface WrittenExpectation {
  readonly query: QueryPattern
  readonly expect: Expectation
  /** Why, in their words; empty where they gave none. */
  readonly reason: string
  /** 1-based. */
  readonly line: number
}

/** A file of expectations. */
export interface ExpectationFile {
  /** What is asked, as paths from the file; empty where it says none. */
  readonly paths: readonly string[]
  /** The release, as `--coredns` takes it; null where it says none. */
  readonly coredns: string | null
  readonly expectations: readonly WrittenExpectation[]
}

const TOP = ['corefile', 'coredns', 'tests', 'changes'] as const
const ENTRY = ['query', 'expect', 'reason'] as const
const EXPECT = ['outcome', 'upstream', 'records', 'rcode', 'not'] as const

/** Reads a file of expectations (`tests:`) or of changes that are meant (`changes:`). Throws a WrongUsage with line and column. */
export function readExpectations(path: string, text: string): ExpectationFile {
  const reader = new Reader(path, text)
  return reader.read()
}

/** A first file of expectations for a Corefile, with a comment for whoever opens it. */
export function writeExpectations(
  corefile: string,
  tests: readonly { readonly query: string; readonly expect: Expectation }[],
): string {
  const head = '# What is answered today; corefile test checks that it stays so. Change what is meant otherwise.\n'
  return head + stringify({ corefile, tests })
}

class Reader {
  readonly #path: string
  readonly #text: string
  readonly #lines = new LineCounter()

  constructor(path: string, text: string) {
    this.#path = path
    this.#text = text
  }

  read(): ExpectationFile {
    const document = parseDocument(this.#text, { lineCounter: this.#lines })
    const [error] = document.errors
    if (error !== undefined) throw this.#wrong(error.pos[0], `not YAML (${yamlMistake(error.message)})`)
    const top = document.contents
    if (top === null) return { paths: [], coredns: null, expectations: [] }
    const map = this.#map(top, 'the file')
    this.#checkKeys(map, TOP)
    const corefile = map.get('corefile', true) as Node | undefined
    const list = (map.get('tests', true) ?? map.get('changes', true)) as Node | undefined
    const coredns = map.get('coredns', true) as Node | undefined
    return {
      paths:
        corefile === undefined
          ? []
          : isSeq(corefile)
            ? corefile.items.map((item) => this.#string(item as Node, 'corefile'))
            : [this.#string(corefile, 'corefile')],
      coredns: coredns === undefined ? null : this.#string(coredns, 'coredns'),
      expectations: list === undefined ? [] : this.#list(list).map((item) => this.#entry(item)),
    }
  }

  #entry(node: Node): WrittenExpectation {
    const map = this.#map(node, 'an entry')
    this.#checkKeys(map, ENTRY)
    const query = map.get('query', true) as Node | undefined
    if (query === undefined) throw this.#wrong(startOf(node), 'an entry needs a query: NAME, or NAME and TYPE')
    const expected = map.get('expect', true) as Node | undefined
    const reason = map.get('reason', true) as Node | undefined
    return {
      query: this.#query(query),
      expect: expected === undefined ? {} : this.#expectation(expected),
      reason: reason === undefined ? '' : this.#string(reason, 'reason'),
      line: this.#lines.linePos(startOf(node)).line,
    }
  }

  #query(node: Node): QueryPattern {
    const [name = '', type, ...more] = this.#string(node, 'query').trim().split(/\s+/)
    if (name === '' || more.length > 0 || (type !== undefined && !/^[A-Za-z][A-Za-z0-9]*$/.test(type))) {
      throw this.#wrong(startOf(node), 'a query is a name, or a name and a type: "registry A"')
    }
    return { name, type: type?.toUpperCase() ?? null }
  }

  #expectation(node: Node): Expectation {
    const map = this.#map(node, 'expect')
    this.#checkKeys(map, EXPECT)
    const text = (key: string) => {
      const value = map.get(key, true) as Node | undefined
      return value === undefined ? undefined : this.#string(value, key)
    }
    const outcome = text('outcome')
    const known = OUTCOMES.find((one) => one === outcome)
    if (outcome !== undefined && known === undefined) {
      const at = map.get('outcome', true) as Node
      throw this.#wrong(
        startOf(at),
        `"${outcome}" is no outcome${didYouMean(outcome, OUTCOMES) || `: write ${OUTCOMES.join(', ')}`}`,
      )
    }
    const records = map.get('records', true) as Node | undefined
    const not = map.get('not', true) as Node | undefined
    const [upstream, rcode] = [text('upstream'), text('rcode')]
    return {
      ...(known === undefined ? {} : { outcome: known }),
      ...(upstream === undefined ? {} : { upstream }),
      ...(rcode === undefined ? {} : { rcode }),
      ...(records === undefined
        ? {}
        : {
            records: isSeq(records)
              ? records.items.map((item) => this.#string(item as Node, 'records'))
              : [this.#string(records, 'records')],
          }),
      ...(not === undefined ? {} : { not: this.#expectation(not) }),
    }
  }

  #list(node: Node): Node[] {
    if (!isSeq(node)) throw this.#wrong(startOf(node), 'write a list here: each entry begins with "- query:"')
    return node.items as Node[]
  }

  #map(node: Node, what: string): YAMLMap {
    if (isMap(node)) return node
    throw this.#wrong(startOf(node), `${what} is a map of keys and values`)
  }

  #string(node: Node, key: string): string {
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number'))
      return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
    throw this.#wrong(startOf(node), `${key} is a text`)
  }

  #checkKeys(map: YAMLMap, known: readonly string[]): void {
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (!known.includes(name))
        throw this.#wrong(
          startOf(key as Node),
          `there is no key "${name}"${didYouMean(name, known) || `: there are ${known.join(', ')}`}`,
        )
    }
  }

  #wrong(offset: number, why: string): WrongUsage {
    const { line, col } = this.#lines.linePos(offset)
    return new WrongUsage(`${this.#path}:${line}:${col}: ${why}`)
  }
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0
}
