import { fiscalYear } from '#core/fiscal-year.ts'
import { fromCents, type Money, money } from '#core/money.ts'
import type { Envelope, FundingTerm } from '#features/funding/envelope.ts'
import { closingOf, type YearBalance } from '#features/year-end/closing.ts'
import { closingEntries } from '#features/year-end/closing-entries.ts'
import type { ChosenPolicy } from '#features/year-end/policy.ts'
import { someEnvelope } from './plan.ts'

/** An envelope before and after its year is closed, for rules alone. */
export const cents = (amount: bigint): Money => fromCents(amount)

/** `term 2021-2022 2025-2026` or `recurring 2014-2015`; amounts do not matter to a closing. */
export const termOf = (text: string): FundingTerm => {
  const [kind, first = '', last] = text.split(' ')
  return {
    kind: kind === 'recurring' ? 'recurring' : 'term',
    amount: money('1.00'),
    asStated: '',
    precision: money('0.01'),
    firstFiscalYear: fiscalYear(first),
    lastFiscalYear: last === undefined ? null : fiscalYear(last),
    stated: true,
  }
}

export const envelopeOf = (terms: readonly string[], measures: readonly string[]): Envelope =>
  someEnvelope({ code: 'E', organization: 'MSP', measures, terms: terms.map(termOf) })

/** `[c] measure|- year|-`: available, or committed with a c; planned unless said otherwise. */
export function balancesOf(
  cells: Readonly<Record<string, string>>,
  planned: Readonly<Record<string, string>> = {},
): readonly YearBalance[] {
  return Object.entries(cells).map(([place, amount]) => {
    const [account, measure = '-', year = '-'] = place.startsWith('c ')
      ? place.split(' ')
      : ['a', ...place.split(' ')]
    const said = planned[place]
    return {
      account: account === 'c' ? 'committed' : 'available',
      envelope: 'E',
      measure: measure === '-' ? null : measure,
      organization: 'MSP',
      fiscalYear: year === '-' ? null : fiscalYear(year),
      amount: signed(amount),
      planned: said === undefined ? null : signed(said),
    }
  })
}

const signed = (text: string): Money => {
  const [, sign = '', dollars = '', rest = '00'] = /^(-?)(\d+)(?:\.(\d\d))?$/.exec(text) ?? []
  return fromCents(BigInt(`${sign}${dollars}${rest}`))
}

export interface Asked {
  readonly terms: readonly string[]
  readonly measures?: readonly string[]
  readonly year: string
  readonly carriedTo: string
  readonly closed?: readonly string[]
  readonly policy?: Partial<ChosenPolicy>
  readonly cells: Readonly<Record<string, string>>
  readonly planned?: Readonly<Record<string, string>>
}

export function close({ terms, measures = [], year, carriedTo, closed = [], ...asked }: Asked) {
  const envelope = envelopeOf(terms, measures)
  const [fiscal, to] = [fiscalYear(year), fiscalYear(carriedTo)]
  const closing = closingOf({
    envelope,
    policy: { envelope: 'E', policy: 'carry-all', percent: null, isDefault: true, ...asked.policy },
    fiscalYear: fiscal,
    carriedTo: to,
    closed: closed.map(fiscalYear),
    balances: balancesOf(asked.cells, asked.planned),
  })
  const entries = closingEntries([closing], { id: 'id', fiscalYear: fiscal, carriedTo: to })
  return { closing, entries }
}

/** Each entry a line: what it moves, cell by cell. */
export const entriesText = ({ entries }: ReturnType<typeof close>): readonly string[] =>
  entries.map(({ kind, lines }) =>
    [
      kind,
      ...lines.map(({ account, cell, amount }) =>
        [
          account === 'available' ? '' : account,
          cell.measure ?? 'commun',
          cell.fiscalYear ?? 'non réparti',
          amount.toString(),
        ]
          .filter((part) => part !== '')
          .join(' '),
      ),
    ].join(' | '),
  )
