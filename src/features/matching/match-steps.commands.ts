import { type Command, InvalidArgumentError } from 'commander'
import { readUuid } from '#core/ids.ts'
import type { Money } from '#core/money.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { oneOf, reading, words } from '#platform/terminal/readings.ts'
import { readPart } from './asked-run.ts'
import { lastRun, type PeriodOptions, periodCommand, show } from './match-period.commands.ts'
import { openLinesTable } from './open-lines.table.ts'
import { type Cause, causes } from './run.ts'
import { runFacts } from './run-facts.ts'
import { readRun } from './run-list.actions.ts'
import { explainOpen, matchByHand, type SeenRun, splitRow, unmatch } from './steps.actions.ts'

/** What people do to the last run of a period, at the terminal: the same actions as the API. */
export function registerStepCommands(match: Command, terminal: Terminal): void {
  registerOpen(match, terminal)
  registerJoin(match, terminal)
  registerUndo(match, terminal)
  registerSplit(match, terminal)
  registerExplain(match, terminal)
}

const sayIn =
  ({ language }: Terminal) =>
  (fr: string, en: string): string =>
    language === 'fr' ? fr : en

function registerOpen(match: Command, terminal: Terminal): void {
  const say = sayIn(terminal)
  periodCommand(match, terminal, 'open')
    .description(
      say(
        'Énumère ce qui est ouvert des deux côtés, avec ce qui en est proche',
        'Lists what is open on both sides, with what is near it',
      ),
    )
    .action(async (options: PeriodOptions) => {
      const shown = await terminal.lookAs(options.as, (viewing) => lastRun(viewing, options))
      const { unmatchedExtract, unmatchedJournal } = runFacts(shown, terminal.language)
      const table = openLinesTable(shown.contents.run, unmatchedExtract, unmatchedJournal)
      terminal.print(
        options.format === 'json'
          ? JSON.stringify({ unmatchedExtract, unmatchedJournal }, null, 2)
          : printTable(table, { language: terminal.language }),
      )
    })
}

/** As the last run stands: who types has seen no other version. */
async function step(
  terminal: Terminal,
  options: PeriodOptions,
  take: (context: Context, seen: SeenRun) => Promise<unknown>,
): Promise<void> {
  const { contents } = await terminal.lookAs(options.as, (viewing) => lastRun(viewing, options))
  const { run } = contents
  await terminal.actAs(options.as, (context) => take(context, run))
  show(terminal, options, await terminal.lookAs(options.as, (viewing) => readRun(viewing, run.id)))
}

interface JoinOptions extends PeriodOptions {
  readonly row?: readonly number[]
  readonly expenditure?: readonly string[]
  readonly reason: string
}

function registerJoin(match: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  periodCommand(match, terminal, 'join', ' --row 6 7 --expenditure ID --reason Lot')
    .description(say('Apparie à la main des lignes ouvertes', 'Matches open lines by hand'))
    .option('--row <numbers...>', say('lignes de l’extrait', 'rows of the extract'), rows(language))
    .option('--expenditure <ids...>', say('dépenses', 'expenditures'), ids(language))
    .requiredOption('--reason <text>', say('motif', 'reason'), words(2000, language))
    .action((options: JoinOptions) =>
      step(terminal, options, (context, { id: run }) => {
        const { row: extractRows = [], expenditure: expenditures = [], reason } = options
        return matchByHand(context, { run, extractRows, expenditures, reason })
      }),
    )
}

function registerUndo(match: Command, terminal: Terminal): void {
  const say = sayIn(terminal)
  periodCommand(match, terminal, 'undo', ' --match ID')
    .description(say('Défait un appariement : ses lignes sont ouvertes', 'Undoes a match'))
    .requiredOption(
      '--match <id>',
      say('appariement', 'match'),
      reading(readUuid, terminal.language),
    )
    .action((options: PeriodOptions & { readonly match: string }) =>
      step(terminal, options, (context, { version }) =>
        unmatch(context, { id: options.match, version }),
      ),
    )
}

interface SplitOptions extends PeriodOptions {
  readonly row: readonly number[]
  readonly amount: readonly Money[]
}

function registerSplit(match: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  const read = reading(readPart, language)
  periodCommand(match, terminal, 'split', ' --row 6 --amount 920.00 80.00')
    .description(say('Scinde une ligne de l’extrait', 'Splits a row of the extract'))
    .requiredOption('--row <number>', say('ligne de l’extrait', 'row'), rows(language))
    .requiredOption(
      '--amount <amounts...>',
      say('parts, qui en font le montant', 'parts that add up to it'),
      (text: string, before: readonly Money[] = []) => [...before, read(text)],
    )
    .action((options: SplitOptions) =>
      step(terminal, options, (context, seen) =>
        splitRow(context, seen, { extractRow: options.row[0] ?? 0, amounts: options.amount }),
      ),
    )
}

interface ExplainOptions extends PeriodOptions {
  readonly row?: readonly number[]
  readonly expenditure?: readonly string[]
  readonly match?: readonly string[]
  readonly cause: Cause
  readonly owner: string
  readonly note?: string
}

function registerExplain(match: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  periodCommand(match, terminal, 'explain', ' --row 6 --cause timing --owner a.roy@msp.example')
    .description(
      say(
        'Donne une cause et un responsable à ce qui est ouvert',
        'Gives what is open a cause and an owner',
      ),
    )
    .option('--row <numbers...>', say('lignes de l’extrait', 'rows of the extract'), rows(language))
    .option('--expenditure <ids...>', say('dépenses', 'expenditures'), ids(language))
    .option('--match <ids...>', say('écarts résiduels', 'matches with a residual'), ids(language))
    .requiredOption('--cause <cause>', causes.join(', '), oneOf(causes, language))
    .requiredOption('--owner <email>', say('responsable', 'owner'), words(200, language))
    .option('--note <text>', say('note', 'note'), words(2000, language))
    .action((options: ExplainOptions) =>
      step(terminal, options, (context, seen) => explainOpen(context, seen, itemsOf(options))),
    )
}

function itemsOf({ row = [], expenditure = [], match = [], ...said }: ExplainOptions) {
  const { cause, owner, note = null } = said
  const none = { extractRow: null, expenditure: null, match: null }
  return [
    ...row.map((extractRow) => ({ ...none, extractRow })),
    ...expenditure.map((id) => ({ ...none, expenditure: id })),
    ...match.map((id) => ({ ...none, match: id })),
  ].map((item) => ({ ...item, cause, owner, note }))
}

const rows =
  (language: Terminal['language']) =>
  (text: string, before: readonly number[] = []): readonly number[] => {
    const number = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
    if (number === null) {
      throw new InvalidArgumentError(
        language === 'fr' ? 'Un numéro de ligne est attendu.' : 'A row number is expected.',
      )
    }
    return [...before, number]
  }

const ids =
  (language: Terminal['language']) =>
  (text: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    reading(readUuid, language)(text),
  ]
