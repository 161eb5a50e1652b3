import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { view } from '#features/identity/context.public.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'

/** The official plan and the published spending as a finance person reads them. */
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ template: 'published' })
})
afterAll(() => database.close())

const reader = {
  actor: { email: 'golden', roles: [{ role: 'analyst', organization: '*' }] },
  request: 'golden',
  operatingSystemUser: null,
} as const

async function printed(request: ReportRequest, keys: readonly string[]): Promise<string> {
  const { report } = await view(database.service, reader, (viewing) => drawReport(viewing, request))
  const { table } = report
  const shown = table.columns.map((column) => ({ ...column, brief: keys.includes(column.key) }))
  return printTable({ ...table, columns: shown }, { language: 'fr', width: 200 }).replaceAll(
    '\u00a0',
    ' ',
  )
}

const money = ['key', 'planned', 'spent', 'ownResources', 'available', 'percentSpent']

describe('the reconciliation of the Quebec plan', () => {
  test('by axis: shared money on its own line, outside Axe 2 and the Volet', async () => {
    expect(await printed({ name: 'reconciliation', by: 'axis' }, money)).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

      Code              Prévu (initial + révisions + virements)         Dépensé  Ressources propres  Disponible (prévu − engagé − dépensé − périmé)  % dépensé (dépensé ÷ prévu)
      ────────────────  ───────────────────────────────────────  ──────────────  ──────────────────  ──────────────────────────────────────────────  ───────────────────────────
      AXE-1                                      2 003 200,00 $          0,00 $               s. o.                                  2 003 200,00 $                            —
      AXE-2                                     10 310 069,00 $          0,00 $              0,00 $                                 10 310 069,00 $                            —
      AXE-3                                     21 715 123,00 $  5 724 496,00 $              0,00 $                                 15 990 627,00 $                      26,36 %
      AXE-4                                     99 940 100,00 $          0,00 $              0,00 $                                 99 940 100,00 $                            —
      AXE-5                                      9 745 370,00 $    665 000,00 $              0,00 $                                  9 080 370,00 $                       6,82 %
      VOLET-AUTOCHTONE                             490 000,00 $          0,00 $               s. o.                                    490 000,00 $                            —
      QC-COMMUNICATION                           2 903 063,00 $          0,00 $               s. o.                                  2 903 063,00 $                            —
      ────────────────  ───────────────────────────────────────  ──────────────  ──────────────────  ──────────────────────────────────────────────  ───────────────────────────
      total                                    147 106 925,00 $  6 389 496,00 $              0,00 $                                140 717 429,00 $                       4,34 %
      "
    `)
  })

  test('by lead: a measure with two leads on a joint line', async () => {
    expect(await printed({ name: 'reconciliation', by: 'lead' }, money)).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

      Code              Prévu (initial + révisions + virements)         Dépensé  Ressources propres  Disponible (prévu − engagé − dépensé − périmé)  % dépensé (dépensé ÷ prévu)
      ────────────────  ───────────────────────────────────────  ──────────────  ──────────────────  ──────────────────────────────────────────────  ───────────────────────────
      MSP                                      114 958 523,00 $  5 724 496,00 $               s. o.                                109 234 027,00 $                       4,98 %
      MSP+SCF                                                 —          0,00 $               s. o.                                               —                            —
      MIFI                                                s. o.           s. o.              0,00 $                                           s. o.                        s. o.
      MJQ+MSP                                             s. o.           s. o.              0,00 $                                           s. o.                        s. o.
      MEQ                                       10 310 069,00 $          0,00 $               s. o.                                 10 310 069,00 $                            —
      MSSS                                                s. o.           s. o.              0,00 $                                           s. o.                        s. o.
      MJQ                                        9 745 370,00 $    665 000,00 $              0,00 $                                  9 080 370,00 $                       6,82 %
      MES                                          350 000,00 $          0,00 $               s. o.                                    350 000,00 $                            —
      SCF                                          450 000,00 $          0,00 $              0,00 $                                    450 000,00 $                            —
      MTO                                          250 000,00 $          0,00 $               s. o.                                    250 000,00 $                            —
      MAMH                                          75 000,00 $          0,00 $               s. o.                                     75 000,00 $                            —
      DPCP                                       8 064 900,00 $          0,00 $               s. o.                                  8 064 900,00 $                            —
      QC-COMMUNICATION                           2 903 063,00 $          0,00 $               s. o.                                  2 903 063,00 $                            —
      ────────────────  ───────────────────────────────────────  ──────────────  ──────────────────  ──────────────────────────────────────────────  ───────────────────────────
      total                                    147 106 925,00 $  6 389 496,00 $              0,00 $                                140 717 429,00 $                       4,34 %
      "
    `)
  })

  test('by fiscal year: nothing is split by year, so years draw on what is not distributed', async () => {
    expect(
      await printed({ name: 'reconciliation', by: 'fiscal-year' }, [...money, 'flags']),
    ).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Québec

                                                                         Disponible         %
                     Prévu (initial +                               (prévu − engagé   dépensé
                          révisions +                  Ressources       − dépensé −  (dépensé
      Code                 virements)         Dépensé     propres           périmé)  ÷ prévu)  Signalements
      ─────────────  ────────────────  ──────────────  ──────────  ────────────────  ────────  ───────────────────────────────────────────────────────────────
      2021-2022                     —    225 000,00 $      0,00 $     -225 000,00 $         —  grant-awarded, absent, draws-on-undistributed
      2022-2023                     —  4 953 900,00 $      0,00 $   -4 953 900,00 $         —  covers-two-years, grant-awarded, absent, draws-on-undistributed
      2023-2024                     —          0,00 $      0,00 $                 —         —  absent, draws-on-undistributed, nothing-recorded
      2024-2025                     —          0,00 $      0,00 $                 —         —  absent, draws-on-undistributed, nothing-recorded
      2025-2026                     —  1 210 596,00 $      0,00 $   -1 210 596,00 $         —  grant-awarded, absent, draws-on-undistributed
      undistributed  147 106 925,00 $          0,00 $       s. o.  147 106 925,00 $         —  nothing-recorded
      ─────────────  ────────────────  ──────────────  ──────────  ────────────────  ────────  ───────────────────────────────────────────────────────────────
      total          147 106 925,00 $  6 389 496,00 $      0,00 $  140 717 429,00 $    4,34 %
      "
    `)
  })
})

describe('the federal side', () => {
  test('by envelope: what each announcement granted, and the one line with published spending', async () => {
    expect(
      await printed({ name: 'reconciliation', by: 'envelope', jurisdiction: 'CA' }, money),
    ).toMatchInlineSnapshot(`
      "Rapprochement budgétaire – Canada

      Code     Prévu (initial + révisions + virements)          Dépensé  Ressources propres  Disponible (prévu − engagé − dépensé − périmé)  % dépensé (dépensé ÷ prévu)
      ───────  ───────────────────────────────────────  ───────────────  ──────────────────  ──────────────────────────────────────────────  ───────────────────────────
      CA-2004                          42 000 000,00 $           0,00 $               s. o.                                 42 000 000,00 $                            —
      CA-2007                         120 000 000,00 $           0,00 $               s. o.                                120 000 000,00 $                            —
      CA-2009                         146 300 000,00 $           0,00 $               s. o.                                146 300 000,00 $                            —
      CA-2017                          12 500 000,00 $           0,00 $               s. o.                                 12 500 000,00 $                            —
      CA-2019                          22 400 000,00 $           0,00 $               s. o.                                 22 400 000,00 $                            —
      CA-2022                          41 600 000,00 $           0,00 $               s. o.                                 41 600 000,00 $                            —
      CA-CCPE                          17 700 000,00 $  37 220 759,00 $               s. o.                                -19 520 759,00 $                     210,29 %
      ───────  ───────────────────────────────────────  ───────────────  ──────────────────  ──────────────────────────────────────────────  ───────────────────────────
      total                           402 500 000,00 $  37 220 759,00 $              0,00 $                                365 279 241,00 $                       9,25 %
      "
    `)
  })

  test('beside Quebec, as a range', async () => {
    expect(
      await printed({ name: 'comparison' }, [
        'key',
        'qc.planned',
        'qc.spent',
        'ca.plannedLow',
        'ca.plannedHigh',
        'ca.spent',
      ]),
    ).toMatchInlineSnapshot(`
      "Comparaison Québec–Canada

      Exercice     Québec : prévu  Québec : dépensé  Canada : prévu, lecture basse  Canada : prévu, lecture haute  Canada : dépensé
      ─────────  ────────────────  ────────────────  ─────────────────────────────  ─────────────────────────────  ────────────────
      2021-2022   29 421 385,00 $      225 000,00 $                16 766 666,66 $                25 716 666,66 $    2 757 000,00 $
      2022-2023   29 421 385,00 $    4 953 900,00 $                17 720 000,00 $                26 670 000,00 $    3 307 000,00 $
      2023-2024   29 421 385,00 $            0,00 $                17 720 000,00 $                26 670 000,00 $    3 107 000,00 $
      2024-2025   29 421 385,00 $            0,00 $                17 720 000,00 $                26 670 000,00 $    6 357 000,00 $
      2025-2026   29 421 385,00 $    1 210 596,00 $                17 720 000,00 $                26 670 000,00 $            0,00 $
      ─────────  ────────────────  ────────────────  ─────────────────────────────  ─────────────────────────────  ────────────────
      cumulated  147 106 925,00 $    6 389 496,00 $                87 646 666,66 $               132 396 666,66 $   15 528 000,00 $
      "
    `)
  })
})
