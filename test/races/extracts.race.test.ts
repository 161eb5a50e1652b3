import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { bring, ledgerRow } from '#test/support/extracts.ts'
import { untilWaiting } from '#test/support/waiting.ts'

/** Extracts, their matching and the closing of their period, at the same time. */
let app: TestApp
let officer: Person
let colleague: Person
let approver: Person
let auditor: Person
let administrator: Person

beforeAll(async () => {
  app = await testApp({ poolMax: 20 })
  officer = await app.person('officer', 'officer')
  colleague = await app.person('colleague', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  administrator = await app.person('administrator', 'administrator')
  // Used before: two that make the row of a period would meet there already.
  await owner().query(
    `insert into period (organization, fiscal_year, number)
    select 'MSP', '2025-2026', n from generate_series(3, 5) as n`,
  )
})
afterAll(() => app.close())

const owner = () => app.database.owner
const of = (period: number) => ({ organization: 'MSP', fiscalYear: '2025-2026', period })
const outcomes = (answers: readonly Answered[]) =>
  answers.map(({ status, body }) => (status < 300 ? String(status) : `${status} ${body.code}`))

/** The first of them reaches the head of the chain, which is held; the others wait behind it. */
async function inOrder(asks: readonly (() => Promise<Answered>)[]): Promise<readonly string[]> {
  const client = await owner().connect()
  try {
    await client.query('begin')
    await client.query('select from chain_head for update')
    const answers: Promise<Answered>[] = []
    for (const ask of asks) {
      answers.push(ask())
      await untilWaiting(owner(), answers.length)
    }
    await client.query('commit')
    return outcomes(await Promise.all(answers))
  } finally {
    client.release()
  }
}

const load = (period: number, document = `F-1${period}`) =>
  bring(officer, {
    rows: [ledgerRow('2025-06-03', document, '10.00'), ledgerRow('2025-06-04', 'F-2', '-10.00')],
    fields: { period: String(period) },
  })
const run = async (period: number) =>
  (await officer.send('POST', '/matching/runs', { body: of(period) })).body
const close = (period: number, version = 1) =>
  administrator.send('POST', '/periods/close', { body: { ...of(period), version } })

async function unbroken(): Promise<void> {
  const { body } = await auditor.get('/verify')
  expect(body.checks.flatMap((check: { breaks: unknown[] }) => check.breaks)).toEqual([])
}

describe('loading', () => {
  test('of one period by eight at once stores one extract', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => load(3, `F-3${at}`)))
    expect(outcomes(answers).sort()).toEqual([
      '201',
      ...Array.from({ length: 7 }, () => '409 extracts/period-loaded'),
    ])
    expect((await auditor.get('/extracts?period=3')).body.count).toBe(1)
    await unbroken()
  })

  test('that comes before a closing is seen by it, which is refused', async () => {
    expect(await inOrder([() => load(4), () => close(4)])).toEqual([
      '201',
      '422 periods/not-tied-out',
    ])
  })

  test('that comes after a closing finds the period closed', async () => {
    expect(await inOrder([() => close(5), () => load(5)])).toEqual([
      '200',
      '409 extracts/period-closed',
    ])
    expect((await auditor.get('/extracts?period=5')).body.count).toBe(0)
  })
})

describe('runs', () => {
  test('of one period at once are runs of their own, and one of them counts', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => officer.send('POST', '/matching/runs', { body: of(3) })),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.run}`)).size).toBe(4)
    const { items } = (await auditor.get('/matching/runs')).body
    const runs = items.map((each: { run: string }) => each.run)
    for (const [at, id] of runs.entries()) {
      const causes = [2, 3].map((extractRow) => ({
        extractRow,
        cause: 'timing',
        owner: officer.email,
      }))
      await officer.step(`/matching/runs/${id}/causes`, 1, { items: causes })
      const signed = await approver.step(`/matching/runs/${id}/sign`, 2)
      const expected = at === runs.length - 1 ? '200' : '409 matching/not-current'
      expect(outcomes([signed])).toEqual([expected])
    }
    await unbroken()
  })

  test('and a closing: the newer run is not signed, and the period stays open', async () => {
    const again = () => officer.send('POST', '/matching/runs', { body: of(3) })
    expect(await inOrder([again, () => close(3)])).toEqual(['201', '422 periods/not-tied-out'])
  })
})

describe('steps of one run', () => {
  const cancel = (person: Person, id: string) => () =>
    person.send('POST', '/matching/matches', {
      body: { run: id, extractRows: [2, 3], expenditures: [], reason: 'Annulation' },
    })

  test('never put a line in two matches', async () => {
    const { run: id } = await run(4)
    const answers = await Promise.all(
      [officer, colleague, officer, colleague].map((person) => cancel(person, id)()),
    )
    expect(outcomes(answers).sort()).toEqual([
      '201',
      ...Array.from({ length: 3 }, () => '422 matching/lines-refused'),
    ])
    await unbroken()
  })

  test('and its signature: whoever comes second is told', async () => {
    const first = await run(4)
    const [match] = first.matches
    const undo = (version: number) => () =>
      colleague.send('DELETE', `/matching/matches/${match.id}`, { version })
    const sign = (version: number) => () =>
      approver.step(`/matching/runs/${first.run}/sign`, version)
    // The tie-out of June comes before that of July.
    const june = await run(3)
    const items = [2, 3].map((extractRow) => ({
      extractRow,
      cause: 'timing',
      owner: officer.email,
    }))
    await officer.step(`/matching/runs/${june.run}/causes`, 1, { items })
    expect(outcomes([await approver.step(`/matching/runs/${june.run}/sign`, 2)])).toEqual(['200'])
    const july = await run(4)
    const [kept] = july.matches
    const signJuly = () => approver.step(`/matching/runs/${july.run}/sign`, 1)
    const explain = async () => {
      const open = [4, 5].map((extractRow) => ({
        extractRow,
        cause: 'timing',
        owner: officer.email,
      }))
      return officer.step(`/matching/runs/${july.run}/causes`, 1, { items: open })
    }
    expect([kept.rule, match.rule]).toEqual(['manual', 'manual'])
    expect(await inOrder([undo(1), sign(1)])).toEqual(['204', '412 matching/stale'])
    expect(await inOrder([signJuly, explain])).toEqual(['200', '412 matching/stale'])
    await unbroken()
  })
})
