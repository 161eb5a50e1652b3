import type { Bilingual } from '#core/language.ts'

/**
 * A column of a workbook's sheet with what the dictionary says of it. Columns are described where
 * they are drawn, so that a new one cannot be forgotten in the dictionary.
 */
export interface DescribedColumn {
  /** By which formulas find it; not printed. */
  readonly key: string
  readonly label: Bilingual
  readonly meaning: Bilingual
  /** In characters; from the content unless told. */
  readonly width?: number
  /** All that its input cells take. */
  readonly choices?: { readonly values: readonly string[]; readonly prompt: Bilingual }
}

type Said = readonly [fr: string, en: string]

export function described(
  key: string,
  [fr, en]: Said,
  [meaningFr, meaningEn]: Said,
  width?: number,
): DescribedColumn {
  return {
    key,
    label: { fr, en },
    meaning: { fr: meaningFr, en: meaningEn },
    ...(width === undefined ? {} : { width }),
  }
}
