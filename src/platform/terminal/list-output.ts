import type { Command } from 'commander'
import type { Language } from '#core/language.ts'
import { type RecordList, recordTable } from '#core/record-table.ts'
import type { Table } from '#core/table.ts'
import { type CsvDialect, csvDialects, printCsv } from '#platform/tables/csv.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { writeOutput } from './output-files.ts'
import { oneOf } from './readings.ts'

/** How every list is asked for at the terminal, in whatever form: the API's fields, or a table. */
export const listFormats = ['table', 'json', 'csv'] as const

export interface ListShown {
  readonly format: (typeof listFormats)[number]
  readonly dialect: CsvDialect
  readonly output?: string | undefined
}

export const addListOptions = (command: Command, language: Language): Command =>
  command
    .option('--format <format>', listFormats.join(', '), oneOf(listFormats, language), 'table')
    .option('--dialect <dialect>', csvDialects.join(', '), oneOf(csvDialects, language), 'open')
    .option('-o, --output <file>', language === 'fr' ? 'fichier à écrire' : 'file to write')

export interface ShownList {
  readonly list: RecordList
  /** As the API says them. */
  readonly records: readonly object[]
  /** As a terminal has room for. */
  readonly table: Table
}

interface Printing {
  readonly language: Language
  readonly print: (text: string) => void
  readonly say: (text: string) => void
}

export async function showListAs(
  { language, print, say }: Printing,
  { format, dialect, output }: ListShown,
  shown: ShownList,
): Promise<void> {
  const text = printed(shown, format, { language, dialect })
  if (output === undefined) {
    print(text)
  } else {
    await writeOutput(output, text)
    say(output)
  }
}

function printed(
  { list, records, table }: ShownList,
  format: ListShown['format'],
  options: { readonly language: Language; readonly dialect: CsvDialect },
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(records, null, 2)}\n`
    case 'csv':
      return printCsv(recordTable(list, records), options)
    case 'table':
      return printTable(table, options)
  }
}

/** A list that came page by page, whole: one that is cut would show a total that is not its own. */
export async function gathered<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const page of pages) {
    all.push(...page)
  }
  return all
}
