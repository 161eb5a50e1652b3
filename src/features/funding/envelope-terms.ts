import type { FiscalYear } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import { equals, type Money } from '#core/money.ts'
import { readMoney, type StatedMoney } from '#core/money-reading.ts'
import { moneyWords } from '#core/money-words.ts'
import type { FundingTerm } from './envelope.ts'

/**
 * A term as a person states it. The words of the source may stand beside the amount; where they can
 * be read they must say the same, and they tell the precision: « 19 M$ » is stated to 1 000 000.00,
 * 19000000.00 to a cent. Words that cannot be read (« dix-neuf millions ») are kept as they are.
 */
export interface TermStatement {
  readonly kind: FundingTerm['kind']
  readonly amount: StatedMoney
  readonly asStated: string | null
  readonly precision: Money | null
  readonly firstFiscalYear: FiscalYear
  readonly lastFiscalYear: FiscalYear | null
  readonly stated: boolean
}

export function termOf({ amount, asStated, precision, ...said }: TermStatement): FundingTerm {
  const words = asStated === null ? null : readMoney(asStated)
  const read = words?.ok === true ? words.value : amount
  return {
    ...said,
    amount: amount.value,
    asStated: asStated ?? amount.asStated,
    precision: precision ?? read.precision,
  }
}

export function wordsIssues(term: FundingTerm, place: number): readonly Issue[] {
  const words = readMoney(term.asStated)
  if (!words.ok || equals(words.value.value, term.amount)) {
    return []
  }
  const [said, amount] = [moneyWords(words.value.value), moneyWords(term.amount)]
  return [
    {
      pointer: `/terms/${place}/asStated`,
      code: 'funding/as-stated-differs',
      detail: {
        fr: `La source dit ${said.fr} et le montant ${amount.fr}.`,
        en: `The source says ${said.en} and the amount ${amount.en}.`,
      },
    },
  ]
}
