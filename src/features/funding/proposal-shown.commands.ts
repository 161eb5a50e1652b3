import type { Command } from 'commander'
import type { Table } from '#core/table.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions } from '#platform/terminal/list-output.ts'
import { oneOf } from '#platform/terminal/readings.ts'

/** What the commands of envelopes and revisions share: who acts, and how it is shown. */
const formats = ['table', 'json'] as const

export interface Shown {
  readonly as: string
  readonly format: (typeof formats)[number]
}

/** Lengths as in the API. */
export const textMax = 2000
export const quoteMax = 4000
export const titleMax = 300
export const referenceMax = 200
export const documentMax = 100

/** A command that a person runs, with an example that names one. */
export function personCommand(
  parent: Command,
  { language }: Terminal,
  name: string,
  example: string,
): Command {
  const command = parent
    .command(name)
    .requiredOption('--as <email>', language === 'fr' ? 'personne qui agit' : 'person who acts')
  if (name === 'list') {
    addListOptions(command, language)
  } else {
    command.option('--format <format>', formats.join(', '), oneOf(formats, language), 'table')
  }
  const line = ['vigie', parent.name(), name, example, '--as a.roy@msp.example']
  return addExample(command, language, line.filter((part) => part !== '').join(' '))
}

/** An option that may be given several times. */
export const several =
  <T>(read: (text: string) => T) =>
  (text: string, before: readonly T[] | undefined): readonly T[] => [...(before ?? []), read(text)]

/** As a table, or as the API says it. */
export const show = (
  { language, print }: Terminal,
  format: Shown['format'],
  { table, json }: { readonly table: Table; readonly json: unknown },
): void =>
  print(format === 'json' ? JSON.stringify(json, null, 2) : printTable(table, { language }))
