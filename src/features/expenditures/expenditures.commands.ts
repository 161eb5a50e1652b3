import type { Command } from 'commander'
import { type CalendarDate, readDate } from '#core/calendar-date.ts'
import type { Money } from '#core/money.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { addExample } from '#platform/terminal/help.ts'
import { code, positiveAmount, reading, words } from '#platform/terminal/readings.ts'
import { expenditureNotFound } from './cell.public.ts'
import {
  approveExpenditures,
  askReversal,
  decideReversal,
  returnExpenditure,
} from './decisions.actions.ts'
import { enterExpenditure, type Seen, submitExpenditure } from './drafts.actions.ts'
import type { Expenditure } from './expenditure.ts'
import { readExpenditure } from './expenditure-list.actions.ts'
import { registerReadings } from './expenditure-list.commands.ts'
import { idOf, personCommand, type Shown, showOne } from './expenditure-shown.commands.ts'

/** Lengths as in the API. */
const nameMax = 200
const textMax = 2000

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
  addExample(expenditures, terminal.language, 'vigie expenditures list --as a.roy@msp.example')
  registerAdd(expenditures, terminal)
  registerReadings(expenditures, terminal)
  registerSteps(expenditures, terminal)
  registerDecide(expenditures, terminal)
}

const entryExample =
  '--organization MSP --measure 12 --service-date 2025-06-15 --document-number F-1001 --supplier PIPQ --description "Projet pilote" --amount "1 234,50 $"'

function registerAdd(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const day = reading(readDate, language)
  const name = words(nameMax, language)
  const text = words(textMax, language)
  const dayForm = say('AAAA-MM-JJ', 'YYYY-MM-DD')
  personCommand(parent, terminal, 'add', entryExample)
    .description(say('Saisit une dépense (brouillon)', 'Enters an expenditure (draft)'))
    .requiredOption('--organization <code>', say('organisme', 'organization'), code(language))
    .option(
      '--measure <code>',
      say('mesure : 12, A3 ou QC-12', 'measure: 12, A3 or QC-12'),
      code(language),
    )
    .option('--envelope <code>', say('enveloppe', 'envelope'), code(language))
    .requiredOption('--service-date <day>', dayForm, day)
    .option('--document-date <day>', dayForm, day)
    .requiredOption(
      '--document-number <text>',
      say('numéro de pièce', 'document number'),
      words(100, language),
    )
    .requiredOption('--supplier <text>', say('fournisseur', 'supplier'), name)
    .requiredOption('--description <text>', say('description', 'description'), text)
    .requiredOption('--amount <amount>', say('montant', 'amount'), positiveAmount(language))
    .option('--justification <text>', say('justification', 'justification'), text)
    .action(async (options: AddOptions) => {
      const { as, format, measure, envelope, documentDate, justification, ...stated } = options
      const entered = await terminal.actAs(as, (context) =>
        enterExpenditure(context, {
          ...stated,
          measure: measure ?? null,
          envelope: envelope ?? null,
          documentDate: documentDate ?? null,
          justification: justification ?? null,
        }),
      )
      showOne(terminal, format, entered)
    })
}

function registerSteps(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const text = words(textMax, language)
  const step = (name: string, description: string, example = '') =>
    personCommand(parent, terminal, name, `D-2025-2026-000123${example}`)
      .argument('<id>', say('identifiant ou numéro', 'id or number'))
      .description(description)
  step('submit', say('Soumet un brouillon', 'Submits a draft')).action((id: string, shown: Shown) =>
    run(terminal, id, shown, submitExpenditure),
  )
  step(
    'approve',
    say('Approuve ce qu’une autre personne a soumis', 'Approves what somebody else submitted'),
  )
    .option('--justification <text>', say('justification', 'justification'), text)
    .action((id: string, shown: Shown & { justification?: string }) =>
      run(terminal, id, shown, async (context, seen) => {
        const [posted] = await approveExpenditures(context, [seen], shown.justification ?? null)
        return posted ?? Promise.reject(expenditureNotFound())
      }),
    )
  const reason = ' --reason "Mauvaise mesure"'
  step('return', say('Retourne au préparateur', 'Returns to the preparer'), reason)
    .requiredOption('--reason <text>', say('motif', 'reason'), text)
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) => returnExpenditure(context, seen, shown.reason)),
    )
  step('reverse', say('Demande une contre-passation', 'Asks for a reversal'), reason)
    .requiredOption('--reason <text>', say('motif', 'reason'), text)
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
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const example = 'D-2025-2026-000123 --request 0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192 --approve'
  const decide = personCommand(parent, terminal, 'decide', example)
  decide
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Décide d’une demande', 'Decides a request'))
    .requiredOption('--request <id>', say('identifiant de la demande', 'id of the request'))
    .option('--approve', say('approuver', 'approve'))
    .option('--refuse', say('refuser, avec --reason', 'refuse, with --reason'))
    .option('--reason <text>', say('motif', 'reason'), words(textMax, language))
    .action((id: string, options: DecideOptions) => {
      if (options.approve === options.refuse) {
        decide.error(say('Choisissez --approve ou --refuse.', 'Choose --approve or --refuse.'))
      }
      if (options.refuse === true && options.reason === undefined) {
        decide.error(say('Un refus demande --reason.', 'A refusal needs --reason.'))
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
  showOne(terminal, format, after)
}
