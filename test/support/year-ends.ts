import type { Answered } from './app.ts'
import type { Two } from './revisions.ts'

/** A year-end of the Quebec plan; what a test is about it says itself. */
export const yearEnd = (change: Record<string, unknown> = {}) => ({
  programme: 'QC-PLAN-2021',
  fiscalYear: '2025-2026',
  policies: [],
  ...change,
})

/** Prepared by one person and approved by another, however it ends. */
export async function closeYear(
  { officer, approver }: Two,
  change: Record<string, unknown> = {},
): Promise<Answered> {
  const prepared = await officer.send('POST', '/year-end', { body: yearEnd(change) })
  if (prepared.status !== 201) {
    throw new Error(prepared.text)
  }
  const { id, version } = prepared.body
  return approver.step(`/year-end/${id}/approve`, version)
}

interface Figures {
  readonly envelope: string
  readonly policy: string
  readonly percent: string | null
  readonly default: boolean
  readonly [amount: string]: unknown
}

const amounts = [
  'plannedBefore',
  'toppedUp',
  'commitmentsCarried',
  'carried',
  'lapsed',
  'availableLeft',
] as const

/** What a closing does, as a finance person reads it; envelopes it leaves alone are left out. */
export function figuresText({ figures, totals }: Answered['body']): string {
  const line = (name: string, how: string, cells: Record<string, unknown>): string =>
    name.padEnd(17) +
    how.padEnd(8) +
    amounts.map((key) => String(cells[key] ?? '—').padStart(14)).join('')
  const moved = (figures as readonly Figures[]).filter((each) =>
    amounts.some((key) => each[key] !== null && each[key] !== '0.00'),
  )
  return [
    `${' '.repeat(25)}${['prévu', 'complété', 'eng. reportés', 'reporté', 'périmé', 'restant']
      .map((word) => word.padStart(14))
      .join('')}`,
    ...moved.map((each) => line(each.envelope, howOf(each), each)),
    line('total', '', totals),
  ].join('\n')
}

function howOf({ policy, percent, default: isDefault }: Figures): string {
  const said = policy === 'carry-all' ? 'tout' : policy === 'lapse' ? 'rien' : `${percent} %`
  return isDefault ? '(tout)' : said
}
