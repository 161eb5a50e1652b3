import type { Bilingual } from '#core/language.ts'
import { money } from '#core/money.ts'
import { moneyWords } from '#core/money-words.ts'
import type { Finding, FindingCode } from './findings.ts'

/** The sentence of each finding, from its row and the value it names. */
type Words = (row: number | null, value: string) => Bilingual

const words: Readonly<Record<FindingCode, Words>> = {
  'repeated-key': (row, value) => ({
    fr: `La ligne ${row} a le compte, la pièce, la date et le montant de la ligne ${value}.`,
    en: `Row ${row} has the account, document, date and amount of row ${value}.`,
  }),
  'equals-plan': (row, value) => ({
    fr: `La ligne ${row} est, au cent près, le montant prévu de ${value} : un budget au lieu d’une dépense?`,
    en: `Row ${row} is, to the cent, the planned amount of ${value}: a budget instead of spending?`,
  }),
  'repeats-period': (_row, value) => ({
    fr: `Les ${value} lignes sont celles de la période précédente.`,
    en: `The ${value} rows are those of the period before.`,
  }),
  'file-of-other-year': (_row, value) => ({
    fr: `Le nom du fichier porte un autre exercice : ${value}.`,
    en: `The file’s name has another fiscal year: ${value}.`,
  }),
  'dates-outside-year': (row, value) => ({
    fr: `Lignes datées hors de l’exercice : ${value}; la première est la ligne ${row}.`,
    en: `Rows dated outside the fiscal year: ${value}; the first is row ${row}.`,
  }),
  'dates-outside-period': (row, value) => ({
    fr: `Lignes datées d’une autre période de l’exercice : ${value}; la première est la ligne ${row}.`,
    en: `Rows dated in another period of the fiscal year: ${value}; the first is row ${row}.`,
  }),
  'total-disagrees': (row, value) => {
    const gap = moneyWords(money(value))
    return {
      fr: `Le total de la ligne ${row} diffère de ses lignes de ${gap.fr}.`,
      en: `The total of row ${row} differs from its rows by ${gap.en}.`,
    }
  },
  'column-ignored': (_row, value) => ({
    fr: `La colonne « ${value} » n’a pas été lue.`,
    en: `The column “${value}” was not read.`,
  }),
  'more-not-listed': (_row, value) => ({
    fr: `Autres constats semblables, non énumérés : ${value}.`,
    en: `More findings of the same kind, not listed: ${value}.`,
  }),
}

export const findingWords = ({ code, row, value }: Finding): Bilingual =>
  words[code](row, value ?? '')
