import { firstDay, lastDay } from '#core/fiscal-year.ts'
import type { Language } from '#core/language.ts'
import { money } from '#core/money.ts'
import { remainingOf } from '#features/commitments/commitment.ts'
import { absolute, layoutOf, rangeAddress, sheetReference } from '#platform/tables/sheet-layout.ts'
import type { EntryRule, Sheet, SheetCell, Workbook } from '#platform/tables/workbook.ts'
import { type ImportField, importFields } from './import-columns.ts'
import {
  exampleDocument,
  type TemplateAsked,
  type TemplateLists,
  templateVersion,
} from './template.ts'
import { type ColumnWords, type TemplateWords, templateWords } from './template-words.ts'

/** The entry template as a workbook: the form first, then the lists that its columns choose from. */
export interface TemplateSource {
  readonly asked: TemplateAsked
  readonly lists: TemplateLists
  /** Of the position that the lists were read at. */
  readonly instant: string
}

export function templateWorkbook(source: TemplateSource, language: Language): Workbook {
  const words = templateWords[language]
  const { asked, lists, instant } = source
  const sheets = listSheets(lists, words, language)
  return {
    language,
    title: titleOf(asked, words),
    creator: 'Vigie',
    instant,
    sheets: [formSheet(source, sheets, language), ...sheets.filter(({ rows }) => rows.length > 0)],
  }
}

const titleOf = ({ organization, fiscalYear }: TemplateAsked, { title }: TemplateWords): string =>
  `${title} · ${organization} · ${fiscalYear}`

function formSheet(
  { asked, lists }: TemplateSource,
  sheets: readonly Sheet[],
  language: Language,
): Sheet {
  const words = templateWords[language]
  return {
    name: `${words.form} ${asked.fiscalYear}`,
    kind: 'form',
    title: titleOf(asked, words),
    intro: [`${words.version} ${templateVersion}`, ...words.intro],
    columns: importFields.map((key) => ({
      key,
      header: words.columns[key].header,
      width: widths[key],
    })),
    rows: [exampleRow(asked, lists, language)],
    entry: rulesOf(asked, sheets, words),
  }
}

const widths: Readonly<Record<ImportField, number>> = {
  organization: 14,
  measure: 12,
  envelope: 20,
  date: 13,
  amount: 16,
  document: 30,
  supplier: 30,
  description: 45,
  commitment: 22,
}

function exampleRow(
  { organization, fiscalYear }: TemplateAsked,
  { measures, envelopes }: TemplateLists,
  language: Language,
): readonly SheetCell[] {
  const words = templateWords[language]
  const [measure] = measures
  const envelope = measure === undefined ? envelopes[0]?.code : undefined
  const cells: Readonly<Record<ImportField, SheetCell>> = {
    organization: { text: organization },
    measure: { text: measure?.code ?? '' },
    envelope: { text: envelope ?? '' },
    date: { date: firstDay(fiscalYear) },
    amount: { amount: money('1234.50') },
    document: { text: exampleDocument[language] },
    supplier: { text: words.exampleSupplier },
    description: { text: words.exampleDescription },
    commitment: { text: '' },
  }
  return importFields.map((field) => cells[field])
}

function rulesOf(
  { organization, fiscalYear }: TemplateAsked,
  [measures, envelopes, commitments]: readonly Sheet[],
  { columns }: TemplateWords,
): Readonly<Record<string, EntryRule>> {
  const rules: Readonly<Record<ImportField, EntryRule>> = {
    organization: { takes: 'only', word: organization, ...said(columns.organization) },
    measure: listOr(measures, 60, columns.measure),
    envelope: listOr(envelopes, 60, columns.envelope),
    date: {
      takes: 'date',
      first: firstDay(fiscalYear),
      last: lastDay(fiscalYear),
      ...said(columns.date),
    },
    amount: { takes: 'amount', ...said(columns.amount) },
    document: { takes: 'text', charactersMax: 100, ...said(columns.document) },
    supplier: { takes: 'text', charactersMax: 200, ...said(columns.supplier) },
    description: { takes: 'text', charactersMax: 2000, ...said(columns.description) },
    commitment: listOr(commitments, 60, columns.commitment),
  }
  return rules
}

const said = ({ title, prompt, refusal }: ColumnWords) => ({ title, prompt, refusal })

/** The first column of a sheet of codes; text where there is none to choose from. */
function listOr(sheet: Sheet | undefined, charactersMax: number, words: ColumnWords): EntryRule {
  if (sheet === undefined || sheet.rows.length === 0) {
    return { takes: 'text', charactersMax, ...said(words) }
  }
  const { firstDataRow, lastDataRow } = layoutOf(sheet)
  const range = absolute(rangeAddress(`A${firstDataRow}`, `A${lastDataRow}`))
  return { takes: 'list', range: sheetReference(sheet.name, range), ...said(words) }
}

function listSheets(
  { measures, envelopes, commitments }: TemplateLists,
  words: TemplateWords,
  language: Language,
): readonly Sheet[] {
  const { lists } = words
  return [
    listSheet(
      lists.measures,
      measures.map(({ code, title, envelopes: paying }) => [
        { text: code },
        { text: title[language] },
        { text: paying.join(' ') },
      ]),
    ),
    listSheet(
      lists.envelopes,
      envelopes.map(({ code, title, measures: served }) => [
        { text: code },
        { text: title[language] },
        { text: served.join(' ') },
      ]),
    ),
    listSheet(
      lists.commitments,
      commitments.map((commitment) => [
        { text: commitment.number },
        { text: commitment.supplier },
        { text: commitment.description },
        { text: commitment.envelope },
        { text: commitment.measure ?? '' },
        { amount: remainingOf(commitment) },
      ]),
    ),
  ]
}

const listSheet = (
  { name, title, headers }: TemplateWords['lists']['measures'],
  rows: readonly (readonly SheetCell[])[],
): Sheet => ({
  name,
  kind: 'table',
  title,
  columns: headers.map((header, at) => ({ key: `c${at}`, header })),
  rows,
})
