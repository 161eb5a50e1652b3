import type { Command } from 'commander'
import { type FiscalYear, readFiscalYear } from '#core/fiscal-year.ts'
import type { Money } from '#core/money.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { addExample } from '#platform/terminal/help.ts'
import { gathered, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { code, oneOf, positiveAmount, reading, words } from '#platform/terminal/readings.ts'
import { commitmentFacts, commitmentStates } from './commitment.ts'
import { everyCommitment, readCommitment } from './commitment-list.actions.ts'
import { commitmentRecords } from './commitment-records.table.ts'
import { personCommand, run, type Shown, showOne } from './commitment-shown.commands.ts'
import { commitmentIdOf } from './commitments.public.ts'
import { commitmentsTable } from './commitments.table.ts'
import { approveCommitment, releaseCommitment, returnCommitment } from './decisions.actions.ts'
import { enterCommitment, submitCommitment } from './drafts.actions.ts'
import type { CommitmentFilter } from './filter.ts'

/** `vigie commitments …`: the same actions as the API, for the terminal. */
export function registerCommitmentCommands(program: Command, terminal: Terminal): void {
  const commitments = program
    .command('commitments')
    .description(terminal.language === 'fr' ? 'Engagements' : 'Commitments')
  addExample(commitments, terminal.language, 'vigie commitments list --as a.roy@msp.example')
  registerAdd(commitments, terminal)
  registerReadings(commitments, terminal)
  registerSteps(commitments, terminal)
}

/** Lengths as in the API. */
const nameMax = 200
const textMax = 2000

const sayIn =
  ({ language }: Terminal) =>
  (fr: string, en: string): string =>
    language === 'fr' ? fr : en

interface AddOptions extends Shown {
  readonly organization: string
  readonly measure?: string
  readonly envelope?: string
  readonly fiscalYear: FiscalYear
  readonly supplier: string
  readonly reference: string
  readonly description: string
  readonly amount: Money
}

const entryExample =
  '--organization MSP --measure 12 --fiscal-year 2025-2026 --supplier PIPQ --reference C-17 --description "Projet pilote" --amount "12 000 $"'

function registerAdd(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  personCommand(parent, terminal, 'add', entryExample)
    .description(say('Saisit un engagement (brouillon)', 'Enters a commitment (draft)'))
    .requiredOption('--organization <code>', say('organisme', 'organization'), code(language))
    .option(
      '--measure <code>',
      say('mesure : 12, A3 ou QC-12', 'measure: 12, A3 or QC-12'),
      code(language),
    )
    .option('--envelope <code>', say('enveloppe', 'envelope'), code(language))
    .requiredOption(
      '--fiscal-year <year>',
      say('exercice, 2025-2026', 'fiscal year, 2025-2026'),
      reading(readFiscalYear, language),
    )
    .requiredOption(
      '--supplier <text>',
      say('fournisseur ou bénéficiaire', 'supplier or recipient'),
      words(nameMax, language),
    )
    .requiredOption(
      '--reference <text>',
      say('contrat, bon de commande', 'contract, purchase order'),
      words(100, language),
    )
    .requiredOption(
      '--description <text>',
      say('description', 'description'),
      words(textMax, language),
    )
    .requiredOption('--amount <amount>', say('montant', 'amount'), positiveAmount(language))
    .action(async ({ as, format, measure, envelope, ...stated }: AddOptions) => {
      const asked = { ...stated, measure: measure ?? null, envelope: envelope ?? null }
      showOne(
        terminal,
        format,
        await terminal.actAs(as, (context) => enterCommitment(context, asked)),
      )
    })
}

function registerSteps(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  const reason = ['--reason <text>', say('motif', 'reason'), words(textMax, language)] as const
  const step = (name: string, description: string, example = '') =>
    personCommand(parent, terminal, name, `E-2025-2026-000123${example}`)
      .argument('<id>', say('identifiant ou numéro', 'id or number'))
      .description(description)
  step('submit', say('Soumet un brouillon', 'Submits a draft')).action((id: string, shown: Shown) =>
    run(terminal, id, shown, submitCommitment),
  )
  step(
    'approve',
    say('Approuve ce qu’une autre personne a soumis', 'Approves what somebody else submitted'),
  ).action((id: string, shown: Shown) => run(terminal, id, shown, approveCommitment))
  step(
    'return',
    say('Retourne au préparateur', 'Returns to the preparer'),
    ' --reason "Mauvais exercice"',
  )
    .requiredOption(...reason)
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) => returnCommitment(context, seen, shown.reason)),
    )
  step(
    'release',
    say('Dégage ce qui reste, ou une partie', 'Releases what remains, or a part of it'),
    ' --amount "500,00 $" --reason "Contrat terminé"',
  )
    .option(
      '--amount <amount>',
      say('montant; sans lui, tout ce qui reste', 'amount; without it, all that remains'),
      positiveAmount(language),
    )
    .requiredOption(...reason)
    .action((id: string, { amount, reason: why, ...shown }: ReleaseOptions) =>
      run(terminal, id, shown, (context, seen) =>
        releaseCommitment(context, seen, { amount: amount ?? null, reason: why }),
      ),
    )
}

interface ReleaseOptions extends Shown {
  readonly amount?: Money
  readonly reason: string
}

interface Listed extends ListShown {
  readonly as: string
}

function registerReadings(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  personCommand(parent, terminal, 'list', '--measure 12 --state approved')
    .description(say('Énumère les engagements', 'Lists commitments'))
    .option('--organization <code>', say('organisme', 'organization'), code(language))
    .option('--measure <code>', say('mesure', 'measure'), (text) =>
      measureCode(code(language)(text)),
    )
    .option('--envelope <code>', say('enveloppe', 'envelope'), code(language))
    .option(
      '--fiscal-year <year>',
      say('exercice demandé', 'fiscal year asked on'),
      reading(readFiscalYear, language),
    )
    .option('--state <state>', commitmentStates.join(', '), oneOf(commitmentStates, language))
    .option(
      '--supplier <text>',
      say('partie du nom du fournisseur', 'part of the supplier’s name'),
      words(nameMax, language),
    )
    .action(async ({ as, ...options }: Listed & CommitmentFilter) => {
      const { format: _format, dialect: _dialect, output: _output, ...filter } = options
      const list = await terminal.lookAs(as, (viewing) =>
        gathered(everyCommitment(viewing, filter)),
      )
      await showListAs(terminal, options, {
        list: commitmentRecords,
        records: list.map(commitmentFacts),
        table: commitmentsTable(list),
      })
    })
  personCommand(parent, terminal, 'show', 'E-2025-2026-000123')
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Montre un engagement', 'Shows a commitment'))
    .action(async (id: string, { as, format }: Shown) =>
      showOne(
        terminal,
        format,
        await terminal.lookAs(as, async (viewing) =>
          readCommitment(viewing, await commitmentIdOf(viewing.handle, id)),
        ),
      ),
    )
}
