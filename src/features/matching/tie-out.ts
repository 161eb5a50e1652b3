import { equals, Money, subtract, sum } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { type Cause, causes, type Run, runName } from './run.ts'

/**
 * Whether extract and journal tie: on each side what was open before plus what the period brought is
 * what is matched plus what is open now; and what the two sides differ by is, cause by cause, the
 * residuals of matches, plus what is open in the ledger, less what is open in the journal.
 * Source: docs/words.md, Tie-out. Example: ledger 1 000.00, journal 900.00; 102.00 open in the
 * ledger (timing) and a residual of −2.00 (amount) explain the 100.00 to zero.
 */
export interface SideOfTieOut {
  readonly opening: Money
  readonly period: Money
  readonly matched: Money
  readonly closing: Money
}

export interface TieOut {
  readonly extract: SideOfTieOut
  readonly journal: SideOfTieOut
  readonly difference: Money
  readonly explained: readonly { readonly cause: Cause; readonly amount: Money }[]
  /** What has no cause yet. */
  readonly unexplained: Money
  /** Lines and residuals without a cause: they may add up to nothing and still be there. */
  readonly waiting: number
}

/** What a run adds up to, and what of it needs a cause. */
export interface Figures {
  readonly extract: SideFigures
  readonly journal: SideFigures
  /** Of all matches. */
  readonly residuals: Money
  /** By cause, null for none: how many, and what they add to the difference. */
  readonly items: readonly {
    readonly cause: Cause | null
    readonly amount: Money
    readonly count: number
  }[]
  readonly openings: { readonly extract: Money; readonly journal: Money }
}

interface SideFigures {
  readonly total: Money
  readonly matched: Money
}

/** @throws RangeError when a line is counted twice or not at all: a bug, never of the user. */
export function tieOutOf({ extract, journal, residuals, items, openings }: Figures): TieOut {
  const side = ({ total, matched }: SideFigures, opening: Money): SideOfTieOut => ({
    ...{ opening, matched },
    period: subtract(total, opening),
    closing: subtract(total, matched),
  })
  const difference = subtract(extract.total, journal.total)
  const isBalanced =
    equals(residuals, subtract(extract.matched, journal.matched)) &&
    equals(difference, sum(items.map(({ amount }) => amount)))
  if (!isBalanced) {
    throw new RangeError('a matching whose lines do not add up to its sides')
  }
  const waiting = items.find(({ cause }) => cause === null)
  return {
    extract: side(extract, openings.extract),
    journal: side(journal, openings.journal),
    difference,
    explained: causes.flatMap((cause) => {
      const own = items.find((item) => item.cause === cause)
      return own === undefined ? [] : [{ cause, amount: own.amount }]
    }),
    unexplained: waiting?.amount ?? Money.zero,
    waiting: waiting?.count ?? 0,
  }
}

/** @throws Problem `matching/unexplained` */
export function requireExplained(run: Run, { waiting }: TieOut): void {
  if (waiting > 0) {
    throw new Problem('refused', 'matching/unexplained', {
      fr: `${runName(run)} : lignes et écarts encore sans cause ni responsable : ${waiting}.`,
      en: `${runName(run)}: lines and residuals still without cause and owner: ${waiting}.`,
    })
  }
}

/** @throws Problem `matching/own-work` */
export function requireSomebodyElse(run: Run, actor: string): void {
  if ([run.preparedBy, run.changedBy].includes(actor)) {
    throw new Problem('forbidden', 'matching/own-work', {
      fr: `Vous avez préparé ou modifié ${runName(run)} : une autre personne doit le signer.`,
      en: `You prepared or changed ${runName(run)}: somebody else must sign it.`,
    })
  }
}

/** How things stand around a run, at the moment of signing. */
export interface Standing {
  readonly isLastOfPeriod: boolean
  readonly isExtractCurrent: boolean
  readonly isJournalUnmoved: boolean
  readonly isCarriedFromLast: boolean
  /** An earlier period whose extract has no signed tie-out. */
  readonly earlierOpen: string | null
}

/** @throws Problem `matching/not-current`, `matching/earlier-open` */
export function requireCurrent(run: Run, standing: Standing): void {
  const { isLastOfPeriod, isExtractCurrent, isJournalUnmoved, isCarriedFromLast } = standing
  if (!(isLastOfPeriod && isExtractCurrent && isJournalUnmoved && isCarriedFromLast)) {
    throw new Problem('conflict', 'matching/not-current', {
      fr: `${runName(run)} n’est plus à jour : l’extrait, le journal ou ce qui est reporté a changé. Relancez l’appariement.`,
      en: `${runName(run)} is no longer current: the extract, the journal or what is carried over has changed. Run the matching again.`,
    })
  }
  if (standing.earlierOpen !== null) {
    throw new Problem('conflict', 'matching/earlier-open', {
      fr: `Le rapprochement de ${standing.earlierOpen} n’est pas signé : ce qu’il laisse ouvert n’est pas encore reporté.`,
      en: `The tie-out of ${standing.earlierOpen} is not signed: what it leaves open is not carried over yet.`,
    })
  }
}
