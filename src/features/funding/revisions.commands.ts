import type { Command } from 'commander'
import { type CalendarDate, readDate } from '#core/calendar-date.ts'
import { readUuid } from '#core/ids.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { addExample } from '#platform/terminal/help.ts'
import { gathered, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { code, oneOf, reading, words } from '#platform/terminal/readings.ts'
import { revisionRecords } from './planned-records.table.ts'
import { proposalStates } from './proposal.ts'
import {
  personCommand,
  referenceMax,
  type Shown,
  several,
  show,
  textMax,
} from './proposal-shown.commands.ts'
import { returnProposal, type Seen, submitProposal } from './proposal-steps.actions.ts'
import {
  type Revision,
  type RevisionKind,
  type RevisionLine,
  revisionFacts,
  revisionKinds,
} from './revision.ts'
import {
  approveRevision,
  enterRevision,
  everyRevision,
  readRevision,
  revisionNotFound,
  revisions,
} from './revisions.actions.ts'
import { findRevisionByNumber, type RevisionFilter } from './revisions.store.ts'
import { revisionsTable } from './revisions.table.ts'
import { readLine } from './typed.ts'

/** `vigie revisions …`: the same actions as the API, for the terminal. */
export function registerRevisionCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const parent = program
    .command('revisions')
    .description(language === 'fr' ? 'Révisions budgétaires' : 'Budget revisions')
  addExample(parent, language, 'vigie revisions list --as a.roy@msp.example')
  registerAdd(parent, terminal)
  registerSteps(parent, terminal)
  registerReadings(parent, terminal)
}

interface AddOptions extends Shown {
  readonly kind: RevisionKind
  readonly reason: string
  readonly documentReference: string
  readonly effectiveOn: CalendarDate
  readonly line: readonly RevisionLine[]
}

const addition =
  '--kind distribution --reason "Part de la mesure 3" --document-reference "CT 226 001" --effective-on 2026-04-01 --line QC-COMMUNICATION=-1000 --line QC-COMMUNICATION/3@2025-2026=1000'

function registerAdd(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  personCommand(parent, terminal, 'add', addition)
    .description(say('Saisit une révision (brouillon)', 'Enters a revision (draft)'))
    .requiredOption('--kind <kind>', revisionKinds.join(', '), oneOf(revisionKinds, language))
    .requiredOption('--reason <text>', say('motif', 'reason'), words(textMax, language))
    .requiredOption(
      '--document-reference <text>',
      say('décision à l’appui', 'the decision it rests on'),
      words(referenceMax, language),
    )
    .requiredOption(
      '--effective-on <day>',
      say('date d’effet, AAAA-MM-JJ', 'effective date, YYYY-MM-DD'),
      reading(readDate, language),
    )
    .requiredOption(
      '--line <line>',
      say(
        'ENVELOPPE[/MESURE][@EXERCICE]=MONTANT; se répète',
        'ENVELOPE[/MEASURE][@FISCAL-YEAR]=AMOUNT; may be repeated',
      ),
      several(reading(readLine, language)),
    )
    .action(async ({ as, format, line, ...stated }: AddOptions) => {
      const entered = await terminal.actAs(as, (context) =>
        enterRevision(context, { ...stated, lines: line }),
      )
      showRevision(terminal, format, entered)
    })
}

function registerSteps(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const step = (name: string, description: string, example = '') =>
    personCommand(parent, terminal, name, `R-2026-2027-000001${example}`)
      .argument('<id>', say('identifiant ou numéro', 'id or number'))
      .description(description)
  step('submit', say('Soumet un brouillon', 'Submits a draft')).action((id: string, shown: Shown) =>
    run(terminal, id, shown, (context, seen) => submitProposal(context, revisions, seen)),
  )
  step(
    'approve',
    say('Approuve ce qu’une autre personne a soumis', 'Approves what somebody else submitted'),
  ).action((id: string, shown: Shown) => run(terminal, id, shown, approveRevision))
  step(
    'return',
    say('Retourne au préparateur', 'Returns to the preparer'),
    ' --reason "Mauvais exercice"',
  )
    .requiredOption('--reason <text>', say('motif', 'reason'), words(textMax, language))
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) =>
        returnProposal(context, revisions, seen, shown.reason),
      ),
    )
}

interface Listed extends ListShown {
  readonly as: string
}

function registerReadings(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  personCommand(parent, terminal, 'list', '--state submitted')
    .description(say('Énumère les révisions', 'Lists revisions'))
    .option('--organization <code>', say('organisme', 'organization'), code(language))
    .option('--envelope <code>', say('enveloppe', 'envelope'), code(language))
    .option('--kind <kind>', revisionKinds.join(', '), oneOf(revisionKinds, language))
    .option('--state <state>', proposalStates.join(', '), oneOf(proposalStates, language))
    .action(async ({ as, ...options }: Listed & RevisionFilter) => {
      const { format: _format, dialect: _dialect, output: _output, ...filter } = options
      const list = await terminal.lookAs(as, (viewing) => gathered(everyRevision(viewing, filter)))
      await showListAs(terminal, options, {
        list: revisionRecords,
        records: list.map(revisionFacts),
        table: revisionsTable(list),
      })
    })
  personCommand(parent, terminal, 'show', 'R-2026-2027-000001')
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Montre une révision', 'Shows a revision'))
    .action(async (id: string, { as, format }: Shown) =>
      showRevision(terminal, format, await find(terminal, as, id)),
    )
}

const showRevision = (terminal: Terminal, format: Shown['format'], revision: Revision): void =>
  show(terminal, format, { table: revisionsTable([revision]), json: revisionFacts(revision) })

/** By its id or by the number that people see. */
const find = (terminal: Terminal, as: string, text: string): Promise<Revision> =>
  terminal.lookAs(as, async (viewing) => {
    const asked = readUuid(text)
    const id = asked.ok
      ? asked.value
      : await findRevisionByNumber(viewing.handle, text.trim().toUpperCase())
    if (id === null) {
      throw revisionNotFound()
    }
    return readRevision(viewing, id)
  })

/** At the terminal one acts on the document as it stands now. */
async function run(
  terminal: Terminal,
  id: string,
  { as, format }: Shown,
  action: (context: Context, seen: Seen) => Promise<Revision>,
): Promise<void> {
  const { id: key, version } = await find(terminal, as, id)
  showRevision(
    terminal,
    format,
    await terminal.actAs(as, (context) => action(context, { key, version })),
  )
}
