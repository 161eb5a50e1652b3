import type { Command } from 'commander'
import { readUuid } from '#core/ids.ts'
import type { Context, Viewing } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions } from '#platform/terminal/list-output.ts'
import { oneOf } from '#platform/terminal/readings.ts'
import { expenditureNotFound } from './cell.public.ts'
import type { Seen } from './drafts.actions.ts'
import { type Expenditure, expenditureFacts } from './expenditure.ts'
import { readExpenditure } from './expenditure-list.actions.ts'
import { findByNumber } from './expenditures.store.ts'
import { expendituresTable } from './expenditures.table.ts'

/** What the commands of expenditures share: who acts, which document, how it is shown. */
export const formats = ['table', 'json'] as const

export interface Shown {
  readonly as: string
  readonly format: (typeof formats)[number]
}

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
  return addExample(
    command,
    language,
    `vigie expenditures ${name} ${example} --as a.roy@msp.example`,
  )
}

/** By its id or by the number that people see. */
export async function idOf(viewing: Viewing, text: string): Promise<string> {
  const reading = readUuid(text)
  const id = reading.ok
    ? reading.value
    : await findByNumber(viewing.handle, text.trim().toUpperCase())
  if (id === null) {
    throw expenditureNotFound()
  }
  return id
}

export function showOne(terminal: Terminal, format: Shown['format'], one: Expenditure): void {
  const { language, print } = terminal
  if (format === 'json') {
    print(JSON.stringify(expenditureFacts(one), null, 2))
    return
  }
  print(printTable(expendituresTable([one]), { language }))
  sayHowToDecide(terminal, one)
}

/** A request has no number of its own, and the table no room for its id. */
function sayHowToDecide({ language, say }: Terminal, { number, requests }: Expenditure): void {
  const request = requests.find(({ state }) => state === 'asked')
  if (request !== undefined) {
    const command = `vigie expenditures decide ${number} --request ${request.id} --approve --as …`
    say(
      language === 'fr'
        ? `Une autre personne décide de la demande : ${command}`
        : `Somebody else decides the request: ${command}`,
    )
  }
}

/** A list stays one, whatever its length. */
export function showList(
  { language, print }: Terminal,
  format: Shown['format'],
  list: readonly Expenditure[],
): void {
  print(
    format === 'json'
      ? JSON.stringify(list.map(expenditureFacts), null, 2)
      : printTable(expendituresTable(list), { language }),
  )
}

/** At the terminal one acts on the document as it stands now. */
export async function run(
  terminal: Terminal,
  id: string,
  { as, format }: Shown,
  action: (context: Context, seen: Seen) => Promise<Expenditure>,
): Promise<void> {
  const { id: found, version } = await terminal.lookAs(as, async (viewing) =>
    readExpenditure(viewing, await idOf(viewing, id)),
  )
  const after = await terminal.actAs(as, (context) => action(context, { id: found, version }))
  showOne(terminal, format, after)
}
