import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import { compare, isZero, Money, subtract, sum } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import type { ExtractLine, JournalLine, RunContents } from './run.ts'

/**
 * What people do to a matching by hand: any lines that are open may be one match, many against many
 * too, and what they differ by is its residual; one row of the ledger may be split into parts that
 * add up to it. Lines of one side alone are a match when they cancel out: a charge and its reversal.
 */
export interface Chosen {
  readonly extract: readonly ExtractLine[]
  readonly journal: readonly JournalLine[]
  readonly residual: Money
}

export interface AskedMatch {
  readonly extractRows: readonly number[]
  readonly expenditures: readonly string[]
}

/**
 * @throws Problem `matching/nothing-chosen`, `matching/lines-refused`, `matching/one-side`
 * @param contents holds at least the lines that are asked for
 */
export function chooseLines(
  contents: Pick<RunContents, 'extract' | 'journal'>,
  asked: AskedMatch,
): Chosen {
  if (asked.extractRows.length + asked.expenditures.length === 0) {
    throw nothingChosen()
  }
  const rows = new Map(contents.extract.map((line) => [line.number, line]))
  const expenditures = new Map(contents.journal.map((line) => [line.expenditure, line]))
  const issues: Issue[] = []
  const extract = asked.extractRows.flatMap((number, place) => {
    const pointer = `/extractRows/${place}`
    return openLine(rows.get(number), { pointer, value: String(number) }, issues)
  })
  const journal = asked.expenditures.flatMap((id, place) =>
    openLine(expenditures.get(id), { pointer: `/expenditures/${place}`, value: id }, issues),
  )
  if (new Set(asked.extractRows).size < asked.extractRows.length) {
    issues.push({ pointer: '/extractRows', code: 'matching/line-repeated', detail: repeated })
  }
  if (new Set(asked.expenditures).size < asked.expenditures.length) {
    issues.push({ pointer: '/expenditures', code: 'matching/line-repeated', detail: repeated })
  }
  if (issues.length > 0) {
    throw new Problem('refused', 'matching/lines-refused', refused, { issues })
  }
  const residual = subtract(totalOf(extract), totalOf(journal))
  if ((extract.length === 0 || journal.length === 0) && !isZero(residual)) {
    throw oneSide(residual)
  }
  return { extract, journal, residual }
}

export const nothingChosen = (): Problem =>
  new Problem('refused', 'matching/nothing-chosen', {
    fr: 'Aucune ligne n’est choisie. Cochez ce dont il s’agit.',
    en: 'No line is chosen. Check the ones that are meant.',
  })

function openLine<T extends { readonly match: string | null }>(
  line: T | undefined,
  place: { readonly pointer: string; readonly value: string },
  issues: Issue[],
): readonly T[] {
  if (line === undefined) {
    issues.push({ ...place, code: 'matching/line-unknown', detail: unknown })
    return []
  }
  if (line.match !== null) {
    issues.push({ ...place, code: 'matching/line-taken', detail: taken })
    return []
  }
  return [line]
}

const totalOf = (lines: readonly { readonly amount: Money }[]): Money =>
  sum(lines.map(({ amount }) => amount))

const refused: Bilingual = {
  fr: 'Ces lignes ne peuvent pas être appariées.',
  en: 'These lines cannot be matched.',
}
const unknown: Bilingual = {
  fr: 'Cet appariement ne contient pas cette ligne.',
  en: 'This matching does not hold that line.',
}
const taken: Bilingual = {
  fr: 'Cette ligne est déjà appariée : défaites d’abord son appariement.',
  en: 'That line is matched already: undo its match first.',
}
const repeated: Bilingual = {
  fr: 'Une ligne est nommée deux fois.',
  en: 'A line is named twice.',
}

function oneSide(residual: Money): Problem {
  const left = moneyWords(residual)
  return new Problem('refused', 'matching/one-side', {
    fr: `Des lignes d’un seul côté ne s’apparient que si elles s’annulent; il reste ${left.fr}.`,
    en: `Lines of one side alone match only when they cancel out; ${left.en} is left.`,
  })
}

/** @throws Problem `matching/parts-differ`, `matching/line-taken`, `matching/line-unknown` */
export function requireParts(line: ExtractLine | undefined, parts: readonly Money[]): ExtractLine {
  if (line === undefined || line.match !== null) {
    const [code, sentence] =
      line === undefined
        ? (['matching/line-unknown', unknown] as const)
        : (['matching/line-taken', taken] as const)
    throw refuseField('extractRow', code, sentence)
  }
  const total = sum(parts)
  const sign = compare(line.amount, Money.zero)
  const isDivided = parts.every((part) => compare(part, Money.zero) === sign)
  if (parts.length < 2 || compare(total, line.amount) !== 0 || !isDivided) {
    const [whole, found] = [line.amount, total].map(moneyWords)
    throw refuseField('amounts', 'matching/parts-differ', {
      fr: `Il faut deux parts ou plus, du signe de la ligne, qui en font le montant : ${whole?.fr}, et non ${found?.fr}.`,
      en: `Two parts or more are needed, of the line’s sign, that add up to it: ${whole?.en}, not ${found?.en}.`,
    })
  }
  return line
}
