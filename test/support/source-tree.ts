import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

/** The source as the architecture test sees it: files, what each imports, how long its functions are. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SourceFile {
  /** From the project's root: `src/core/money.ts`. */
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly string[]
  readonly hasDefaultExport: boolean
  readonly functions: readonly FunctionSize[]
}

export interface FunctionSize {
  readonly line: number
  readonly lines: number
  readonly parameters: number
}

export const filesUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()

export function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) {
    throw new SyntaxError(`${path}: ${errors[0]?.message}`)
  }
  const functions: FunctionSize[] = []
  walk(program, (node) => {
    if (isFunction(node)) {
      const first = lineOf(text, node.start)
      functions.push({
        line: first,
        lines: lineOf(text, node.end) - first + 1,
        parameters: node.params.length,
      })
    }
  })
  return {
    path,
    text,
    lines: text.split('\n').length - 1,
    imports: [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
      ),
      ...module.dynamicImports.map(({ moduleRequest }) =>
        text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
      ),
    ],
    hasDefaultExport: /^export default\b/m.test(text),
    functions,
  }
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

interface FunctionNode extends Node {
  readonly params: readonly unknown[]
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value

const isFunction = (node: Node): node is FunctionNode =>
  ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type) &&
  'params' in node

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      walk(item, visit)
    }
  } else if (isNode(value)) {
    visit(value)
    walk(Object.values(value), visit)
  }
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length
