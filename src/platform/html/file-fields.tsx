import type { VNode } from 'preact'
import { decimalMarks } from '#core/amount-column.ts'
import { dateOrders } from '#core/date-column.ts'
import { fileDelimiters, fileEncodings } from '#core/grid.ts'
import type { Bilingual } from '#core/language.ts'
import { Field, type Option, Select } from './forms.tsx'
import type { Screen } from './page.ts'

/** What a person may say of a file, where it does not say it well enough itself. */
const words = {
  encoding: { fr: 'Encodage', en: 'Encoding' },
  delimiter: { fr: 'Séparateur', en: 'Delimiter' },
  decimal: { fr: 'Signe décimal', en: 'Decimal mark' },
  dateOrder: { fr: 'Forme des dates', en: 'Form of dates' },
  sheet: { fr: 'Feuille', en: 'Sheet' },
  headerRow: { fr: 'Ligne des titres', en: 'Header row' },
  asFound: { fr: 'selon le fichier', en: 'as the file says' },
  semicolon: { fr: 'point-virgule ( ; )', en: 'semicolon ( ; )' },
  comma: { fr: 'virgule ( , )', en: 'comma ( , )' },
  tab: { fr: 'tabulation', en: 'tab' },
  point: { fr: 'point ( . )', en: 'point ( . )' },
  dayFirst: { fr: 'jour d’abord', en: 'day first' },
  monthFirst: { fr: 'mois d’abord', en: 'month first' },
} satisfies Record<string, Bilingual>

export const fileLabels = {
  encoding: words.encoding,
  delimiter: words.delimiter,
  decimal: words.decimal,
  dateOrder: words.dateOrder,
  sheet: words.sheet,
  headerRow: words.headerRow,
} satisfies Record<string, Bilingual>

type FileField = keyof typeof fileLabels

const named: Readonly<Record<string, Bilingual>> = {
  ';': words.semicolon,
  ',': words.comma,
  '\t': words.tab,
  '.': words.point,
  'day-first': words.dayFirst,
  'month-first': words.monthFirst,
}

const optionsOf = (values: readonly string[]): readonly Option[] => [
  { value: '', words: words.asFound },
  ...values.map((value) => ({
    // A form cannot show a tabulation.
    value: value === '\t' ? 'tab' : value,
    words: named[value] ?? value.toUpperCase(),
  })),
]

interface FileFieldsProps {
  readonly screen: Screen
  /** What was said before, by name of the field. */
  readonly asked?: { readonly [name in FileField]?: string | number | undefined }
}

export function FileFields({ screen, asked = {} }: FileFieldsProps): VNode {
  const field = (name: FileField) => ({
    screen,
    name,
    label: words[name],
    value: String(asked[name] ?? '').replace('\t', 'tab'),
    optional: true,
  })
  return (
    <>
      <Select {...field('encoding')} options={optionsOf(fileEncodings)} />
      <Select {...field('delimiter')} options={optionsOf(fileDelimiters)} />
      <Select {...field('decimal')} options={optionsOf(decimalMarks)} />
      <Select {...field('dateOrder')} options={optionsOf(dateOrders)} />
      <Field {...field('sheet')} />
      <Field {...field('headerRow')} inputMode="numeric" />
    </>
  )
}
