import type { Command } from 'commander'
import type { Bilingual } from '#core/language.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { addExample } from '#platform/terminal/help.ts'
import {
  addListOptions,
  gathered,
  type ListShown,
  showListAs,
} from '#platform/terminal/list-output.ts'
import { everyApproval } from './approvals.actions.ts'
import { approvalsTable } from './approvals.table.ts'
import { type Waiting, waitingFacts } from './approvals.ts'
import { approvalRecords } from './expenditure-records.table.ts'

/** `vigie approvals list`: what waits for the decision of the person named, and why it is flagged. */
export function registerApprovalCommands(program: Command, terminal: Terminal): void {
  const { language, print } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const approvals = program.command('approvals').description(say('À approuver', 'To approve'))
  addExample(approvals, language, 'vigie approvals list --as b.cote@msp.example')
  const list = approvals
    .command('list')
    .description(say('Énumère ce qui attend votre décision', 'Lists what waits for your decision'))
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .action(async ({ as, ...options }: ListShown & { readonly as: string }) => {
      const waiting = await terminal.lookAs(as, (viewing) => gathered(everyApproval(viewing)))
      await showListAs(terminal, options, {
        list: approvalRecords,
        records: waiting.map(waitingFacts),
        table: approvalsTable(waiting),
      })
      const isTable = options.format === 'table' && options.output === undefined
      for (const each of isTable ? waiting : []) {
        for (const text of toldOf(each)) {
          print(`• ${each.document.number}${say(' : ', ': ')}${text[language]}`)
        }
      }
    })
  addListOptions(list, language)
  addExample(list, language, 'vigie approvals list --as b.cote@msp.example')
}

const toldOf = ({ reasons, needsJustification }: Waiting): readonly Bilingual[] => [
  ...reasons.map(({ text }) => text),
  ...(needsJustification
    ? [
        {
          fr: 'Une justification est requise pour approuver.',
          en: 'A justification is needed to approve.',
        },
      ]
    : []),
]
