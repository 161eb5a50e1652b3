import type { Command } from 'commander'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions } from '#platform/terminal/list-output.ts'
import { oneOf } from '#platform/terminal/readings.ts'
import { type Commitment, commitmentFacts } from './commitment.ts'
import { readCommitment } from './commitment-list.actions.ts'
import { commitmentIdOf } from './commitments.public.ts'
import { commitmentsTable } from './commitments.table.ts'
import type { Seen } from './drafts.actions.ts'

/** What the commands of commitments share: who acts, which document, how it is shown. */
const formats = ['table', 'json'] as const

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
    `vigie commitments ${name} ${example} --as a.roy@msp.example`,
  )
}

export function showOne(terminal: Terminal, format: Shown['format'], one: Commitment): void {
  const { language, print } = terminal
  print(
    format === 'json'
      ? JSON.stringify(commitmentFacts(one), null, 2)
      : printTable(commitmentsTable([one]), { language }),
  )
}

/** At the terminal one acts on the document as it stands now. */
export async function run(
  terminal: Terminal,
  id: string,
  { as, format }: Shown,
  action: (context: Context, seen: Seen) => Promise<Commitment>,
): Promise<void> {
  const { id: found, version } = await terminal.lookAs(as, async (viewing) =>
    readCommitment(viewing, await commitmentIdOf(viewing.handle, id)),
  )
  showOne(
    terminal,
    format,
    await terminal.actAs(as, (context) => action(context, { id: found, version })),
  )
}
