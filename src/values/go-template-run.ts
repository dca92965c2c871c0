import { callFunction } from './go-template-functions.ts'
import { printed, printfText } from './go-template-print.ts'
import type { Node, Nodes, Operand, Pipeline, TemplateTree } from './go-template-tree.ts'
import { isStruct, isTrue, TemplateFailure, TemplateUnclear, type Value } from './go-template-value.ts'

/** So many nodes, commands and rounds are run at most. */
const MOST_STEPS = 10_000

/**
 * What text/template makes of a template and its data (`Execute`). Throws `TemplateFailure` where Go stops with an error and
 * `TemplateUnclear` where the outcome is not known. Bounded in time.
 */
export function runTemplate({ nodes, defined }: TemplateTree, data: Value): string {
  return new Run(defined).run(nodes, data)
}

class Break extends Error {}
class Continue extends Error {}

class Run {
  readonly #defined: ReadonlyMap<string, Nodes>
  #variables: { readonly name: string; value: Value }[] = []
  #steps = 0
  #depth = 0
  #text = ''

  constructor(defined: ReadonlyMap<string, Nodes>) {
    this.#defined = defined
  }

  run(nodes: Nodes, data: Value): string {
    this.#variables = [{ name: '$', value: data }]
    this.#walk(nodes, data)
    return this.#text
  }

  #step(): void {
    if (++this.#steps > MOST_STEPS) throw new TemplateUnclear('the template takes too long')
  }

  #walk(nodes: Nodes, dot: Value): void {
    for (const node of nodes) this.#node(node, dot)
  }

  #node(node: Node, dot: Value): void {
    this.#step()
    switch (node.kind) {
      case 'text':
        this.#text += node.text
        break
      case 'action': {
        const value = this.#pipeline(node.pipeline, dot)
        if (node.pipeline.variables.length === 0) this.#text += printed(value)
        break
      }
      case 'if':
      case 'with':
        this.#branch(node, dot)
        break
      case 'range':
        this.#range(node, dot)
        break
      case 'template':
        this.#template(node.name, node.pipeline, dot)
        break
      case 'break':
        throw new Break()
      case 'continue':
        throw new Continue()
    }
  }

  #scoped(run: () => void): void {
    const mark = this.#variables.length
    try {
      run()
    } finally {
      this.#variables.length = mark
    }
  }

  #branch({ kind, pipeline, then, otherwise }: Extract<Node, { kind: 'if' | 'with' | 'range' }>, dot: Value): void {
    this.#scoped(() => {
      const value = this.#pipeline(pipeline, dot)
      if (isTrue(value)) this.#walk(then, kind === 'with' ? value : dot)
      else this.#walk(otherwise, dot)
    })
  }

  #range({ pipeline, then, otherwise }: Extract<Node, { kind: 'if' | 'with' | 'range' }>, dot: Value): void {
    this.#scoped(() => {
      const { variables } = pipeline
      const value = this.#pipeline({ ...pipeline, variables: [] }, dot)
      const entries = entriesOf(value)
      if (entries.length === 0) {
        this.#walk(otherwise, dot)
        return
      }
      for (const [key, element] of entries) {
        const mark = this.#variables.length
        const [first, second] = variables
        if (first !== undefined) this.#set(first, second === undefined ? element : key, pipeline.declares)
        if (second !== undefined) this.#set(second, element, pipeline.declares)
        try {
          this.#walk(then, element)
        } catch (signal) {
          if (signal instanceof Break) break
          if (!(signal instanceof Continue)) throw signal
        } finally {
          this.#variables.length = mark
        }
      }
    })
  }

  #template(name: string, pipeline: Pipeline | null, dot: Value): void {
    const nodes = this.#defined.get(name)
    if (nodes === undefined) throw new TemplateFailure(`template "${name}" not defined`)
    if (++this.#depth > 100) throw new TemplateUnclear('templates call one another without end')
    const value = pipeline === null ? undefined : this.#pipeline(pipeline, dot)
    const outer = this.#variables
    this.#variables = [{ name: '$', value }]
    this.#walk(nodes, value)
    this.#variables = outer
    this.#depth--
  }

  #set(name: string, value: Value, declares: boolean): void {
    const known = declares ? undefined : this.#variables.findLast((each) => each.name === name)
    if (known === undefined) this.#variables.push({ name, value })
    else known.value = value
  }

  #pipeline({ variables, declares, commands }: Pipeline, dot: Value): Value {
    let value: Value
    for (const [at, command] of commands.entries()) value = this.#command(command, dot, at === 0 ? [] : [value])
    for (const variable of variables) this.#set(variable, value, declares)
    return value
  }

  #command([first, ...rest]: readonly Operand[], dot: Value, last: readonly Value[]): Value {
    this.#step()
    if (first === undefined) throw new TemplateFailure('empty command')
    const args = () => [...rest.map((operand) => this.#operand(operand, dot)), ...last]
    const noArgs = (): readonly Value[] => {
      if (rest.length + last.length > 0) throw new TemplateFailure("can't give argument to non-function")
      return []
    }
    switch (first.kind) {
      case 'function':
        return this.#fields(this.#call(first.name, rest, dot, last), first.fields, [])
      case 'field':
        return this.#fields(dot, first.fields, args())
      case 'variable':
        return this.#fields(this.#variable(first.name), first.fields, first.fields.length === 0 ? noArgs() : args())
      case 'pipeline': {
        const value = this.#pipeline(first.pipeline, dot)
        return this.#fields(value, first.fields, first.fields.length === 0 ? noArgs() : args())
      }
      default:
        noArgs()
        return this.#operand(first, dot)
    }
  }

  #call(name: string, rest: readonly Operand[], dot: Value, last: readonly Value[]): Value {
    // These two look at no more than they need.
    if (name === 'and' || name === 'or') {
      const operands: (() => Value)[] = [
        ...rest.map((operand) => () => this.#operand(operand, dot)),
        ...last.map((value) => () => value),
      ]
      if (operands.length === 0) throw new TemplateFailure(`wrong number of args for ${name}`)
      let value: Value
      for (const operand of operands) {
        value = operand()
        if (isTrue(value) === (name === 'or')) return value
      }
      return value
    }
    return callFunction(name, [...rest.map((operand) => this.#operand(operand, dot)), ...last], printfText)
  }

  #operand(operand: Operand, dot: Value): Value {
    switch (operand.kind) {
      case 'literal':
        return operand.value
      case 'dot':
        return dot
      case 'field':
        return this.#fields(dot, operand.fields, [])
      case 'variable':
        return this.#fields(this.#variable(operand.name), operand.fields, [])
      case 'function':
        return this.#fields(this.#call(operand.name, [], dot, []), operand.fields, [])
      case 'pipeline':
        return this.#fields(this.#pipeline(operand.pipeline, dot), operand.fields, [])
    }
  }

  #variable(name: string): Value {
    return this.#variables.findLast((each) => each.name === name)?.value
  }

  /** Goes down by names; the words go to the last one, which must then be a method. */
  #fields(start: Value, fields: readonly string[], args: readonly Value[]): Value {
    let value = start
    for (const [at, name] of fields.entries()) value = fieldOf(value, name, at === fields.length - 1 ? args : [])
    return value
  }
}

function fieldOf(value: Value, name: string, args: readonly Value[]): Value {
  if (value instanceof Map) {
    if (args.length > 0) throw new TemplateFailure(`${name} is not a method but has arguments`)
    return (value as ReadonlyMap<string, Value>).get(name)
  }
  if (isStruct(value)) {
    const method = value.methods.get(name)
    if (method !== undefined) return method(args)
    if (!value.fields.has(name)) throw new TemplateFailure(`can't evaluate field ${name}`)
    if (args.length > 0) throw new TemplateFailure(`${name} has arguments but cannot be invoked as function`)
    return value.fields.get(name)
  }
  throw new TemplateFailure(`can't evaluate field ${name}`)
}

function entriesOf(value: Value): readonly (readonly [Value, Value])[] {
  if (Array.isArray(value)) return (value as readonly Value[]).map((each, at) => [BigInt(at), each] as const)
  if (value instanceof Map) {
    const map = value as ReadonlyMap<string, Value>
    return [...map].sort(([one], [other]) => (one < other ? -1 : 1))
  }
  if (typeof value === 'bigint') {
    if (value > BigInt(MOST_STEPS)) throw new TemplateUnclear('the template takes too long')
    return Array.from({ length: Math.max(0, Number(value)) }, (_, at) => [BigInt(at), BigInt(at)] as const)
  }
  if (value === undefined) return []
  throw new TemplateFailure(`range can't iterate over ${printed(value)}`)
}
