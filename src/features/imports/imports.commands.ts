import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { readUuid } from '#core/ids.ts'
import { Problem } from '#core/problem.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { exitCodes } from '#platform/terminal/exit-codes.ts'
import { addFileOptions, rowNumber } from '#platform/terminal/file-options.ts'
import { addExample } from '#platform/terminal/help.ts'
import {
  addListOptions,
  gathered,
  type ListShown,
  showListAs,
} from '#platform/terminal/list-output.ts'
import { writeOutput } from '#platform/terminal/output-files.ts'
import { oneOf, reading, words } from '#platform/terminal/readings.ts'
import { confirmImport, type SeenImport } from './confirm.actions.ts'
import { readRejectedRows, writeErrorWorkbook } from './error-workbook.actions.ts'
import type { FileAsked } from './file-asked.ts'
import { type ImportBatch, importFacts } from './import.ts'
import { everyImport, readImport } from './import-list.actions.ts'
import { importRecords } from './import-records.table.ts'
import { type Shown, sayUnderstood, showFindings, showImport } from './import-shown.commands.ts'
import { approveImport, discardImport, submitImport } from './import-steps.actions.ts'
import { importsTable } from './imports.table.ts'
import { previewImport, readImportFile } from './preview.actions.ts'
import { approveImportReversal, reverseImport } from './reversal.actions.ts'

const formats = ['table', 'json'] as const

/** `vigie import …`: files of expenditures, by the same actions as the API. */
export function registerImportCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const parent = program
    .command('import')
    .description(language === 'fr' ? 'Fichiers importés' : 'Imported files')
  addExample(parent, language, `vigie import expenditures ${example}`)
  registerExpenditures(parent, terminal)
  registerReadings(parent, terminal)
  registerSteps(parent, terminal)
}

const example = 'depenses.xlsx --as a.roy@msp.example'

function personCommand(parent: Command, { language }: Terminal, name: string, shown: string) {
  const command = parent
    .command(name)
    .requiredOption('--as <email>', language === 'fr' ? 'personne qui agit' : 'person who acts')
  if (name === 'list') {
    addListOptions(command, language)
  } else {
    command.option('--format <format>', formats.join(', '), oneOf(formats, language), 'table')
  }
  return addExample(command, language, `vigie import ${name} ${shown} --as a.roy@msp.example`)
}

interface BringOptions extends Shown, FileAsked {
  readonly dryRun?: true
  readonly yes?: true
  readonly post?: true
  readonly approveAs?: string
  readonly rows?: readonly number[]
}

function registerExpenditures(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const command = personCommand(parent, terminal, 'expenditures', 'depenses.xlsx --yes')
    .argument('<file>', say('classeur XLSX ou fichier CSV', 'XLSX workbook or CSV file'))
    .description(
      say(
        'Lit un fichier de dépenses, montre ce qu’il deviendrait, et l’importe en entier ou pas du tout',
        'Reads a file of expenditures, shows what it would become, and imports all of it or none',
      ),
    )
    .option('--dry-run', say('montre seulement', 'only shows'))
    .option('--yes', say('confirme', 'confirms'))
    .option('--post', say('confirme, soumet et approuve', 'confirms, submits and approves'))
    .option('--approve-as <email>', say('avec --post : qui approuve', 'with --post: who approves'))
    .option(
      '--rows <rows>',
      say('lignes choisies : 2,5-9', 'chosen rows: 2,5-9'),
      rowList(language),
    )
  addFileOptions(command, language).action((file: string, options: BringOptions) =>
    bring(terminal, file, options),
  )
}

/** `2,5-9` is 2, 5, 6, 7, 8, 9. */
const rowList =
  (language: Terminal['language']) =>
  (text: string): readonly number[] =>
    text.split(',').flatMap((part) => {
      const [first = '', last = first] = part.trim().split('-')
      const [from, to] = [first, last].map(rowNumber(language))
      return from === undefined || to === undefined || to < from
        ? []
        : Array.from({ length: to - from + 1 }, (_, at) => from + at)
    })

async function bring(terminal: Terminal, path: string, options: BringOptions): Promise<void> {
  const { as, format, post, approveAs } = options
  requireApprover(post, approveAs)
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  const { encoding, delimiter, decimal, dateOrder, sheet, headerRow } = options
  const asked = { encoding, delimiter, decimal, dateOrder, sheet, headerRow }
  const name = path.replace(/^.*[/\\]/, '')
  const file = await readImportFile({ name, bytes, asked })
  const seen = await terminal.actAs(as, (context) => previewImport(context, file))
  sayUnderstood(terminal, seen)
  await showFindings(terminal, as, seen)
  const isTaken = options.dryRun !== true && (options.yes === true || post === true)
  if (!isTaken || (options.rows === undefined && seen.tallies.rejected.rows > 0)) {
    showImport(terminal, format, seen)
    await leave(terminal, seen, options)
    return
  }
  await take(terminal, seen, options)
}

async function leave(terminal: Terminal, seen: ImportBatch, options: BringOptions): Promise<void> {
  const { say, language, exitWith } = terminal
  if (options.dryRun === true) {
    await terminal.actAs(options.as, (context) => discardImport(context, seen))
  } else {
    const command = `vigie import confirm ${seen.id} --as ${options.as}`
    say(
      language === 'fr'
        ? `Rien n’est inscrit. Pour confirmer : ${command}`
        : `Nothing is recorded. To confirm: ${command}`,
    )
  }
  if (seen.tallies.rejected.rows > 0) {
    exitWith(exitCodes.findings)
  }
}

async function take(
  terminal: Terminal,
  seen: ImportBatch,
  { as, format, post, approveAs, ...options }: BringOptions,
): Promise<void> {
  const { tallies } = seen
  const rows = options.rows ?? null
  if (rows === null && tallies.new.rows === 0 && tallies.changed.rows === 0) {
    showImport(terminal, format, seen)
    await terminal.actAs(as, (context) => discardImport(context, seen))
    terminal.say(
      terminal.language === 'fr'
        ? 'Rien de nouveau : toutes les lignes sont déjà là.'
        : 'Nothing new: all rows are there already.',
    )
    return
  }
  const confirmed = await terminal.actAs(as, (context) =>
    confirmImport(context, seen, { rows, isSubmitted: post === true }),
  )
  const done =
    approveAs === undefined || post !== true
      ? confirmed
      : await terminal.actAs(approveAs, (context) => approveImport(context, confirmed, null))
  showImport(terminal, format, done)
  if (rows !== null && tallies.rejected.rows > 0) {
    terminal.exitWith(exitCodes.findings)
  }
}

function requireApprover(post: true | undefined, approveAs: string | undefined): void {
  if ((post === true) !== (approveAs !== undefined)) {
    throw new Problem('invalid', 'imports/approver-needed', {
      fr: 'Les options --post et --approve-as vont ensemble : une autre personne approuve.',
      en: 'The options --post and --approve-as go together: somebody else approves.',
    })
  }
}

const unreadable = (file: string, cause: unknown): Problem =>
  new Problem(
    'invalid',
    'imports/file-unreadable',
    {
      fr: `Le fichier « ${file} » ne peut pas être lu.`,
      en: `The file “${file}” cannot be read.`,
    },
    { cause },
  )

function registerReadings(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  personCommand(parent, terminal, 'list', '')
    .description(say('Les imports, le dernier d’abord', 'The imports, the last one first'))
    .action(async ({ as, ...options }: ListShown & { readonly as: string }) => {
      const list = await terminal.lookAs(as, (viewing) => gathered(everyImport(viewing)))
      await showListAs(terminal, options, {
        list: importRecords,
        records: list.map(importFacts),
        table: importsTable(list),
      })
    })
  personCommand(parent, terminal, 'show', `${anId} --errors anomalies.xlsx`)
    .argument('<id>', say('identifiant', 'id'), reading(readUuid, language))
    .option('--errors <file>', say('écrit le classeur d’anomalies', 'writes the error workbook'))
    .description(say('Un import, et ce qui cloche', 'An import, and what is wrong'))
    .action(async (id: string, { as, format, errors }: Shown & { errors?: string }) => {
      const batch = await terminal.lookAs(as, (viewing) => readImport(viewing, id))
      showImport(terminal, format, batch)
      await showFindings(terminal, as, batch)
      if (errors !== undefined) {
        const rejected = await terminal.lookAs(as, (viewing) => readRejectedRows(viewing, id))
        await writeOutput(errors, await writeErrorWorkbook(rejected, language))
      }
    })
}

const anId = '0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192'

function registerSteps(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const step = (name: string, description: string, more = '') =>
    personCommand(parent, terminal, name, `${anId}${more}`)
      .argument('<id>', say('identifiant', 'id'), reading(readUuid, language))
      .description(description)
  step('confirm', say('Crée les dépenses d’un aperçu', 'Makes the expenditures of a preview'))
    .option(
      '--rows <rows>',
      say('lignes choisies : 2,5-9', 'chosen rows: 2,5-9'),
      rowList(language),
    )
    .option('--submit', say('et les soumet', 'and submits them'))
    .action((id: string, shown: Shown & { rows?: readonly number[]; submit?: true }) =>
      run(terminal, id, shown, (context, seen) =>
        confirmImport(context, seen, {
          rows: shown.rows ?? null,
          isSubmitted: shown.submit === true,
        }),
      ),
    )
  step('submit', say('Soumet un import', 'Submits an import')).action((id: string, shown: Shown) =>
    run(terminal, id, shown, submitImport),
  )
  step('approve', say('Approuve un import en entier', 'Approves a whole import'))
    .option('--justification <text>', say('justification', 'justification'), words(2000, language))
    .action((id: string, shown: Shown & { justification?: string }) =>
      run(terminal, id, shown, (context, seen) =>
        approveImport(context, seen, shown.justification ?? null),
      ),
    )
  step(
    'reverse',
    say('Demande la contre-passation d’un import', 'Asks for the reversal of an import'),
    ' --reason "Mauvais fichier"',
  )
    .requiredOption('--reason <text>', say('motif', 'reason'), words(2000, language))
    .action((id: string, shown: Shown & { reason: string }) =>
      run(terminal, id, shown, (context, seen) => reverseImport(context, seen, shown.reason)),
    )
  step(
    'approve-reversal',
    say('Approuve la contre-passation d’un import', 'Approves the reversal of an import'),
  ).action((id: string, shown: Shown) => run(terminal, id, shown, approveImportReversal))
}

/** At the terminal one acts on the import as it stands now. */
async function run(
  terminal: Terminal,
  id: string,
  { as, format }: Shown,
  action: (context: Context, seen: SeenImport) => Promise<ImportBatch>,
): Promise<void> {
  const { version } = await terminal.lookAs(as, (viewing) => readImport(viewing, id))
  const after = await terminal.actAs(as, (context) => action(context, { id, version }))
  showImport(terminal, format, after)
}
