import type { Command } from 'commander'
import { type CalendarDate, readDate } from '#core/calendar-date.ts'
import type { Money } from '#core/money.ts'
import { commitmentIdOf } from '#features/commitments/commitments.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { addExample } from '#platform/terminal/help.ts'
import { code, positiveAmount, reading, words } from '#platform/terminal/readings.ts'
import { approveExpenditures, returnExpenditure, type SeenItem } from './decisions.actions.ts'
import { enterExpenditure, submitExpenditure } from './drafts.actions.ts'
import { readExpenditure } from './expenditure-list.actions.ts'
import { registerReadings } from './expenditure-list.commands.ts'
import {
  idOf,
  personCommand,
  run,
  type Shown,
  showList,
  showOne,
} from './expenditure-shown.commands.ts'
import { registerRequestCommands } from './requests.commands.ts'

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
  readonly commitment?: string
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
  registerApprove(expenditures, terminal)
  registerRequestCommands(expenditures, terminal)
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
    .option(
      '--commitment <id>',
      say('engagement : identifiant ou numéro', 'commitment: id or number'),
      name,
    )
    .option('--justification <text>', say('justification', 'justification'), text)
    .action((options: AddOptions) => add(terminal, options))
}

async function add(terminal: Terminal, options: AddOptions): Promise<void> {
  const { as, format, measure, envelope, documentDate, commitment, justification, ...stated } =
    options
  const entered = await terminal.actAs(as, async (context) =>
    enterExpenditure(context, {
      ...stated,
      measure: measure ?? null,
      envelope: envelope ?? null,
      documentDate: documentDate ?? null,
      commitment: commitment === undefined ? null : await commitmentIdOf(context.work, commitment),
      justification: justification ?? null,
    }),
  )
  showOne(terminal, format, entered)
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
    'return',
    say('Retourne au préparateur', 'Returns to the preparer'),
    ' --reason "Mauvaise mesure"',
  )
    .requiredOption('--reason <text>', say('motif', 'reason'), text)
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) => returnExpenditure(context, seen, shown.reason)),
    )
}

/** One or several: all or nothing, in one event. */
function registerApprove(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  personCommand(parent, terminal, 'approve', 'D-2025-2026-000123 D-2025-2026-000124')
    .argument('<ids...>', say('identifiants ou numéros', 'ids or numbers'))
    .description(
      say(
        'Approuve ce que d’autres personnes ont soumis, tout ou rien',
        'Approves what other people submitted, all or nothing',
      ),
    )
    .option(
      '--justification <text>',
      say('justification de chacune', 'justification of each'),
      words(textMax, language),
    )
    .action(async (ids: string[], { as, format, justification }: ApproveOptions) => {
      const items = await terminal.lookAs(as, async (viewing) => {
        const seen: SeenItem[] = []
        for (const id of ids) {
          const { id: found, version } = await readExpenditure(viewing, await idOf(viewing, id))
          seen.push({ id: found, version, justification: justification ?? null })
        }
        return seen
      })
      const posted = await terminal.actAs(as, (context) => approveExpenditures(context, items))
      const [only, ...others] = posted
      if (only !== undefined && others.length === 0) {
        showOne(terminal, format, only)
      } else {
        showList(terminal, format, posted)
      }
    })
}

interface ApproveOptions extends Shown {
  readonly justification?: string
}
