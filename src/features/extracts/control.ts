import type { Issue } from '#core/issues.ts'
import { equals, isZero, type Money, negate, subtract, sum } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import { Problem } from '#core/problem.ts'
import type { ExtractRow, ReadRows } from './extract-rows.ts'
import type { SpendingSign } from './mapping.ts'

/**
 * An extract states how many rows it has and what they add up to, in the signs of its file; another
 * count or another sum is refused before anything is stored, to the cent.
 * Source: docs/words.md, Extracts.
 */
export interface Stated {
  readonly rows: number
  readonly total: Money
}

/** @throws Problem `extracts/rows-refused` with every finding of every row. */
export function requireRead({ rows, issues }: ReadRows): readonly ExtractRow[] {
  if (issues.length > 0 || rows.length === 0) {
    throw new Problem(
      'refused',
      'extracts/rows-refused',
      {
        fr: `Des lignes de l’extrait ne peuvent pas être lues : ${issues.length}. Rien n’a été enregistré.`,
        en: `Rows of the extract cannot be read: ${issues.length}. Nothing was stored.`,
      },
      { issues: issues.length > 0 ? issues : [noRows] },
    )
  }
  return rows
}

const noRows: Issue = {
  pointer: '/file',
  code: 'extracts/no-rows',
  detail: { fr: 'Le fichier ne contient aucune ligne.', en: 'The file has no rows.' },
}

/** @throws Problem `extracts/not-as-stated` with what was stated and what was found. */
export function requireStated(
  rows: readonly ExtractRow[],
  stated: Stated,
  sign: SpendingSign,
): void {
  const total = inSignsOf(sum(rows.map(({ amount }) => amount)), sign)
  const issues = [
    ...(rows.length === stated.rows ? [] : [countIssue(stated.rows, rows.length)]),
    ...(equals(total, stated.total) ? [] : [totalIssue(stated.total, total)]),
  ]
  if (issues.length > 0) {
    throw new Problem(
      'refused',
      'extracts/not-as-stated',
      {
        fr: 'L’extrait n’a pas le nombre de lignes ou le total annoncés. Rien n’a été enregistré.',
        en: 'The extract does not have the number of rows or the total that were stated. Nothing was stored.',
      },
      { issues },
    )
  }
}

export const inSignsOf = (amount: Money, sign: SpendingSign): Money =>
  sign === 'negative' && !isZero(amount) ? negate(amount) : amount

const countIssue = (stated: number, found: number): Issue => ({
  pointer: '/rows',
  code: 'extracts/row-count',
  detail: {
    fr: `Lignes annoncées : ${stated}; lues : ${found}.`,
    en: `Rows stated: ${stated}; read: ${found}.`,
  },
  value: String(found),
})

function totalIssue(stated: Money, found: Money): Issue {
  const [said, read, gap] = [stated, found, subtract(found, stated)].map(moneyWords)
  return {
    pointer: '/total',
    code: 'extracts/control-total',
    detail: {
      fr: `Total de contrôle annoncé : ${said?.fr}; somme des lignes : ${read?.fr}; écart : ${gap?.fr}.`,
      en: `Control total stated: ${said?.en}; sum of the rows: ${read?.en}; difference: ${gap?.en}.`,
    },
    value: found.toString(),
  }
}
