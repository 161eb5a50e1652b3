import { describe, expect, test } from 'vitest'
import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money, negate } from '#core/money.ts'
import type { Line } from '#features/journal/entry.ts'
import type { Question } from '#features/reconciliation/facts.ts'
import { buildReconciliation } from '#features/reports/reports.table.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { planRecord, type TestRecord } from '#test/support/facts.ts'

/** How undistributed money is shown over years and periods, as a finance person reads it. */
const year = fiscalYear

type Asked = Partial<Omit<ReportRequest, 'from' | 'to'>> & { from?: string; to?: string }

function printed(record: TestRecord, asked: Asked, kept: readonly string[]): string {
  const { from, to, ...more } = asked
  const range = {
    ...(from === undefined ? {} : { from: year(from) }),
    ...(to === undefined ? {} : { to: year(to) }),
  }
  const { table } = buildReconciliation(record.facts, {
    name: 'reconciliation',
    ...more,
    ...range,
  })
  const shown = [
    'key',
    'initial',
    'transfers',
    'planned',
    'spent',
    'ownResources',
    'available',
    'flags',
  ]
  const rows = table.rows.filter(({ role, cells: [key] }) => {
    const isKept = key?.type === 'text' && kept.some((code) => code === key.value)
    return isKept || role === 'total'
  })
  const columns = table.columns.map((column) => ({ ...column, brief: shown.includes(column.key) }))
  return printTable({ ...table, columns, rows }, { language: 'fr', width: 185 }).replaceAll(
    '\u00a0',
    ' ',
  )
}

const available = (
  envelope: string,
  measure: string | null,
  fiscal: string | null,
  amount: string,
): Line => ({
  account: 'available',
  cell: {
    ...{ envelope, measure, organization: 'MSP' },
    fiscalYear: fiscal === null ? null : year(fiscal),
  },
  amount: amount.startsWith('-') ? negate(money(amount.slice(1))) : money(amount),
})

const bare = () => planRecord({ withoutPayments: true })

const spent = (measure: string, envelope: string | null, day: string, amount: string) => ({
  ...{ organization: 'MJQ', measure, envelope, serviceDate: calendarDate(day) },
  ...{ documentDate: null, documentNumber: 'F-1', supplier: 'X', description: '' },
  ...{ amount: money(amount), commitment: null, justification: null },
})

describe('a narrow range over undistributed money', () => {
  const kept = ['QC-12', 'QC-15']
  const narrow = { from: '2022-2023', to: '2023-2024' }
  const record = async () => {
    const plan = await bare()
    plan.post({
      kind: 'distribution',
      lines: [
        available('QC-M12', 'QC-12', null, '-100000.00'),
        available('QC-M12', 'QC-12', '2022-2023', '100000.00'),
      ],
    })
    return plan
  }

  test('without a spread, planned is what was distributed to the range, the rest is left out', async () => {
    expect(printed(await record(), narrow, kept)).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                         Disponible
                                           Prévu                           (prévu −
                                      (initial +                           engagé −
                      Virements et   révisions +           Ressources     dépensé −
      Code   Initial  répartitions    virements)  Dépensé     propres       périmé)  Signalements
      ─────  ───────  ────────────  ────────────  ───────  ──────────  ────────────  ─────────────────────────────────────────
      QC-12        —  100 000,00 $  100 000,00 $   0,00 $       s. o.  100 000,00 $  not-distributed, nothing-recorded
      QC-15        —             —             —   0,00 $       s. o.             —  absent, not-distributed, nothing-recorded
      ─────  ───────  ────────────  ────────────  ───────  ──────────  ────────────  ─────────────────────────────────────────
      total   0,00 $  100 000,00 $  100 000,00 $   0,00 $      0,00 $  100 000,00 $
      "
    `)
  })

  test('in equal parts, it is two fifths of what is not distributed, and what was', async () => {
    expect(
      printed(await record(), { ...narrow, spread: 'straight-line' }, kept),
    ).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                                       Disponible
                                             Prévu (initial                       (prévu − engagé
                              Virements et    + révisions +           Ressources      − dépensé −
      Code           Initial  répartitions       virements)  Dépensé     propres          périmé)  Signalements
      ─────  ───────────────  ────────────  ───────────────  ───────  ──────────  ───────────────  ─────────────────────────
      QC-12     225 200,00 $   60 000,00 $     285 200,00 $   0,00 $       s. o.     285 200,00 $  nothing-recorded, derived
      QC-15      80 000,00 $        0,00 $      80 000,00 $   0,00 $       s. o.      80 000,00 $  nothing-recorded, derived
      ─────  ───────────────  ────────────  ───────────────  ───────  ──────────  ───────────────  ─────────────────────────
      total  58 842 770,00 $   60 000,00 $  58 902 770,00 $   0,00 $      0,00 $  58 902 770,00 $
      "
    `)
  })
})

describe('a measure with two leads', () => {
  const record = async () => {
    const plan = await bare()
    plan.spend(spent('QC-23', null, '2023-05-10', '40.00'))
    plan.spend(spent('QC-3', 'QC-COMMUNICATION', '2023-05-10', '60.00'))
    return plan
  }

  test('is on a joint row; what is shared stands on its envelope’s, whoever leads', async () => {
    const kept = ['MJQ', 'MSP', 'MJQ+MSP', 'MSP+SCF', 'QC-COMMUNICATION']
    expect(printed(await record(), { by: 'lead' }, kept)).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                                                     Disponible
                                                        Prévu (initial +                        (prévu − engagé
                                          Virements et       révisions +           Ressources       − dépensé −
      Code                       Initial  répartitions        virements)  Dépensé     propres           périmé)  Signalements
      ────────────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ──────────────────────────────────
      MSP               114 958 523,00 $        0,00 $  114 958 523,00 $   0,00 $       s. o.  114 958 523,00 $  nothing-recorded
      MSP+SCF                          —             —                 —   0,00 $       s. o.                 —  in-shared-envelope
      MJQ+MSP                      s. o.         s. o.             s. o.    s. o.     40,00 $             s. o.  not-applicable, in-shared-envelope
      MJQ                 9 745 370,00 $        0,00 $    9 745 370,00 $   0,00 $      0,00 $    9 745 370,00 $  nothing-recorded
      QC-COMMUNICATION    2 903 063,00 $        0,00 $    2 903 063,00 $  60,00 $       s. o.    2 903 003,00 $
      ────────────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ──────────────────────────────────
      total             147 106 925,00 $        0,00 $  147 106 925,00 $  60,00 $     40,00 $  147 106 865,00 $
      "
    `)
  })

  test('is on its own row by measure, repeated when its money is shared', async () => {
    const kept = ['QC-3', 'QC-23', 'QC-COMMUNICATION']
    expect(printed(await record(), {}, kept)).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                                                       Disponible
                                                          Prévu (initial +                        (prévu − engagé
                                            Virements et       révisions +           Ressources       − dépensé −
        Code                       Initial  répartitions        virements)  Dépensé     propres           périmé)  Signalements
        ────────────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ──────────────────
      ↺ QC-3                             —             —                 —  60,00 $       s. o.                 —  in-shared-envelope
        QC-23                        s. o.         s. o.             s. o.    s. o.     40,00 $             s. o.  not-applicable
        QC-COMMUNICATION    2 903 063,00 $        0,00 $    2 903 063,00 $  60,00 $       s. o.    2 903 003,00 $
        ────────────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ──────────────────
        total             147 106 925,00 $        0,00 $  147 106 925,00 $  60,00 $     40,00 $  147 106 865,00 $

      ↺ montants déjà montrés sur une autre ligne, comptés une seule fois dans les totaux
      "
    `)
  })
})

describe('a shared envelope partly distributed, then spread in equal parts', () => {
  const record = async () => {
    const plan = await bare()
    plan.post({
      kind: 'distribution',
      lines: [
        available('QC-COMMUNICATION', null, null, '-900000.00'),
        available('QC-COMMUNICATION', 'QC-3', null, '500000.01'),
        available('QC-COMMUNICATION', 'QC-4', '2024-2025', '399999.99'),
      ],
    })
    return plan
  }
  const kept = ['QC-3', 'QC-4', 'QC-5', 'QC-COMMUNICATION']

  test('over the whole term: the rows still add up once', async () => {
    expect(printed(await record(), { spread: 'straight-line' }, kept)).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                                                       Disponible
                                                          Prévu (initial +                        (prévu − engagé
                                            Virements et       révisions +           Ressources       − dépensé −
        Code                       Initial  répartitions        virements)  Dépensé     propres           périmé)  Signalements
        ────────────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ─────────────────────────────────────────────
      ↺ QC-3                             —  500 000,01 $      500 000,01 $   0,00 $       s. o.      500 000,01 $  in-shared-envelope, nothing-recorded, derived
      ↺ QC-4                             —  399 999,99 $      399 999,99 $   0,00 $       s. o.      399 999,99 $  in-shared-envelope, nothing-recorded
      ↺ QC-5                             —             —                 —   0,00 $       s. o.                 —  in-shared-envelope, nothing-recorded
        QC-COMMUNICATION    2 903 063,00 $        0,00 $    2 903 063,00 $   0,00 $       s. o.    2 903 063,00 $  nothing-recorded, derived
        ────────────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ─────────────────────────────────────────────
        total             147 106 925,00 $        0,00 $  147 106 925,00 $   0,00 $      0,00 $  147 106 925,00 $

      ↺ montants déjà montrés sur une autre ligne, comptés une seule fois dans les totaux
      "
    `)
  })

  test('by fiscal year: each cell is split by itself, a dated part stays in its year', async () => {
    const years = ['2021-2022', '2022-2023', '2023-2024', '2024-2025', '2025-2026']
    expect(
      printed(await record(), { spread: 'straight-line', by: 'fiscal-year' }, years),
    ).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                                              Disponible
                                                 Prévu (initial +                        (prévu − engagé
                                   Virements et       révisions +           Ressources       − dépensé −
      Code                Initial  répartitions        virements)  Dépensé     propres           périmé)  Signalements
      ─────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ─────────────────────────
      2021-2022   29 421 385,00 $  -79 999,99 $   29 341 385,01 $   0,00 $      0,00 $   29 341 385,01 $  nothing-recorded, derived
      2022-2023   29 421 385,00 $  -80 000,00 $   29 341 385,00 $   0,00 $      0,00 $   29 341 385,00 $  nothing-recorded, derived
      2023-2024   29 421 385,00 $  -80 000,00 $   29 341 385,00 $   0,00 $      0,00 $   29 341 385,00 $  nothing-recorded, derived
      2024-2025   29 421 385,00 $  319 999,99 $   29 741 384,99 $   0,00 $      0,00 $   29 741 384,99 $  nothing-recorded, derived
      2025-2026   29 421 385,00 $  -80 000,00 $   29 341 385,00 $   0,00 $      0,00 $   29 341 385,00 $  nothing-recorded, derived
      ─────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ─────────────────────────
      total      147 106 925,00 $        0,00 $  147 106 925,00 $   0,00 $      0,00 $  147 106 925,00 $
      "
    `)
  })

  test('by period: a month is a twelfth of its year, to the cent', async () => {
    const months = [1, 2, 11, 12, 13].map((place) => `2024-2025-P${String(place).padStart(2, '0')}`)
    const asked = { from: '2024-2025', to: '2024-2025', by: 'period' } as const
    expect(
      printed(await record(), { spread: 'straight-line', ...asked }, months),
    ).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                                               Disponible
                                                     Prévu (initial                       (prévu − engagé
                                      Virements et    + révisions +           Ressources      − dépensé −
      Code                   Initial  répartitions       virements)  Dépensé     propres          périmé)  Signalements
      ─────────────  ───────────────  ────────────  ───────────────  ───────  ──────────  ───────────────  ─────────────────────────
      2024-2025-P01   2 451 782,17 $   26 666,68 $   2 478 448,85 $   0,00 $      0,00 $   2 478 448,85 $  nothing-recorded, derived
      2024-2025-P02   2 451 782,17 $   26 666,68 $   2 478 448,85 $   0,00 $      0,00 $   2 478 448,85 $  nothing-recorded, derived
      2024-2025-P11   2 451 782,02 $   26 666,66 $   2 478 448,68 $   0,00 $      0,00 $   2 478 448,68 $  nothing-recorded, derived
      2024-2025-P12   2 451 782,02 $   26 666,66 $   2 478 448,68 $   0,00 $      0,00 $   2 478 448,68 $  nothing-recorded, derived
      2024-2025-P13                —             —                —   0,00 $      0,00 $                —  absent, nothing-recorded
      ─────────────  ───────────────  ────────────  ───────────────  ───────  ──────────  ───────────────  ─────────────────────────
      total          29 421 385,00 $  319 999,99 $  29 741 384,99 $   0,00 $      0,00 $  29 741 384,99 $
      "
    `)
  })
})

describe('years that have a year-end', () => {
  test('get no part of what is not distributed: it goes over the years that are left', async () => {
    const record = await bare()
    record.closedYears = ['2021-2022', '2022-2023'].map((fiscal) => ({
      programme: 'QC-PLAN-2021',
      fiscalYear: year(fiscal),
    }))
    const years = ['2021-2022', '2022-2023', '2023-2024', '2024-2025', '2025-2026']
    expect(
      printed(record, { spread: 'straight-line', by: 'fiscal-year' }, years),
    ).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                                              Disponible
                                                 Prévu (initial +                        (prévu − engagé
                                   Virements et       révisions +           Ressources       − dépensé −
      Code                Initial  répartitions        virements)  Dépensé     propres           périmé)  Signalements
      ─────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ─────────────────────────
      2021-2022                 —             —                 —   0,00 $      0,00 $                 —  absent, nothing-recorded
      2022-2023                 —             —                 —   0,00 $      0,00 $                 —  absent, nothing-recorded
      2023-2024   49 035 641,73 $        0,00 $   49 035 641,73 $   0,00 $      0,00 $   49 035 641,73 $  nothing-recorded, derived
      2024-2025   49 035 641,69 $        0,00 $   49 035 641,69 $   0,00 $      0,00 $   49 035 641,69 $  nothing-recorded, derived
      2025-2026   49 035 641,58 $        0,00 $   49 035 641,58 $   0,00 $      0,00 $   49 035 641,58 $  nothing-recorded, derived
      ─────────  ────────────────  ────────────  ────────────────  ───────  ──────────  ────────────────  ─────────────────────────
      total      147 106 925,00 $        0,00 $  147 106 925,00 $   0,00 $      0,00 $  147 106 925,00 $
      "
    `)
    expect(printed(record, { by: 'fiscal-year' }, [...years, 'undistributed'])).toContain(
      'undistributed  147 106 925,00 $',
    )
  })

  test('split what is planned once, though it came from two decisions', async () => {
    const record = await bare()
    record.closedYears = ['2021-2022', '2022-2023'].map((fiscal) => ({
      programme: 'QC-PLAN-2021',
      fiscalYear: year(fiscal),
    }))
    record.post({
      kind: 'supplement',
      lines: [
        { ...available('QC-M2', 'QC-2', null, '-0.01'), account: 'authority' },
        available('QC-M2', 'QC-2', null, '0.01'),
      ],
    })
    // 50 000.01 / 3: not 50 000.00 / 3 and a cent to the first.
    for (const fiscal of ['2023-2024', '2024-2025', '2025-2026']) {
      expect(
        printed(record, { spread: 'straight-line', from: fiscal, to: fiscal }, ['QC-2']),
      ).toMatch(/QC-2 .* 16 666,67 \$ +0,00 \$/)
    }
  })

  test('of another programme change nothing', async () => {
    const record = await bare()
    const asked: Asked = { spread: 'straight-line', by: 'fiscal-year' }
    const before = printed(record, asked, ['2021-2022'])
    record.closedYears = [{ programme: 'CA-STRATEGY-2004', fiscalYear: year('2021-2022') }]
    expect(printed(record, asked, ['2021-2022'])).toBe(before)
  })
})

describe('planned money belongs to no period, whichever one its decision was recorded in', () => {
  test.each([
    ['none', 'undistributed', '700.00'],
    ['straight-line', '2024-2025-P02', '58.34'], // 700,00 ÷ 12, two cents to spare
  ] satisfies readonly (readonly [Question['spread'], string, string])[])(
    'spread %s, it stands on %s',
    async (spread, key, planned) => {
      const record = await bare()
      const before = record.facts
      record.post({
        kind: 'supplement',
        lines: [
          { ...available('QC-M12', 'QC-12', '2024-2025', '-700.00'), account: 'authority' },
          available('QC-M12', 'QC-12', '2024-2025', '700.00'),
        ],
        recordedIn: { fiscalYear: year('2024-2025'), number: 9 },
      })
      const range = { from: year('2024-2025'), to: year('2024-2025') }
      const cents = (facts: typeof before): bigint => {
        const { table } = buildReconciliation(facts, {
          ...{ name: 'reconciliation', by: 'period', spread, ...range },
        })
        const found = table.rows.find(({ cells: [first] }) => {
          return first?.type === 'text' && first.value === key
        })
        const at = table.columns.findIndex((column) => column.key === 'planned')
        const cell = found?.cells[at]
        return cell?.type === 'amount' ? BigInt(cell.value.toString().replace('.', '')) : 0n
      }
      expect(cents(record.facts) - cents(before)).toBe(BigInt(planned.replace('.', '')))
    },
  )
})
