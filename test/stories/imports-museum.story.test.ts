import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { bring } from '#test/support/imports.ts'
import { root } from '#test/support/source-tree.ts'

/**
 * The museum of files that people bring, from one end to the other: what each becomes when it is
 * brought as expenditures, as its `preview.json` has it.
 */
const museum = join(root, 'fixtures/imports')
const cases = readdirSync(museum, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

let app: TestApp
let officer: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
})
afterAll(() => app.close())

interface Problem {
  readonly row: number | null
  readonly column: string | null
  readonly code: string
  readonly value: string | null
}

const told = ({ row, column, code, value }: Problem): string =>
  [row, column, code, value].filter((each) => each !== null && each !== undefined).join(' ')

/** What a person is told, in short. */
function previewOf({ status, body }: Answered): object {
  if (status !== 201) {
    return { status, refused: body.code }
  }
  const { rows, ...counts } = body.counts
  const items: readonly { row: number; state: string; problems: Problem[] }[] = body.rows.items
  return {
    status,
    rows,
    ...counts,
    sums: `${body.sums.accepted} + ${body.sums.rejected} = ${body.sums.rows}`,
    states: items.map(({ row, state }) => `${row} ${state}`),
    problems: items.flatMap(({ problems }) => problems.map(told)),
    findings: body.findings.map(told),
  }
}

describe('a file of the museum', () => {
  test('is one of at least twenty-five', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25)
  })

  test.each(cases)('%s', async (name) => {
    const folder = join(museum, name)
    const file = readdirSync(folder).find((each) => !each.endsWith('.json')) ?? ''
    const content = readFileSync(join(folder, file))
    const expected = JSON.parse(readFileSync(join(folder, 'preview.json'), 'utf8'))
    const answer = await bring(officer, { name: file, content })
    expect(previewOf(answer)).toEqual(expected)
    if (answer.status === 201) {
      const { counts } = answer.body
      expect(counts.accepted + counts.rejected + counts.ignored).toBe(counts.rows)
    }
  })
})
