import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money, negate } from '#core/money.ts'
import { type Period, periodOf } from '#core/period.ts'
import type { ExpenditureStatement } from '#features/expenditures/expenditure.ts'
import type { Account, Line } from '#features/journal/entry.ts'
import { readMonths, readPoints } from '#features/reconciliation/threshold.ts'
import { buildExceptions } from '#features/reports/exceptions-report.table.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { planRecord, type TestRecord } from '#test/support/facts.ts'

const spending = (
  measure: string,
  serviceDate: string,
  amount: string,
  change: Partial<ExpenditureStatement> = {},
): ExpenditureStatement => ({
  ...{ organization: 'MSP', measure, envelope: `QC-M${measure.slice(3)}` },
  ...{ serviceDate: calendarDate(serviceDate), documentDate: null, documentNumber: 'F-1' },
  ...{ supplier: 'PIPQ', description: '', amount: money(amount), commitment: null },
  justification: null,
  ...change,
})

const moved = (envelope: string, measure: string | null, year: string, amount: string) => {
  const cell = { envelope, measure, organization: 'MSP', fiscalYear: fiscalYear(year) }
  const line = (account: Account, value: typeof amount): Line => ({
    account,
    cell,
    amount: value.startsWith('-') ? negate(money(value.slice(1))) : money(value),
  })
  return { available: line('available', `-${amount}`), committed: line('committed', amount) }
}

/** Midway through 2023-2024, a plan in which everything that may go wrong did, once. */
async function troubled(): Promise<TestRecord> {
  const record = await planRecord({ withoutPayments: true, current: '2023-2024' })
  const late: Period = { fiscalYear: fiscalYear('2023-2024'), number: 1 }
  // 563 000 for the whole term: spent beyond it.
  record.spend(spending('QC-12', '2023-06-15', '600000.00'), { flags: ['over-spent'] })
  // 4 025 000: three quarters spent when 30 of 60 months have ended.
  record.spend(spending('QC-13', '2022-05-10', '3018750.00'))
  // 8 155 900: a tenth spent.
  record.spend(spending('QC-10', '2022-05-10', '815590.00'), { flags: ['possible-duplicate'] })
  record.spend(spending('QC-15', '2022-03-10', '100000.00'), {
    flags: ['late-item', 'not-a-lead'],
    recordedIn: late,
  })
  const self = { envelope: null, organization: 'MIFI' }
  record.spend(spending('QC-6', '2020-05-10', '10.00', self), { flags: ['outside-term'] })
  // 6 000 000: committed beyond what is left.
  record.spend(spending('QC-11', '2023-05-10', '3000000.00'))
  const { available, committed } = moved('QC-M11', 'QC-11', '2023-2024', '3000000.01')
  record.post({
    kind: 'commitment',
    lines: [available, committed],
    recordedIn: periodOf(calendarDate('2023-06-01')),
  })
  const member = { envelope: 'QC-COMMUNICATION' }
  record.spend(spending('QC-3', '2023-07-10', '2903063.01', member))
  return record
}

async function found(request: Partial<ReportRequest> = {}) {
  const facts = { ...(await troubled()).facts, positionAt: '2023-10-16T16:00:00.000Z' }
  return buildExceptions(facts, { name: 'exceptions', ...request })
}

type Report = Awaited<ReturnType<typeof found>>

function read({ table }: Report, ...keys: readonly string[]): readonly string[] {
  const places = keys.map((key) => table.columns.findIndex((column) => column.key === key))
  return table.rows
    .filter(({ role }) => role === 'data')
    .map(({ cells }) =>
      places
        .map((place) => {
          const cell = cells[place]
          const value = cell?.type === 'missing' || cell === undefined ? '-' : cell.value
          return typeof value === 'object' && 'fr' in value ? value.fr : String(value)
        })
        .join(' | ')
        .replaceAll('\u00a0', ' '),
    )
}

const flagged = (report: Report, flag: string, ...keys: readonly string[]) =>
  read(report, 'flags', ...keys)
    .filter((row) => row.startsWith(`${flag} | `))
    .map((row) => row.slice(flag.length + 3))

describe('the exceptions of a plan', () => {
  test('read as a finance person reads them', async () => {
    const report = await found()
    const { table } = report
    const rows = table.rows.filter(({ cells }) =>
      cells.every((cell) => cell.type !== 'words' || !cell.value.includes('nothing-recorded')),
    )
    const columns = table.columns.map((column) =>
      column.key === 'label' ? { ...column, brief: false } : column,
    )
    expect(
      printTable({ ...table, columns, rows }, { language: 'fr', width: 170 }).replaceAll(
        '\u00a0',
        ' ',
      ),
    ).toMatchInlineSnapshot(`
      "Exceptions – Québec

      Code              Signalements            Exercice          Dépensé  Seuil           Pourquoi
      ────────────────  ──────────────────────  ─────────  ──────────────  ──────────────  ─────────────────────────────────────────────────────────────────────────────────────
      QC-12             over-spent              s. o.        600 000,00 $  563 000,00 $    Dépensé : 600 000,00 $, au-dessus de 563 000,00 $.
      QC-COMMUNICATION  over-spent              s. o.      2 903 063,01 $  2 903 063,00 $  Dépensé : 2 903 063,01 $, au-dessus de 2 903 063,00 $.
      QC-COMMUNICATION  over-spent              2023-2024  2 903 063,01 $  -0,01 $         Disponible de l’exercice : -2 903 063,01 $; marge de l’enveloppe pour cet exercice :…
      QC-M11            over-spent              2023-2024  3 000 000,00 $  -0,01 $         Disponible de l’exercice : -6 000 000,01 $; marge de l’enveloppe pour cet exercice :…
      QC-M12            over-spent              2023-2024    600 000,00 $  -37 000,00 $    Disponible de l’exercice : -600 000,00 $; marge de l’enveloppe pour cet exercice : -…
      QC-11             over-committed          s. o.      3 000 000,00 $  6 000 000,00 $  Engagé et dépensé : 6 000 000,01 $, au-dessus de 6 000 000,00 $.
      QC-3              over-share              s. o.      2 903 063,01 $  2 903 063,00 $  Engagé et dépensé : 2 903 063,01 $, au-dessus de 2 903 063,00 $.
      QC-6              outside-term            2020-2021         10,00 $  s. o.           La date de service tombe hors des exercices de l’enveloppe ou du plan.
      QC-M10            draws-on-undistributed  2022-2023    815 590,00 $  7 340 310,00 $  Disponible de l’exercice : -815 590,00 $; marge de l’enveloppe pour cet exercice : 7…
      QC-M13            draws-on-undistributed  2022-2023  3 018 750,00 $  1 006 250,00 $  Disponible de l’exercice : -3 018 750,00 $; marge de l’enveloppe pour cet exercice :…
      QC-M15            draws-on-undistributed  2021-2022    100 000,00 $  100 000,00 $    Disponible de l’exercice : -100 000,00 $; marge de l’enveloppe pour cet exercice : 1…
      QC-COMMUNICATION  ahead-of-time           s. o.      2 903 063,01 $  10,00 points    Dépensé à 100,00 %, 30 mois écoulés sur 60 (50,00 %).
      QC-M12            ahead-of-time           s. o.        600 000,00 $  10,00 points    Dépensé à 106,57 %, 30 mois écoulés sur 60 (50,00 %).
      QC-M13            ahead-of-time           s. o.      3 018 750,00 $  10,00 points    Dépensé à 75,00 %, 30 mois écoulés sur 60 (50,00 %).
      QC-M10            behind-time             s. o.        815 590,00 $  25,00 points    Dépensé à 10,00 %, 30 mois écoulés sur 60 (50,00 %).
      QC-15             late-item               2021-2022    100 000,00 $  s. o.           Inscrite dans un autre exercice que celui du service, ou une fois celui-ci fermé.
      QC-10             possible-duplicate      2022-2023    815 590,00 $  s. o.           Même organisme, fournisseur, document, montant et date qu’une autre dépense.
      QC-15             not-a-lead              2021-2022    100 000,00 $  s. o.           L’organisme n’est ni porteur ni collaborateur de la mesure.
      DPCP              late-source             s. o.                   —  3 mois          Jamais rien inscrit; mois échus sans inscription : 30.
      MAMH              late-source             s. o.                   —  3 mois          Jamais rien inscrit; mois échus sans inscription : 30.
      MEQ               late-source             s. o.                   —  3 mois          Jamais rien inscrit; mois échus sans inscription : 30.
      MES               late-source             s. o.                   —  3 mois          Jamais rien inscrit; mois échus sans inscription : 30.
      MJQ               late-source             s. o.                   —  3 mois          Jamais rien inscrit; mois échus sans inscription : 30.
      MTO               late-source             s. o.                   —  3 mois          Jamais rien inscrit; mois échus sans inscription : 30.
      SCF               late-source             s. o.                   —  3 mois          Jamais rien inscrit; mois échus sans inscription : 30.
      ────────────────  ──────────────────────  ─────────  ──────────────  ──────────────  ─────────────────────────────────────────────────────────────────────────────────────
      total                                     s. o.               s. o.  s. o.           s. o.
      "
    `)
  })

  test('name every planned measure where nothing is recorded, and no other', async () => {
    const rows = flagged(await found(), 'nothing-recorded', 'key', 'planned')
    // 24 envelopes of their own, less five that have spent or committed.
    expect(rows).toHaveLength(19)
    expect(rows).toContain('QC-8 | 10310069.00')
    expect(rows.some((row) => /^QC-(6|9|3|10|11|12|13|15) /.test(row))).toBe(false)
  })

  test('hold time at the position’s day, never today', async () => {
    const at = async (positionAt: string) => {
      const facts = { ...(await troubled()).facts, positionAt }
      const report = buildExceptions(facts, { name: 'exceptions' })
      return ['ahead-of-time', 'behind-time'].map((flag) =>
        flagged(report, flag, 'key', 'percentSpent', 'percentElapsed'),
      )
    }
    expect(await at('2023-10-16T16:00:00.000Z')).toEqual([
      ['QC-COMMUNICATION | 100.00 | 50.00', 'QC-M12 | 106.57 | 50.00', 'QC-M13 | 75.00 | 50.00'],
      ['QC-M10 | 10.00 | 50.00'],
    ])
    expect((await at('2026-04-01T16:00:00.000Z'))[0]).toEqual([])
  })

  test.each([
    ['25.00', ['QC-COMMUNICATION', 'QC-M12']],
    ['24.99', ['QC-COMMUNICATION', 'QC-M12', 'QC-M13']],
  ])('more than %s points ahead: the threshold itself is no exception', async (ahead, keys) => {
    const report = await found({ ahead })
    expect(flagged(report, 'ahead-of-time', 'key')).toEqual(keys)
    expect(report.parameters).toMatchObject({ ahead, behind: '25.00', late: '3' })
  })

  test('an organization that recorded in July is two months late in October: no exception', async () => {
    const rows = flagged(await found({ late: 2 }), 'late-source', 'key', 'why')
    expect(rows.filter((row) => row.startsWith('MSP '))).toEqual([])
    expect(rows).toContain('MEQ | Jamais rien inscrit; mois échus sans inscription : 30.')
  })

  test('is one where the threshold is a single month', async () => {
    const rows = flagged(await found({ late: 1 }), 'late-source', 'key', 'why', 'threshold')
    expect(rows).toContain(
      'MSP | Dernière inscription en 2023-2024-P04; mois échus sans inscription : 2. | 1 mois',
    )
  })

  test('are the same bytes for the same position and thresholds', async () => {
    expect(JSON.stringify(await found())).toBe(JSON.stringify(await found()))
  })

  test('of Canada: the line that pays the CCPE is an upper bound, never over-spent nor ahead', async () => {
    const { facts } = await planRecord({ current: '2026-2027' })
    const report = buildExceptions(facts, { name: 'exceptions', jurisdiction: 'CA' })
    const ofCentre = read(report, 'key', 'flags').filter((row) => row.startsWith('CA-CCPE'))
    expect([...new Set(ofCentre)]).toEqual(['CA-CCPE | outside-term', 'CA-CCPE | upper-bound'])
    expect(flagged(report, 'late-source', 'key', 'why')).toEqual([
      'SPC | Dernière inscription en 2024-2025-P12; mois échus sans inscription : 11.',
    ])
  })
})

describe('a threshold is written', () => {
  test.each([
    ['10', '10.00'],
    ['12.5', '12.50'],
    ['0', '0.00'],
    ['100', '100.00'],
  ])('%s points, and printed %s', (text, printed) => {
    expect(readPoints(text)).toEqual({ ok: true, value: printed })
  })

  test.each(['', '-1', '100.01', '1000', '1.234', '10,5', '1e2', ' 10'])(
    'not as « %s » points',
    (text) => {
      expect(readPoints(text)).toMatchObject({
        issue: { code: 'reconciliation/threshold-malformed' },
      })
    },
  )

  test.each(['', '0', '121', '1.5', '-3', '007'])('not as « %s » months', (text) => {
    expect(readMonths(text)).toMatchObject({
      issue: { code: 'reconciliation/threshold-malformed' },
    })
  })

  test('1 to 120 months', () => {
    expect([readMonths('1'), readMonths('120')]).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: 120 },
    ])
  })
})
