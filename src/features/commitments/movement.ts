import type { Bilingual } from '#core/language.ts'
import type { Money } from '#core/money.ts'

/**
 * What one entry of the journal put into a commitment or took out of it. They come to what remains of
 * it: the commitment itself, less what expenditures consumed and approvers released. A year-end that
 * carries it moves as much as it takes, and is not here.
 * Example: 1 000.00 committed, −600.00 consumed, −400.00 released, remaining 0.00.
 */
export interface Movement {
  readonly entry: string
  readonly position: number
  readonly effectiveOn: string
  readonly kind: string
  /** It takes back what another entry did. */
  readonly isReversal: boolean
  /** Null: the commitment's own. */
  readonly expenditure: { readonly id: string; readonly number: string } | null
  readonly amount: Money
}

const kinds: Readonly<Record<string, Bilingual>> = {
  commitment: { fr: 'engagement', en: 'commitment' },
  release: { fr: 'dégagement', en: 'release' },
  expenditure: { fr: 'dépense', en: 'expenditure' },
  refund: { fr: 'remboursement', en: 'refund' },
}

export function movementWords({ kind, isReversal }: Movement): Bilingual {
  const said = kinds[kind] ?? { fr: kind, en: kind }
  return isReversal ? { fr: `contre-passation (${said.fr})`, en: `reversal (${said.en})` } : said
}
