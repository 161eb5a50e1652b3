import { expect } from 'vitest'
import { dimensions } from '#features/reconciliation/facts.ts'
import type { Person } from './app.ts'

/** A reconciliation as a reader gets it. */
export interface ReportRow {
  readonly key: string
  readonly spent: string | null
  readonly ownResources: string | null
  readonly flags: readonly string[]
  readonly href: string | null
  readonly [field: string]: unknown
}

export interface ReportRead {
  readonly rows: readonly ReportRow[]
  readonly totals: Readonly<Record<string, string>>
  readonly proof: { readonly spent: unknown; readonly planned: unknown }
  readonly tieOut: unknown
  readonly notes: readonly { readonly code: string }[]
  row(key: string): ReportRow
}

export async function reconciliation(reader: Person, query = ''): Promise<ReportRead> {
  const { status, body } = await reader.get(`/reports/reconciliation${query}`)
  expect(status).toBe(200)
  return {
    ...body,
    row(key: string) {
      const row = body.rows.find((candidate: ReportRow) => candidate.key === key)
      expect(row, `a row ${key}`).toBeDefined()
      return row
    },
  }
}

/** The question in every way it can be asked. */
export const everyWay: readonly string[] = ['QC', 'CA'].flatMap((jurisdiction) =>
  dimensions.map((by) => `?by=${by}&jurisdiction=${jurisdiction}`),
)
