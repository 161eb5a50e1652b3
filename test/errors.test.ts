import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ProblemKind, problemKinds } from '#core/problem.ts'
import { exitCodeOf, exitCodes } from '#platform/terminal/exit-codes.ts'
import { filesUnder, root } from './support/source-tree.ts'

/**
 * docs/errors.md lists every code, both ways. A code is any quoted `feature/what-happened` of the
 * source; media types, imports and the few texts below only look like one.
 */
const noCodes = /^(?:application|audio|font|image|multipart|text|video)\//
const codeForm = /(['"])([a-z][a-z-]+\/[a-z][a-z0-9-]+)\1/g
const importForm = /(?:\bfrom|\bimport\(?)\s*['"][^'"]+['"]/g

/** Put together from parts where they are used, so no quoted text holds them. */
const composedCodes = [
  'input/too-large',
  'input/too-long',
  'input/too-small',
  'input/too-short',
] as const

/** Answered without a Problem: a bug, and what Node could not read as a request. */
const rawStatuses: ReadonlyMap<string, number> = new Map([
  ['http/internal', 500],
  ['http/request-timeout', 408],
  ['http/headers-too-large', 431],
])

interface Row {
  readonly code: string
  readonly kind: string
  readonly status: string
  readonly exit: string
  readonly texts: readonly string[]
}

const rows = readRows(readFileSync(join(root, 'docs/errors.md'), 'utf8'))
const rowOf = new Map(rows.map((row) => [row.code, row]))
const sources = filesUnder('src').map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8').replace(importForm, ''),
}))
const written = new Set([...sources.flatMap(({ text }) => codesIn(text)), ...composedCodes])

describe('the list of errors', () => {
  test('every code of the source has a row in docs/errors.md', () => {
    expect([...written].filter((code) => !rowOf.has(code)).sort()).toEqual([])
  })

  test('every row of docs/errors.md is a code of the source', () => {
    expect(rows.map(({ code }) => code).filter((code) => !written.has(code))).toEqual([])
  })

  test('no code is listed twice, and each says what it means and what to do', () => {
    expect(rows.length).toBe(rowOf.size)
    const silent = rows.filter(({ texts }) => texts.length !== 2 || texts.includes(''))
    expect(silent.map(({ code }) => code)).toEqual([])
  })

  test('kind, HTTP status and exit code of a row go together', () => {
    const wrong = rows.filter((row) => !isConsistent(row))
    expect(
      wrong.map(({ code, kind, status, exit }) => `${code}: ${kind} ${status} ${exit}`),
    ).toEqual([])
  })

  test('a row has the kind that the source throws', () => {
    const thrown = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/new Problem\(\s*'([a-z-]+)',\s*'([a-z0-9/-]+)'/g)].map((found) => ({
        path,
        kind: found[1] ?? '',
        code: found[2] ?? '',
      })),
    )
    expect(thrown.length).toBeGreaterThan(20)
    const wrong = thrown.filter(({ kind, code }) => rowOf.get(code)?.kind !== kind)
    expect(wrong.map(({ path, kind, code }) => `${path}: ${code} is ${kind}`)).toEqual([])
  })
})

function codesIn(text: string): readonly string[] {
  return [...text.matchAll(codeForm)]
    .map((found) => found[2] ?? '')
    .filter((code) => !noCodes.test(code))
}

/** Rows whose first cell is a code: | `code` | kind | status | exit | meaning | what to do |. */
function readRows(page: string): readonly Row[] {
  return page.split('\n').flatMap((line): Row[] => {
    const [code = '', kind = '', status = '', exit = '', ...texts] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const [, name = ''] = /^`([a-z-]+\/[a-z0-9-]+)`$/.exec(code) ?? []
    return name === '' ? [] : [{ code: name, kind, status, exit, texts }]
  })
}

function isConsistent({ code, kind, status, exit }: Row): boolean {
  const raw = rawStatuses.get(code)
  if (raw !== undefined) {
    return kind === '—' && status === String(raw)
  }
  if (kind === 'field') {
    return status === '—' && exit === String(exitCodes.badInput)
  }
  return isKind(kind) && status === String(problemKinds[kind]) && exit === String(exitCodeOf[kind])
}

const isKind = (text: string): text is ProblemKind => Object.hasOwn(problemKinds, text)
