import type { Issue } from '#core/issues.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { type ImportBatch, importFacts } from './import.ts'
import { readImportRows } from './import-list.actions.ts'
import { importsTable } from './imports.table.ts'
import { understoodLines } from './understood.ts'

/** How imports are shown at a terminal. */
export interface Shown {
  readonly as: string
  readonly format: 'table' | 'json'
}

export function showImport(
  { language, print }: Terminal,
  format: Shown['format'],
  batch: ImportBatch,
): void {
  print(
    format === 'json'
      ? JSON.stringify(importFacts(batch), null, 2)
      : printTable(importsTable([batch]), { language }),
  )
}

/** How the file was read, for who has to say whether it is right. */
export function sayUnderstood({ language, say }: Terminal, batch: ImportBatch): void {
  for (const line of understoodLines(batch.understood)) {
    say(line[language])
  }
}

/** Each at its row and column, the first hundred rejected rows of them. */
export async function showFindings(
  terminal: Terminal,
  as: string,
  batch: ImportBatch,
): Promise<void> {
  const rejected = await terminal.lookAs(as, (viewing) =>
    readImportRows(viewing, batch, { state: 'rejected', limit: 99, after: 0 }),
  )
  for (const issue of [...batch.findings, ...rejected.flatMap(({ issues }) => issues)]) {
    terminal.say(`  ${lineOf(issue, terminal)}`)
  }
}

function lineOf({ row, column, value, detail }: Issue, { language }: Terminal): string {
  const colon = language === 'fr' ? ' : ' : ': '
  const place = [
    ...(row === undefined ? [] : [`${language === 'fr' ? 'ligne' : 'row'} ${row}`]),
    ...(column === undefined ? [] : [column]),
    ...(value === undefined ? [] : [language === 'fr' ? `« ${value} »` : `“${value}”`]),
  ]
  return place.length === 0 ? detail[language] : `${place.join(', ')}${colon}${detail[language]}`
}
