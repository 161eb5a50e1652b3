import type { Issue } from '#core/issues.ts'
import { isZero } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Explanation, RunContents } from './run.ts'

/**
 * What may be given a cause and an owner: a line that is open, on either side, or a match with a
 * residual. Named by exactly one of row, expenditure or match.
 */
export interface Explained extends Explanation {
  readonly extractRow: number | null
  readonly expenditure: string | null
  readonly match: string | null
}

export type Target =
  | { readonly side: 'extract' | 'journal'; readonly number: number }
  | { readonly match: string }

/** @throws Problem `matching/not-explainable` with every item that names nothing to explain */
export function requireExplainable(
  { matches, extract, journal }: Pick<RunContents, 'matches' | 'extract' | 'journal'>,
  items: readonly Explained[],
): readonly { readonly target: Target; readonly explanation: Explanation }[] {
  const residuals = new Set(matches.filter(({ residual }) => !isZero(residual)).map(({ id }) => id))
  const rows = new Set(extract.filter(({ match }) => match === null).map(({ number }) => number))
  const spending = new Map(
    journal
      .filter(({ match }) => match === null)
      .map(({ expenditure, number }) => [expenditure, number]),
  )
  const targetOf = ({ extractRow, expenditure, match }: Explained): Target | null => {
    const named = [extractRow, expenditure, match].filter((each) => each !== null)
    const number = spending.get(expenditure ?? '')
    if (named.length !== 1) {
      return null
    }
    if (extractRow !== null && rows.has(extractRow)) {
      return { side: 'extract', number: extractRow }
    }
    if (number !== undefined) {
      return { side: 'journal', number }
    }
    return match !== null && residuals.has(match) ? { match } : null
  }
  const found = items.map(({ cause, owner, note, ...item }) => ({
    target: targetOf({ cause, owner, note, ...item }),
    explanation: { cause, owner, note },
  }))
  const issues = found.flatMap(({ target }, place) => (target === null ? [issueAt(place)] : []))
  if (issues.length > 0) {
    throw new Problem('refused', 'matching/not-explainable', sentence, { issues })
  }
  return found.flatMap(({ target, explanation }) =>
    target === null ? [] : [{ target, explanation }],
  )
}

const sentence = {
  fr: 'Seules une ligne ouverte ou une différence résiduelle reçoivent une cause.',
  en: 'Only an open line or a residual takes a cause.',
}

const issueAt = (place: number): Issue => ({
  pointer: `/items/${place}`,
  code: 'matching/not-explainable',
  detail: sentence,
})
