import type { Command } from 'commander'
import { type CalendarDate, readDate } from '#core/calendar-date.ts'
import { isUuid } from '#core/ids.ts'
import { type Reading, read, unread } from '#core/issues.ts'
import type { Money } from '#core/money.ts'
import { isPositive } from '#core/money.ts'
import { readMoney } from '#core/money-reading.ts'
import { limitMax } from '#core/page.ts'
import type { Context, Viewing } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { oneOf, reading } from '#platform/terminal/readings.ts'
import { expenditureNotFound } from './cell.public.ts'
import {
  approveExpenditures,
  askReversal,
  decideReversal,
  returnExpenditure,
} from './decisions.actions.ts'
import { enterExpenditure, type Seen, submitExpenditure } from './drafts.actions.ts'
import { type Expenditure, expenditureFacts, expenditureStates } from './expenditure.ts'
import { readExpenditure, readExpenditures } from './expenditure-list.actions.ts'
import { findByNumber } from './expenditures.store.ts'
import { expendituresTable } from './expenditures.table.ts'

const formats = ['table', 'json'] as const

interface Shown {
  readonly as: string
  readonly format: (typeof formats)[number]
}

interface AddOptions extends Shown {
  readonly organization: string
  readonly measure?: string
  readonly envelope?: string
  readonly serviceDate: CalendarDate
  readonly documentDate?: CalendarDate
  readonly documentNumber: string
  readonly supplier: string
  readonly description: string
  readonly amount: Money
  readonly justification?: string
}

/** `vigie expenditures …`: the same actions as the API, for the terminal. */
export function registerExpenditureCommands(program: Command, terminal: Terminal): void {
  const expenditures = program
    .command('expenditures')
    .description(terminal.language === 'fr' ? 'Dépenses' : 'Expenditures')
  registerAdd(expenditures, terminal)
  registerReadings(expenditures, terminal)
  registerSteps(expenditures, terminal)
  registerDecide(expenditures, terminal)
}

function registerAdd(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  person(parent.command('add'), terminal)
    .description(say('Saisit une dépense (brouillon)', 'Enters an expenditure (draft)'))
    .requiredOption('--organization <code>', say('organisme', 'organization'))
    .option('--measure <code>', say('mesure : 12, A3 ou QC-12', 'measure: 12, A3 or QC-12'))
    .option('--envelope <code>', say('enveloppe', 'envelope'))
    .requiredOption('--service-date <day>', 'AAAA-MM-JJ', reading(readDate, language))
    .option('--document-date <day>', 'AAAA-MM-JJ', reading(readDate, language))
    .requiredOption('--document-number <text>', say('numéro de pièce', 'document number'))
    .requiredOption('--supplier <text>', say('fournisseur', 'supplier'))
    .requiredOption('--description <text>', say('description', 'description'))
    .requiredOption('--amount <amount>', say('montant', 'amount'), reading(readPositive, language))
    .option('--justification <text>', say('justification', 'justification'))
    .addHelpText(
      'after',
      '\n  vigie expenditures add --organization MSP --measure 12 --service-date 2025-06-15 \\\n    --document-number F-1001 --supplier PIPQ --description "Projet pilote" --amount "1 234,50 $" --as a.roy@msp.example',
    )
    .action(async (options: AddOptions) => {
      const { as, format, measure, envelope, documentDate, justification, ...stated } = options
      const entered = await terminal.actAs(as, (context) =>
        enterExpenditure(context, {
          ...stated,
          organization: stated.organization.trim().toUpperCase(),
          measure: measure ?? null,
          envelope: envelope ?? null,
          documentDate: documentDate ?? null,
          justification: justification ?? null,
        }),
      )
      show(terminal, format, [entered])
    })
}

function readPositive(text: string): Reading<Money> {
  const found = readMoney(text)
  if (!found.ok) {
    return found
  }
  return isPositive(found.value.value)
    ? read(found.value.value)
    : unread('input/not-positive', {
        fr: 'Le montant doit être supérieur à zéro.',
        en: 'The amount must be greater than zero.',
      })
}

function registerReadings(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  person(parent.command('list'), terminal)
    .description(say('Énumère les dépenses', 'Lists expenditures'))
    .option('--measure <code>', say('mesure', 'measure'))
    .option('--envelope <code>', say('enveloppe', 'envelope'))
    .option('--organization <code>', say('organisme', 'organization'))
    .option('--state <state>', expenditureStates.join(', '), oneOf(expenditureStates, language))
    .action(async ({ as, format, measure, ...filter }: Shown & { readonly measure?: string }) => {
      const code = measure === undefined ? undefined : measureCode(measure)
      const { rows } = await terminal.lookAs(as, (viewing) =>
        readExpenditures(viewing, { ...filter, measure: code }, { limit: limitMax, after: null }),
      )
      show(terminal, format, rows)
    })
  person(parent.command('show'), terminal)
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Montre une dépense', 'Shows an expenditure'))
    .action(async (id: string, { as, format }: Shown) => {
      const found = await terminal.lookAs(as, async (viewing) =>
        readExpenditure(viewing, await idOf(viewing, id)),
      )
      show(terminal, format, [found])
    })
}

function registerSteps(parent: Command, terminal: Terminal): void {
  const say = (fr: string, en: string): string => (terminal.language === 'fr' ? fr : en)
  const step = (name: string, description: string) =>
    person(parent.command(name), terminal)
      .argument('<id>', say('identifiant ou numéro', 'id or number'))
      .description(description)
  step('submit', say('Soumet un brouillon', 'Submits a draft')).action((id: string, shown: Shown) =>
    run(terminal, id, shown, submitExpenditure),
  )
  step(
    'approve',
    say('Approuve ce qu’une autre personne a soumis', 'Approves what somebody else submitted'),
  )
    .option('--justification <text>', say('justification', 'justification'))
    .action((id: string, shown: Shown & { justification?: string }) =>
      run(terminal, id, shown, async (context, seen) => {
        const [posted] = await approveExpenditures(context, [seen], shown.justification ?? null)
        return posted ?? Promise.reject(expenditureNotFound())
      }),
    )
  step('return', say('Retourne au préparateur', 'Returns to the preparer'))
    .requiredOption('--reason <text>', say('motif', 'reason'))
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) => returnExpenditure(context, seen, shown.reason)),
    )
  step('reverse', say('Demande une contre-passation', 'Asks for a reversal'))
    .requiredOption('--reason <text>', say('motif', 'reason'))
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) => askReversal(context, seen, shown.reason)),
    )
}

interface DecideOptions extends Shown {
  readonly request: string
  readonly approve?: true
  readonly refuse?: true
  readonly reason?: string
}

function registerDecide(parent: Command, terminal: Terminal): void {
  const say = (fr: string, en: string): string => (terminal.language === 'fr' ? fr : en)
  const decide = person(parent.command('decide'), terminal)
  decide
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Décide d’une demande', 'Decides a request'))
    .requiredOption('--request <id>', say('identifiant de la demande', 'id of the request'))
    .option('--approve', say('approuver', 'approve'))
    .option('--refuse', say('refuser', 'refuse'))
    .option('--reason <text>', say('motif', 'reason'))
    .action((id: string, options: DecideOptions) => {
      if (options.approve === options.refuse) {
        decide.error(say('Choisissez --approve ou --refuse.', 'Choose --approve or --refuse.'))
      }
      return run(terminal, id, options, (context, seen) =>
        decideReversal(context, seen, {
          request: options.request,
          isApproved: options.approve === true,
          reason: options.reason ?? null,
        }),
      )
    })
}

const person = (command: Command, terminal: Terminal): Command =>
  command
    .requiredOption(
      '--as <email>',
      terminal.language === 'fr' ? 'personne qui agit' : 'person who acts',
    )
    .option('--format <format>', formats.join(', '), oneOf(formats, terminal.language), 'table')

/** At the terminal one acts on the document as it stands now. */
async function run(
  terminal: Terminal,
  id: string,
  { as, format }: Shown,
  action: (context: Context, seen: Seen) => Promise<Expenditure>,
): Promise<void> {
  const { id: found, version } = await terminal.lookAs(as, async (viewing) =>
    readExpenditure(viewing, await idOf(viewing, id)),
  )
  const after = await terminal.actAs(as, (context) => action(context, { id: found, version }))
  show(terminal, format, [after])
}

async function idOf(viewing: Viewing, text: string): Promise<string> {
  const id = isUuid(text) ? text : await findByNumber(viewing.handle, text.toUpperCase())
  if (id === null) {
    throw expenditureNotFound()
  }
  return id
}

function show(
  { language, print }: Terminal,
  format: Shown['format'],
  expenditures: readonly Expenditure[],
): void {
  const [only] = expenditures
  const facts =
    expenditures.length === 1 && only !== undefined
      ? expenditureFacts(only)
      : expenditures.map(expenditureFacts)
  print(
    format === 'json'
      ? JSON.stringify(facts, null, 2)
      : printTable(expendituresTable(expenditures), { language }),
  )
}
