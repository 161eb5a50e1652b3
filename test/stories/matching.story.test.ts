import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, type Person, type TestApp, testApp } from '#test/support/app.ts'
import { correct } from '#test/support/commitments.ts'
import { post } from '#test/support/drafts.ts'
import { bring, ledgerRow } from '#test/support/extracts.ts'

/** A period of an organization from its extract to the signed tie-out, told end to end. */
let app: TestApp
let officer: Person
let approver: Person
let auditor: Person
let administrator: Person
let jurist: Person

beforeAll(async () => {
  app = await testApp()
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  auditor = await app.person('auditor', 'auditor')
  administrator = await app.person('administrator', 'administrator')
  jurist = await app.person('jurist', 'officer', 'MJQ')
})
afterAll(() => app.close())

const outcomeOf = async (asked: Promise<Answered>): Promise<string> => {
  const { status, body } = await asked
  return status < 300 ? String(status) : `${status} ${body.code}`
}

const period = (number: number) => ({
  organization: 'MSP',
  fiscalYear: '2025-2026',
  period: number,
})

const run = async (number: number, change: object = {}) =>
  (await officer.send('POST', '/matching/runs', { body: { ...period(number), ...change } })).body

const spend = (documentNumber: string, amount: string, serviceDate: string) =>
  post(officer, approver, {
    documentNumber,
    amount,
    serviceDate,
    supplier: `Tiers ${documentNumber}`,
  })

const close = async (number: number) => {
  const { items } = (await auditor.get('/periods?organization=MSP&fiscalYear=2025-2026')).body
  const { version } = items.find((each: { period: number }) => each.period === number)
  const body = { ...period(number), version }
  return outcomeOf(administrator.send('POST', '/periods/close', { body }))
}

const broken = async (): Promise<readonly string[]> => {
  const { body } = await auditor.get('/verify')
  return body.checks
    .filter(({ breaks }: { breaks: unknown[] }) => breaks.length > 0)
    .map(({ code }: { code: string }) => code)
}

/** June: exact, a sum, a tolerance, a row that is there twice, and one that nobody recorded. */
const spent: Record<string, string> = {}

describe('a run', () => {
  test('matches the extract of the period with what the journal recorded in it', async () => {
    for (const [document, amount, day] of [
      ['F-1', '1000.00', '2025-06-03'],
      ['F-2', '600.00', '2025-06-04'],
      ['F-3', '149.77', '2025-06-05'],
      ['F-4', '80.00', '2025-06-06'],
    ] as const) {
      spent[document] = (await spend(document, amount, day)).id
    }
    // Reversed in its own period: nothing is left of it to match.
    const undone = await spend('F-9', '55.00', '2025-06-07')
    await correct([officer, approver], undone, 'reverse')
    const missing = outcomeOf(officer.send('POST', '/matching/runs', { body: period(3) }))
    expect(await missing).toBe('409 matching/no-extract')
    await bring(officer, {
      rows: [
        ledgerRow('2025-06-03', 'f-1', '1000.00'),
        ledgerRow('2025-06-04', 'F-2', '400.00'),
        ledgerRow('2025-06-04', 'F-2', '200.00'),
        ledgerRow('2025-06-08', 'F-3', '149.75'),
        ledgerRow('2025-06-03', 'F-1', '1000.00'),
        ledgerRow('2025-06-20', 'G-7', '30.00', 'Abonnement'),
      ],
    })
    const made = await officer.send('POST', '/matching/runs', { body: period(3) })
    expect([made.status, made.headers.etag]).toEqual([201, '"1"'])
    const { body } = made
    expect(body).toMatchObject({
      ...period(3),
      state: 'open',
      tolerance: '0.05',
      toleranceDays: 10,
      preparedBy: officer.email,
      stopped: [],
      extract: { rows: 6, total: '2779.75' },
      difference: '949.98',
    })
    const told = body.matches.map((each: Record<string, unknown>) => [
      each.rule,
      each.extractRows,
      each.expenditures,
      each.residual,
    ])
    const undoneNet = body.journal
    expect(undoneNet).toEqual({ rows: 4, total: '1829.77' })
    expect(told).toEqual([
      ['exact', [2], [spent['F-1']], '0.00'],
      ['many-to-one', [3, 4], [spent['F-2']], '0.00'],
      ['tolerance', [5], [spent['F-3']], '-0.02'],
    ])
    expect(body.matches[2].reason).toBe(
      'Dans les tolérances (même pièce) : écart de -0,02\u00a0$, à 3 jours.',
    )
    expect(body.unmatchedExtract).toMatchObject([
      { row: 6, amount: '1000.00', cause: null, since: '2025-2026-P03', age: 27 },
      { row: 7, amount: '30.00', cause: null, age: 10, candidates: [] },
    ])
    expect(body.unmatchedExtract[0].candidates).toEqual([
      { expenditure: spent['F-1'], code: 'taken', why: 'Déjà appariée à une autre ligne.' },
    ])
    expect(body.unmatchedJournal).toMatchObject([
      { expenditure: spent['F-4'], amount: '80.00', cause: null, owner: null },
    ])
    expect(body.tieOut).toMatchObject({
      extract: { opening: '0.00', period: '2779.75', matched: '1749.75', closing: '1030.00' },
      journal: { opening: '0.00', period: '1829.77', matched: '1749.77', closing: '80.00' },
      difference: '949.98',
      unexplained: '949.98',
      waiting: 4,
    })
  })

  test('is shown in the reader’s language to who may read it, and does not exist for others', async () => {
    const [{ run: id }] = (await auditor.get('/matching/runs?organization=MSP')).body.items
    const english = await auditor.get(`/matching/runs/${id}`, { 'accept-language': 'en' })
    expect(english.body.matches[0].reason).toBe('Same document, same amount, same date.')
    expect(english.headers.etag).toBe('"1"')
    expect(await outcomeOf(jurist.get(`/matching/runs/${id}`))).toBe('404 matching/not-found')
    expect((await jurist.get('/matching/runs')).body.count).toBe(0)
  })

  test('tolerates what it is asked to, within a dollar', async () => {
    const strict = await run(3, { tolerance: '0.00', toleranceDays: 0 })
    expect(strict.matches.map(({ rule }: { rule: string }) => rule)).toEqual([
      'exact',
      'many-to-one',
    ])
    const wide = { ...period(3), tolerance: '1.01' }
    const asked = outcomeOf(officer.send('POST', '/matching/runs', { body: wide }))
    expect(await asked).toBe('422 matching/tolerance')
  })
})

describe('what people do to a run', () => {
  test('a match by hand, any lines against any, is undone line by line', async () => {
    const made = await run(3)
    const match = {
      run: made.run,
      extractRows: [6, 7],
      expenditures: [spent['F-4']],
      reason: 'Lot',
    }
    const matched = await officer.send('POST', '/matching/matches', { body: match })
    expect([matched.status, matched.body.version]).toEqual([201, 2])
    const byHand = matched.body.matches.at(-1)
    expect(byHand).toMatchObject({ rule: 'manual', residual: '950.00', reason: 'Lot' })
    expect(matched.body.difference).toBe('949.98')
    const again = await officer.send('POST', '/matching/matches', { body: match })
    expect([again.status, again.body.errors.map(({ code }: { code: string }) => code)]).toEqual([
      422,
      ['matching/line-taken', 'matching/line-taken', 'matching/line-taken'],
    ])
    const url = `/matching/matches/${byHand.id}`
    expect(await outcomeOf(officer.send('DELETE', url))).toBe('428 http/if-match-missing')
    expect(await outcomeOf(officer.send('DELETE', url, { version: 1 }))).toBe('412 matching/stale')
    expect(await outcomeOf(officer.send('DELETE', url, { version: 2 }))).toBe('204')
    const after = (await officer.get(`/matching/runs/${made.run}`)).body
    expect([after.version, after.unmatchedExtract.length]).toEqual([3, 2])
    expect(await broken()).toEqual([])
  })

  test('lines of one side are a match only when they cancel out; unknown ones never', async () => {
    const { run: id } = await run(3)
    const hand = (body: object) =>
      outcomeOf(officer.send('POST', '/matching/matches', { body: { run: id, ...body } }))
    const reason = 'Essai'
    expect(await hand({ extractRows: [6, 7], expenditures: [], reason })).toBe(
      '422 matching/one-side',
    )
    expect(await hand({ extractRows: [99], expenditures: [], reason })).toBe(
      '422 matching/lines-refused',
    )
    expect(await hand({ extractRows: [6, 6], expenditures: [], reason })).toBe(
      '422 matching/lines-refused',
    )
  })

  test('a row is split into parts that add up to it, each matched for itself', async () => {
    const made = await run(3)
    const split = (body: object, version: number) =>
      officer.step(`/matching/runs/${made.run}/split`, version, body)
    const wrong = { extractRow: 6, amounts: ['920.00', '79.99'] }
    expect(await outcomeOf(split(wrong, 1))).toBe('422 matching/parts-differ')
    const { body } = await split({ extractRow: 6, amounts: ['920.00', '80.00'] }, 1)
    expect(
      body.unmatchedExtract.map(({ row, splitOf, amount }: Record<string, unknown>) => [
        row,
        splitOf,
        amount,
      ]),
    ).toEqual([
      [7, null, '30.00'],
      [8, 6, '920.00'],
      [9, 6, '80.00'],
    ])
    const match = { run: made.run, extractRows: [9], expenditures: [spent['F-4']], reason: 'Part' }
    const matched = (await officer.send('POST', '/matching/matches', { body: match })).body
    expect(matched.matches.at(-1)).toMatchObject({ extractRows: [9], residual: '0.00' })
    expect(matched.extract).toMatchObject({ rows: 7, total: '2779.75' })
    const gone = { extractRow: 6, amounts: ['500.00', '500.00'] }
    expect(await outcomeOf(split(gone, 3))).toBe('422 matching/line-unknown')
    expect(await broken()).toEqual([])
  })

  test('causes and owners are kept by a new run of the same period, and matches by hand too', async () => {
    const first = await run(3)
    const items = [
      { extractRow: 7, cause: 'out-of-scope', owner: officer.email, note: 'Abonnement' },
    ]
    const url = `/matching/runs/${first.run}/causes`
    expect((await officer.step(url, 1, { items })).body.unmatchedExtract[1]).toMatchObject(
      items[0] ? { cause: 'out-of-scope', owner: officer.email, note: 'Abonnement' } : {},
    )
    const hand = { run: first.run, extractRows: [6], expenditures: [spent['F-4']], reason: 'Lot' }
    await officer.send('POST', '/matching/matches', { body: hand })
    const second = await run(3)
    expect(second.matches[0]).toMatchObject({
      rule: 'manual',
      extractRows: [6],
      residual: '920.00',
    })
    expect(second.unmatchedExtract).toMatchObject([{ row: 7, cause: 'out-of-scope' }])
    const undo = second.matches[0].id
    await officer.send('DELETE', `/matching/matches/${undo}`, { version: 1 })
  })

  test('a cause needs something to explain, and an owner who is known', async () => {
    const { run: id } = await run(3)
    const explain = (item: object) =>
      outcomeOf(
        officer.step(`/matching/runs/${id}/causes`, 1, {
          items: [{ cause: 'timing', owner: officer.email, ...item }],
        }),
      )
    for (const item of [
      { extractRow: 2 },
      { extractRow: 99 },
      { expenditure: spent['F-1'] },
      {},
      { extractRow: 6, expenditure: spent['F-4'] },
    ]) {
      expect(await explain(item)).toBe('422 matching/not-explainable')
    }
    expect(await explain({ extractRow: 6, owner: 'x@y.z' })).toBe('422 matching/owner-unknown')
  })
})

describe('the tie-out', () => {
  test('is signed by somebody else, once all that is open and every residual is explained', async () => {
    expect(await close(3)).toBe('422 periods/not-tied-out')
    const { run: id, matches, version } = await run(3)
    const sign = (person: Person, at: number) =>
      outcomeOf(person.step(`/matching/runs/${id}/sign`, at))
    expect(await sign(approver, version)).toBe('422 matching/unexplained')
    const items = [
      { extractRow: 6, cause: 'duplicate', owner: officer.email },
      { extractRow: 7, cause: 'not-in-service', owner: officer.email },
      { expenditure: spent['F-4'], cause: 'timing', owner: approver.email },
      { match: matches[2].id, cause: 'amount', owner: officer.email },
    ]
    const explained = await officer.step(`/matching/runs/${id}/causes`, version, { items })
    expect(explained.body.tieOut).toMatchObject({
      difference: '949.98',
      explained: [
        { cause: 'timing', amount: '-80.00' },
        { cause: 'not-in-service', amount: '30.00' },
        { cause: 'duplicate', amount: '1000.00' },
        { cause: 'amount', amount: '-0.02' },
      ],
      unexplained: '0.00',
      waiting: 0,
    })
    expect(await sign(officer, 2)).toBe('403 identity/forbidden')
    expect(await sign(approver, 1)).toBe('412 matching/stale')
    expect(await sign(approver, 2)).toBe('200')
    expect(await sign(approver, 3)).toBe('409 matching/signed')
    const late = { run: id, extractRows: [6], expenditures: [spent['F-4']], reason: 'Trop tard' }
    const asked = officer.send('POST', '/matching/matches', { body: late })
    expect(await outcomeOf(asked)).toBe('409 matching/signed')
    expect(await broken()).toEqual([])
  })

  test('that the journal has moved under no longer lets its period be closed', async () => {
    const { id } = await spend('F-5', '12.00', '2025-06-25')
    expect(await close(3)).toBe('422 periods/not-tied-out')
    const again = await run(3)
    expect(
      again.unmatchedJournal.map(({ expenditure }: { expenditure: string }) => expenditure),
    ).toEqual([spent['F-4'], id])
    const items = [
      { expenditure: id, cause: 'timing', owner: officer.email },
      { match: again.matches[2].id, cause: 'amount', owner: officer.email },
    ]
    const { body } = await officer.step(`/matching/runs/${again.run}/causes`, 1, { items })
    expect(body.tieOut.waiting).toBe(0)
    await approver.step(`/matching/runs/${again.run}/sign`, 2)
    expect(await close(3)).toBe('200')
  })

  test('carries what stays open over to the next period, with its cause and its age', async () => {
    await bring(officer, {
      rows: [ledgerRow('2025-07-02', 'F-4', '80.00'), ledgerRow('2025-07-03', 'F-5', '12.00')],
      fields: { period: '4' },
    })
    const july = await run(4)
    expect(july.tieOut).toMatchObject({
      extract: { opening: '1030.00', period: '92.00', matched: '12.00', closing: '1110.00' },
      journal: { opening: '92.00', period: '0.00', matched: '12.00', closing: '80.00' },
      difference: '1030.00',
    })
    expect(july.unmatchedExtract).toMatchObject([
      { row: 2, carriedRow: null, since: '2025-2026-P04', cause: null },
      { row: 4, carriedRow: 6, since: '2025-2026-P03', cause: 'duplicate', age: 58 },
      { row: 5, carriedRow: 7, since: '2025-2026-P03', cause: 'not-in-service' },
    ])
    const near = await run(4, { toleranceDays: 30 })
    expect(
      near.matches.map((each: Record<string, unknown>) => [each.rule, each.extractRows]),
    ).toEqual([
      ['tolerance', [2]],
      ['tolerance', [3]],
    ])
    expect(near.unmatchedJournal).toEqual([])
    expect(near.tieOut.waiting).toBe(0)
    await approver.step(`/matching/runs/${near.run}/sign`, 1)
    const earlier = officer.send('POST', '/matching/runs', { body: period(3) })
    expect(await outcomeOf(earlier)).toBe('409 matching/later-signed')
    expect(await close(4)).toBe('200')
    expect(await broken()).toEqual([])
  })

  test('is not signed by who prepared it, whatever else they may do', async () => {
    const rows = [ledgerRow('2025-10-01', 'H-9', '5.00')]
    const fields = { organization: 'MEQ', period: '7' }
    const both = await app.person('both', 'officer', 'MEQ')
    await app.person('both', 'approver', 'MEQ')
    await bring(both, { rows, fields })
    const body = { organization: 'MEQ', fiscalYear: '2025-2026', period: 7 }
    const made = (await both.send('POST', '/matching/runs', { body })).body
    const items = [{ extractRow: 2, cause: 'not-in-service', owner: both.email }]
    const colleague = await app.person('colleague', 'officer', 'MEQ')
    await colleague.step(`/matching/runs/${made.run}/causes`, 1, { items })
    const sign = both.step(`/matching/runs/${made.run}/sign`, 2)
    expect(await outcomeOf(sign)).toBe('403 matching/own-work')
  })

  test('waits for those of earlier periods, and for the extract that counts', async () => {
    await bring(officer, {
      rows: [ledgerRow('2025-08-01', 'H-1', '5.00')],
      fields: { period: '5' },
    })
    const first = await bring(officer, {
      rows: [ledgerRow('2025-09-01', 'H-2', '6.00')],
      fields: { period: '6' },
    })
    const september = await run(6)
    const items = september.unmatchedExtract.map(({ row }: { row: number }) => ({
      ...{ extractRow: row, cause: 'timing', owner: officer.email },
    }))
    await officer.step(`/matching/runs/${september.run}/causes`, 1, { items })
    const sign = () => outcomeOf(approver.step(`/matching/runs/${september.run}/sign`, 2))
    expect(await sign()).toBe('409 matching/earlier-open')
    await bring(officer, {
      rows: [ledgerRow('2025-09-01', 'H-2', '7.00')],
      fields: { period: '6', supersedes: first.body.id },
    })
    expect(await sign()).toBe('409 matching/not-current')
  })
})
