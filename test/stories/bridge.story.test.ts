import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { view } from '#features/identity/context.public.ts'
import { causes } from '#features/journal/cause.ts'
import { bridgeColumns } from '#features/reconciliation/bridge.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { type Person, type TestApp, testApp } from '#test/support/app.ts'
import { post } from '#test/support/drafts.ts'
import { type Movement, move } from '#test/support/movements.ts'

/** What moved a total between two positions, each entry under the first cause that fits. */
let app: TestApp
let auditor: Person
let officer: Person
let approver: Person
let since: number
let until: number

const y25 = '2025-2026'
const spend = (amount: string, more: Partial<Movement> = {}): Movement => ({
  kind: 'expenditure',
  lines: [
    [`available QC-M12 QC-12 ${y25}`, `-${amount}`],
    [`spent QC-M12 QC-12 ${y25}`, amount],
  ],
  ...more,
})

beforeAll(async () => {
  app = await testApp({ template: 'published' })
  auditor = await app.person('auditor', 'auditor')
  officer = await app.person('officer', 'officer')
  approver = await app.person('approver', 'approver')
  const { service } = app.database
  const before = await move(service, [spend('1000.00'), spend('64.00')])
  since = before.position
  const [first, second] = before.ids
  await move(service, [spend('200.00')])
  await move(service, [spend('30.00', { flags: ['late-item'] })])
  await move(service, [
    {
      kind: 'refund',
      lines: [
        [`available QC-M12 QC-12 ${y25}`, '50.00'],
        [`spent QC-M12 QC-12 ${y25}`, '-50.00'],
      ],
    },
  ])
  const mirrored: Movement['lines'] = [
    [`available QC-M12 QC-12 ${y25}`, '1000.00'],
    [`spent QC-M12 QC-12 ${y25}`, '-1000.00'],
  ]
  await move(service, [{ kind: 'expenditure', lines: mirrored, reverses: first ?? '' }])
  await move(service, [
    {
      type: 'expenditure.reclassified',
      kind: 'expenditure',
      reverses: second ?? '',
      lines: [
        [`available QC-M12 QC-12 ${y25}`, '64.00'],
        [`spent QC-M12 QC-12 ${y25}`, '-64.00'],
      ],
    },
    {
      kind: 'expenditure',
      lines: [
        [`available QC-M13 QC-13 ${y25}`, '-64.00'],
        [`spent QC-M13 QC-13 ${y25}`, '64.00'],
      ],
    },
  ])
  await move(service, [
    { kind: 'appropriation', lines: authorized('8.00', `QC-M8 QC-8 ${y25}`) },
    { kind: 'supplement', lines: authorized('700.01', 'QC-M12 QC-12') },
    { kind: 'reduction', lines: authorized('-300.00', 'QC-M13 QC-13') },
    {
      kind: 'transfer',
      lines: [
        ['available QC-M12 QC-12', '-5.55'],
        ['available QC-M13 QC-13', '5.55'],
      ],
    },
    {
      kind: 'distribution',
      lines: [
        ['available QC-M12 QC-12', '-400.00'],
        [`available QC-M12 QC-12 ${y25}`, '400.00'],
      ],
    },
  ])
  const committed = (amount: string, back: string): Movement['lines'] => [
    [`available QC-M12 QC-12 ${y25}`, back],
    [`committed QC-M12 QC-12 ${y25}`, amount],
  ]
  await move(service, [
    { kind: 'commitment', lines: committed('90.00', '-90.00') },
    { kind: 'release', lines: committed('-15.00', '15.00') },
    {
      kind: 'carry-forward',
      lines: [
        [`available QC-M12 QC-12 2024-2025`, '-20.00'],
        [`available QC-M12 QC-12 ${y25}`, '20.00'],
      ],
    },
    { kind: 'lapse', lines: authorized('-11.00', `QC-M12 QC-12 ${y25}`) },
    {
      kind: 'self-funded',
      lines: [
        [`own_resources QC-6 ${y25}`, '-77.00'],
        [`spent QC-6 ${y25}`, '77.00'],
      ],
    },
  ])
  until = (await move(service, [spend('1.00', { organization: 'SPC', lines: federal('1.00') })]))
    .position
})
afterAll(() => app.close())

function authorized(amount: string, cell: string): Movement['lines'] {
  const back = amount.startsWith('-') ? amount.slice(1) : `-${amount}`
  return [
    [`authority ${cell}`, back],
    [`available ${cell}`, amount],
  ]
}

const federal = (amount: string): Movement['lines'] => [
  [`available CA-2022 ${y25}`, `-${amount}`],
  [`spent CA-2022 ${y25}`, amount],
]

interface Row {
  readonly key: string
  readonly href: string | null
  readonly [column: string]: unknown
}

const bridge = async (query = ''): Promise<readonly Row[]> => {
  const { status, body } = await auditor.get(`/reports/bridge?since=${since}${query}`)
  expect([query, status]).toEqual([query, 200])
  return body.rows
}

const cents = (text: unknown): bigint => BigInt(String(text).replace('.', ''))

const questions = ['', '&spread=straight-line'].flatMap((spread) =>
  [
    '',
    '&jurisdiction=CA',
    '&from=2025-2026&to=2025-2026',
    '&from=2021-2022&to=2023-2024',
    '&from=2021-2022&to=2023-2024&jurisdiction=CA',
  ].map((range) => `${spread}${range}`),
)

describe('a bridge between two positions', () => {
  test('reads as a finance person reads it', async () => {
    const reader = {
      actor: { email: 'golden', roles: [{ role: 'analyst', organization: '*' }] },
      request: 'golden',
      operatingSystemUser: null,
    } as const
    const request = {
      name: 'bridge',
      since: { position: since },
      asOf: { position: until },
    } as const
    const { report } = await view(app.database.service, reader, (viewing) =>
      drawReport(viewing, request),
    )
    expect(
      printTable(report.table, { language: 'fr', width: 170 }).replaceAll('\u00a0', ' '),
    ).toMatchInlineSnapshot(`
      "Passage d’une position à l’autre – Québec

                                                                                                       Disponible
                                             Prévu (initial +                                     (prévu − engagé
                                                  révisions +                                         − dépensé −  Ressources
      Cause                                        virements)   Engagé         Dépensé   Périmé           périmé)     propres
      ─────────────────────────────────────  ────────────────  ───────  ──────────────  ───────  ────────────────  ──────────
      Ouverture                              147 106 925,00 $   0,00 $  6 390 560,00 $   0,00 $  140 716 365,00 $      0,00 $
      Reclassements                                    0,00 $   0,00 $          0,00 $   0,00 $            0,00 $      0,00 $
      Contre-passations                                0,00 $   0,00 $     -1 000,00 $   0,00 $        1 000,00 $      0,00 $
      Remboursements                                   0,00 $   0,00 $        -50,00 $   0,00 $           50,00 $      0,00 $
      Inscriptions tardives                            0,00 $   0,00 $         30,00 $   0,00 $          -30,00 $      0,00 $
      Dépenses                                         0,00 $   0,00 $        200,00 $   0,00 $         -200,00 $     77,00 $
      Ouvertures d’exercice                            8,00 $   0,00 $          0,00 $   0,00 $            8,00 $      0,00 $
      Crédits supplémentaires et réductions          400,01 $   0,00 $          0,00 $   0,00 $          400,01 $      0,00 $
      Virements et répartitions                        0,00 $   0,00 $          0,00 $   0,00 $            0,00 $      0,00 $
      Reports                                          0,00 $   0,00 $          0,00 $   0,00 $            0,00 $      0,00 $
      Engagements et dégagements                       0,00 $  75,00 $          0,00 $   0,00 $          -75,00 $      0,00 $
      Péremptions                                      0,00 $   0,00 $          0,00 $  11,00 $          -11,00 $      0,00 $
      ─────────────────────────────────────  ────────────────  ───────  ──────────────  ───────  ────────────────  ──────────
      Clôture                                147 107 333,01 $  75,00 $  6 389 740,00 $  11,00 $  140 717 507,01 $     77,00 $
      "
    `)
  })

  test.each(questions)(
    'closes to the cent, and both ends are the reconciliations (%s)',
    async (asked) => {
      const rows = await bridge(`&asOf=${until}${asked}`)
      expect(rows.map(({ key }) => key)).toEqual([
        'opening',
        ...(asked.includes('straight-line') ? ['respread'] : []),
        ...causes,
        'closing',
      ])
      const [first, last] = [rows[0], rows.at(-1)]
      for (const column of bridgeColumns) {
        const reached = rows.slice(0, -1).reduce((total, row) => total + cents(row[column]), 0n)
        expect([column, reached]).toEqual([column, cents(last?.[column])])
      }
      for (const end of [first, last]) {
        const { totals } = (await auditor.get(String(end?.href).replace('/api/v1', ''))).body
        const own = Object.fromEntries(bridgeColumns.map((column) => [column, totals[column]]))
        expect(end).toMatchObject(own)
      }
    },
  )

  test.each(['QC', 'CA'])('a cause of %s links to the entries that add up to it', async (code) => {
    const rows = await bridge(`&asOf=${until}&jurisdiction=${code}&from=1990-1991&to=2026-2027`)
    const linked = rows.filter(({ key }) => (causes as readonly string[]).includes(key))
    expect(linked).toHaveLength(causes.length)
    for (const row of linked) {
      const { items, count } = (await auditor.get(`${row.href?.replace('/api/v1', '')}`)).body
      const lines = items.flatMap(({ lines: of }: { lines: readonly Row[] }) => of)
      const total = (isIn: (line: Row) => boolean): bigint =>
        lines.filter(isIn).reduce((sum: bigint, line: Row) => sum + cents(line.amount), 0n)
      const found = {
        committed: total(({ account }) => account === 'committed'),
        spent: total(({ account, envelope }) => account === 'spent' && envelope !== null),
        available: total(({ account }) => account === 'available'),
        ownResources: total(({ account, envelope }) => account === 'spent' && envelope === null),
      }
      const printed = Object.fromEntries(
        Object.keys(found).map((column) => [column, cents(row[column])]),
      )
      expect([row.key, printed]).toEqual([row.key, found])
      expect(count > 0).toBe(code === 'QC' || row.key === 'spending')
    }
  })

  test('of documents: an expenditure, then its reversal', async () => {
    const start = (await auditor.get('/reports/reconciliation')).body.position
    const spent = await post(officer, approver, { documentNumber: 'F-BRIDGE', amount: '12.34' })
    const middle = spent.position
    const { version } = spent
    const asked = await officer.step(`/expenditures/${spent.id}/reverse`, version, { reason: 'x' })
    const request = asked.body.requests[0].id
    await approver.step(`/expenditures/${spent.id}/requests/${request}/approve`, asked.body.version)
    const moved = async (from: number, to: string) => {
      const { rows } = (await auditor.get(`/reports/bridge?since=${from}${to}`)).body
      return Object.fromEntries(
        rows
          .filter((row: Row) => (causes as readonly string[]).includes(row.key))
          .filter((row: Row) => row.spent !== '0.00')
          .map((row: Row) => [row.key, row.spent]),
      )
    }
    expect(await moved(start, `&asOf=${middle}`)).toEqual({ spending: '12.34' })
    expect(await moved(middle, '')).toEqual({ reversal: '-12.34' })
    expect(await moved(start, '')).toEqual({ reversal: '-12.34', spending: '12.34' })
  })

  test('from a position to itself moves nothing', async () => {
    const rows = await bridge(`&asOf=${since}`)
    const moved = rows.slice(1, -1).flatMap((row) => bridgeColumns.map((column) => row[column]))
    expect(new Set(moved)).toEqual(new Set(['0.00']))
  })

  test('is one table everywhere: CSV ends with the total, a workbook is drawn', async () => {
    const csv = (await auditor.get(`/reports/bridge.csv?since=${since}&asOf=${until}`)).text
    const lines = csv.trim().split('\n')
    expect(lines[0]).toBe('key,label,planned,committed,spent,lapsed,available,own_resources,href')
    expect(lines.at(-1)).toMatch(/^total,Clôture,147107333.01,75.00,/)
    const { status } = await auditor.get(`/reports/bridge.xlsx?since=${since}`)
    expect(status).toBe(200)
  })
})

describe('a bridge that cannot be drawn is refused', () => {
  test.each([
    ['/reports/bridge', 400, 'reports/since-missing'],
    ['/reports/bridge?since=9&asOf=4', 400, 'reports/since-after'],
    ['/reports/bridge?since=999999999', 422, 'audit/moment-ahead'],
    ['/reports/bridge?since=1990-01-01T00:00:00Z', 422, 'audit/moment-too-early'],
    ['/reports/reconciliation?since=1', 400, 'reports/parameter-unused'],
    ['/reports/reconciliation.xlsx?since=1', 400, 'reports/parameter-unused'],
    ['/reports/comparison?since=1', 400, 'reports/parameter-unused'],
    ['/reports/bridge?since=1&assume=equal-phasing=low', 400, 'reports/parameter-unused'],
    ['/journal/entries?since=999999999', 422, 'audit/moment-ahead'],
  ])('%s', async (url, status, code) => {
    const answer = await auditor.get(url)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
})
