import { Problem } from '#core/problem.ts'
import { bridgeTable } from '#features/reconciliation/bridge.table.ts'
import { type Bridge, bridge, type Effect } from '#features/reconciliation/bridge.ts'
import { type Facts, factsOf } from '#features/reconciliation/facts.ts'
import { defaultRange } from '#features/reconciliation/range.ts'
import type { Report } from './report.ts'
import { openRangeOf, standing } from './reports.table.ts'
import type { ReportRequest } from './request.ts'

/** What was recorded between two positions: the facts of both, and what moved by cause. */
export interface Between {
  readonly opening: Facts
  readonly closing: Facts
  readonly effects: readonly Effect[]
}

/** Of the range that the closing has by default: both ends answer the same question. */
export function askBridge({ opening, closing, effects }: Between, request: ReportRequest): Bridge {
  const { jurisdiction = 'QC', spread = 'none' } = request
  const range = openRangeOf(request, defaultRange(factsOf(closing, jurisdiction)), closing)
  const question = { by: 'programme', jurisdiction, spread, ...range } as const
  return bridge(opening, closing, effects, question)
}

export function bridgeReport({ opening, closing: facts }: Between, found: Bridge): Report {
  const { from, to, jurisdiction, spread } = found.question
  const title =
    jurisdiction === 'QC'
      ? { fr: 'Passage d’une position à l’autre – Québec', en: 'Bridge between positions – Quebec' }
      : { fr: 'Passage d’une position à l’autre – Canada', en: 'Bridge between positions – Canada' }
  return {
    name: 'bridge',
    title,
    parameters: { since: String(found.since), from, to, jurisdiction, spread },
    ...standing(facts),
    horizon: to,
    formulas: {
      closing: 'opening + causes',
      available: 'planned - committed - spent - lapsed',
    },
    table: bridgeTable(found, title),
    extras: { opening: { ...standing(opening) } },
    notes: [
      {
        code: 'opening',
        text: {
          fr: `Ouverture : position ${opening.position}, ${opening.positionAt}. Chaque écriture inscrite depuis est sous la première cause qui convient.`,
          en: `Opening: position ${opening.position}, ${opening.positionAt}. Each entry recorded since is under the first cause that fits.`,
        },
      },
    ],
  }
}

/** @throws Problem `reports/since-missing` */
export function requireSince({ since }: ReportRequest): NonNullable<ReportRequest['since']> {
  if (since === undefined) {
    throw new Problem('invalid', 'reports/since-missing', {
      fr: 'Un passage va d’une position à une autre : indiquez la première avec « since ».',
      en: 'A bridge goes from one position to another: give the first with “since”.',
    })
  }
  return since
}

/** @throws Problem `reports/since-after` */
export function assertForward(since: number, asOf: number): void {
  if (since > asOf) {
    throw new Problem('invalid', 'reports/since-after', {
      fr: `Le passage va à rebours : la position ${since} est après la position ${asOf}.`,
      en: `The bridge runs backwards: position ${since} is after position ${asOf}.`,
    })
  }
}
