import type { Command } from 'commander'
import { type FiscalYear, readFiscalYear } from '#core/fiscal-year.ts'
import { readUuid } from '#core/ids.ts'
import type { Table } from '#core/table.ts'
import { proposalStates } from '#features/funding/proposal.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import {
  addListOptions,
  gathered,
  type ListShown,
  showListAs,
} from '#platform/terminal/list-output.ts'
import { code, oneOf, reading, words } from '#platform/terminal/readings.ts'
import type { Figures } from './closing.ts'
import type { Policy } from './policy.ts'
import { readPolicy } from './typed.ts'
import {
  approveYearEnd,
  everyYearEnd,
  prepareYearEnd,
  previewYearEnd,
  readYearEnd,
  returnYearEnd,
  type Seen,
  yearEndNotFound,
} from './year-end.actions.ts'
import { closedFiguresTable, yearEndsTable } from './year-end.table.ts'
import { previewFacts, type ShownYearEnd, shownFacts, yearEndFacts } from './year-end.ts'
import { yearEndRecords } from './year-end-records.table.ts'
import { findYearEndOf, type YearEndFilter } from './year-ends.store.ts'

const formats = ['table', 'json'] as const
const textMax = 2000

interface Shown {
  readonly as: string
  readonly format: (typeof formats)[number]
}

interface AskedOptions extends Shown {
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly policy?: readonly Policy[]
}

/** `vigie year-end …`: the same actions as the API, for the terminal. */
export function registerYearEndCommands(
  program: Command,
  terminal: Terminal,
  freeze: () => Promise<void>,
): void {
  const { language } = terminal
  const parent = program
    .command('year-end')
    .description(language === 'fr' ? 'Fermeture des exercices' : 'Closing of fiscal years')
  addExample(parent, language, 'vigie year-end list --as a.roy@msp.example')
  registerPreparation(parent, terminal)
  registerDecisions(parent, terminal, freeze)
  registerReadings(parent, terminal)
}

function personCommand(
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
  return addExample(command, language, `vigie year-end ${name} ${example} --as a.roy@msp.example`)
}

function registerPreparation(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const asking = (name: string, description: string) =>
    personCommand(
      parent,
      terminal,
      name,
      '--programme QC-PLAN-2021 --fiscal-year 2025-2026 --policy QC-M8=lapse --policy QC-M13=5',
    )
      .description(description)
      .requiredOption('--programme <code>', say('programme', 'programme'), code(language))
      .requiredOption(
        '--fiscal-year <year>',
        say('exercice à fermer', 'fiscal year to close'),
        reading(readFiscalYear, language),
      )
      .option(
        '--policy <policy>',
        say(
          'ENVELOPPE=carry-all|lapse|POURCENTAGE; se répète',
          'ENVELOPE=carry-all|lapse|PERCENTAGE; may be repeated',
        ),
        several(reading(readPolicy, language)),
      )
  asking('preview', say('Montre ce que ferait la fermeture', 'Shows what closing would do')).action(
    async ({ as, ...options }: AskedOptions) => {
      const preview = await terminal.lookAs(as, (viewing) =>
        previewYearEnd(viewing, askedOf(options)),
      )
      show(terminal, options.format, { table: figuresOf(preview), json: previewFacts(preview) })
    },
  )
  asking(
    'prepare',
    say(
      'Prépare une fermeture, ou la prépare de nouveau',
      'Prepares a closing, or prepares it again',
    ),
  ).action(async ({ as, ...options }: AskedOptions) =>
    showYearEnd(
      terminal,
      options.format,
      await terminal.actAs(as, (context) => prepareYearEnd(context, askedOf(options))),
    ),
  )
}

const several =
  <T>(read: (text: string) => T) =>
  (text: string, before: readonly T[] | undefined): readonly T[] => [...(before ?? []), read(text)]

const askedOf = ({ programme, fiscalYear, policy = [] }: Omit<AskedOptions, 'as'>) => ({
  programme,
  fiscalYear,
  policies: policy,
})

function registerDecisions(parent: Command, terminal: Terminal, freeze: () => Promise<void>): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const named = 'QC-PLAN-2021/2025-2026'
  personCommand(parent, terminal, 'approve', named)
    .argument('<id>', say('identifiant, ou PROGRAMME/EXERCICE', 'id, or PROGRAMME/FISCAL-YEAR'))
    .description(
      say('Ferme l’exercice qu’une autre personne a préparé', 'Closes what somebody else prepared'),
    )
    .action(async (id: string, shown: Shown) => {
      await run(terminal, id, shown, approveYearEnd)
      await freeze()
    })
  personCommand(parent, terminal, 'return', `${named} --reason "Politique de QC-M8"`)
    .argument('<id>', say('identifiant, ou PROGRAMME/EXERCICE', 'id, or PROGRAMME/FISCAL-YEAR'))
    .description(say('Retourne au préparateur', 'Returns to the preparer'))
    .requiredOption('--reason <text>', say('motif', 'reason'), words(textMax, language))
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) => returnYearEnd(context, seen, shown.reason)),
    )
}

interface Listed extends ListShown {
  readonly as: string
}

function registerReadings(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  personCommand(parent, terminal, 'list', '--state submitted')
    .description(say('Énumère les fermetures d’exercice', 'Lists year-ends'))
    .option('--programme <code>', say('programme', 'programme'), code(language))
    .option(
      '--fiscal-year <year>',
      say('exercice', 'fiscal year'),
      reading(readFiscalYear, language),
    )
    .option('--state <state>', proposalStates.join(', '), oneOf(proposalStates, language))
    .action(async ({ as, ...options }: Listed & YearEndFilter) => {
      const { format: _format, dialect: _dialect, output: _output, ...filter } = options
      const list = await terminal.lookAs(as, (viewing) => gathered(everyYearEnd(viewing, filter)))
      await showListAs(terminal, options, {
        list: yearEndRecords,
        records: list.map(yearEndFacts),
        table: yearEndsTable(list),
      })
    })
  personCommand(parent, terminal, 'show', 'QC-PLAN-2021/2025-2026')
    .argument('<id>', say('identifiant, ou PROGRAMME/EXERCICE', 'id, or PROGRAMME/FISCAL-YEAR'))
    .description(say('Montre une fermeture et ses chiffres', 'Shows a year-end and its figures'))
    .action(async (id: string, { as, format }: Shown) =>
      showYearEnd(terminal, format, await find(terminal, as, id)),
    )
}

const show = (
  { language, print }: Terminal,
  format: Shown['format'],
  { table, json }: { readonly table: Table; readonly json: unknown },
): void =>
  print(format === 'json' ? JSON.stringify(json, null, 2) : printTable(table, { language }))

interface WithFigures {
  readonly programme: string
  readonly fiscalYear: FiscalYear
  readonly figures: readonly Figures[]
}

const figuresOf = ({ programme, fiscalYear, figures }: WithFigures): Table =>
  closedFiguresTable(
    figures.map((each) => ({ programme, fiscalYear, figures: each })),
    { fr: 'Fermeture d’exercice', en: 'Year-end' },
  )

function showYearEnd(terminal: Terminal, format: Shown['format'], shown: ShownYearEnd): void {
  show(terminal, format, { table: figuresOf(shown), json: shownFacts(shown) })
  if (format === 'table') {
    show(terminal, format, { table: yearEndsTable([shown]), json: null })
  }
}

/** By its id, or by what it closes. */
const find = (terminal: Terminal, as: string, text: string): Promise<ShownYearEnd> =>
  terminal.lookAs(as, async (viewing) => {
    const asked = readUuid(text)
    const [programme = '', year = ''] = text.trim().toUpperCase().split('/')
    const id = asked.ok ? asked.value : await findYearEndOf(viewing.handle, programme, year)
    if (id === null) {
      throw yearEndNotFound()
    }
    return readYearEnd(viewing, id)
  })

/** At the terminal one acts on the document as it stands now. */
async function run(
  terminal: Terminal,
  text: string,
  { as, format }: Shown,
  action: (context: Context, seen: Seen) => Promise<ShownYearEnd>,
): Promise<void> {
  const { id, version } = await find(terminal, as, text)
  const decided = await terminal.actAs(as, (context) => action(context, { id, version }))
  showYearEnd(terminal, format, decided)
}
