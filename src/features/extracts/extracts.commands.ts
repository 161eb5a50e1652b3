import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type FiscalYear, readFiscalYear } from '#core/fiscal-year.ts'
import { type Reading, read, unread } from '#core/issues.ts'
import type { Money } from '#core/money.ts'
import { readMoney } from '#core/money-reading.ts'
import { type PeriodNumber, periodNumbers } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import type { FileAsked } from '#features/imports/file-asked.ts'
import { understoodLines } from '#features/imports/understood.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { exitCodes } from '#platform/terminal/exit-codes.ts'
import { addFileOptions } from '#platform/terminal/file-options.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { code, oneOf, reading, words } from '#platform/terminal/readings.ts'
import { type Extract, extractFacts } from './extract.ts'
import { readExtracts } from './extract-list.actions.ts'
import { extractRecords } from './extract-records.table.ts'
import { extractsTable } from './extracts.table.ts'
import { findingWords } from './finding-words.ts'
import { chooseMapping, loadExtract, readLedgerFile } from './load.actions.ts'
import { registerMappingCommands } from './mappings.commands.ts'

const formats = ['table', 'json'] as const
type Format = (typeof formats)[number]

/** `vigie import extract …` and `vigie extracts …`: the same actions as the API. */
export function registerExtractCommands(program: Command, terminal: Terminal): void {
  registerLoading(program, terminal)
  const say = sayIn(terminal)
  const parent = program
    .command('extracts')
    .description(say('Extraits du grand livre', 'Ledger extracts'))
  addExample(parent, terminal.language, 'vigie extracts list --as a.roy@msp.example')
  registerList(parent, terminal)
  registerMappingCommands(parent, terminal)
}

interface LoadOptions extends FileAsked {
  readonly organization: string
  readonly fiscalYear: FiscalYear
  readonly period: PeriodNumber
  readonly rows: number
  readonly total: Money
  readonly system?: string
  readonly supersedes?: string
  readonly as: string
  readonly format: Format
}

const sayIn =
  ({ language }: Terminal) =>
  (fr: string, en: string): string =>
    language === 'fr' ? fr : en

/** The noun is shared with the other files that are brought: whoever comes first makes it. */
const importNoun = (program: Command, terminal: Terminal): Command =>
  program.commands.find((each) => each.name() === 'import') ??
  addExample(
    program.command('import').description(sayIn(terminal)('Fichiers importés', 'Imported files')),
    terminal.language,
    `vigie import extract ${example}`,
  )

const example =
  'extrait.xlsx --organization MSP --fiscal-year 2025-2026 --period 3 --rows 412 --total "1 204 331,07" --as a.roy@msp.example'

function registerLoading(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  const number = oneOf(periodNumbers.map(String), language)
  const command = importNoun(program, terminal)
    .command('extract')
    .argument('<file>', say('classeur XLSX ou fichier CSV', 'XLSX workbook or CSV file'))
    .description(
      say(
        'Charge l’extrait du grand livre d’un organisme et d’une période',
        'Loads the ledger extract of an organization and a period',
      ),
    )
    .requiredOption('--organization <code>', say('organisme', 'organization'), code(language))
    .requiredOption(
      '--fiscal-year <year>',
      say('exercice', 'fiscal year'),
      reading(readFiscalYear, language),
    )
    .requiredOption(
      '--period <number>',
      say('1 (avril) à 13 (supplémentaire)', '1 (April) to 13 (supplementary)'),
      (text) => Number(number(text)) as PeriodNumber,
    )
    .requiredOption(
      '--rows <count>',
      say('nombre de lignes annoncé', 'number of rows stated'),
      reading(readCount, language),
    )
    .requiredOption(
      '--total <amount>',
      say('total de contrôle, dans les signes du fichier', 'control total, in the file’s signs'),
      reading(readTotal, language),
    )
    .option(
      '--system <name>',
      say('système dont la correspondance est enregistrée', 'system whose mapping is saved'),
      words(60, language),
    )
    .option('--supersedes <id>', say('extrait corrigé', 'extract that is corrected'))
  addFileOptions(command, language)
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .option('--format <format>', formats.join(', '), oneOf(formats, language), 'table')
    .action((file: string, options: LoadOptions) => load(terminal, file, options))
  addExample(command, language, `vigie import extract ${example}`)
}

async function load(terminal: Terminal, path: string, options: LoadOptions): Promise<void> {
  const { as, format, fiscalYear, period: number, organization, rows, total, ...said } = options
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  const { system = null, supersedes = null, ...asked } = said
  const stated = {
    ...{ organization, rows, total, system, supersedes },
    period: { fiscalYear, number },
  }
  const file = { name: path.split(/[/\\]/).at(-1) ?? path, bytes, asked }
  try {
    const mapping = await terminal.lookAs(as, (viewing) => chooseMapping(viewing, stated))
    const ledger = readLedgerFile(file, mapping)
    await Promise.allSettled([ledger])
    show(
      terminal,
      format,
      await terminal.actAs(as, (context) => loadExtract(context, stated, file, ledger)),
    )
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'extracts/rows-refused') {
      throw error
    }
    sayIssues(terminal, error)
  }
}

function show({ language, print, say }: Terminal, format: Format, extract: Extract): void {
  print(
    format === 'json'
      ? JSON.stringify(extractFacts(extract), null, 2)
      : printTable(extractsTable([extract]), { language }),
  )
  for (const line of understoodLines(extract.understood)) {
    say(line[language])
  }
  for (const finding of extract.findings) {
    say(findingWords(finding)[language])
  }
}

/** Rows that are refused are findings, each at its place; the exit code says that there are some. */
function sayIssues({ say, language, exitWith }: Terminal, { sentence, issues }: Problem): void {
  const at = language === 'fr' ? 'ligne' : 'row'
  say(sentence[language])
  for (const { row, column, value, detail } of issues) {
    const place = row === undefined ? '' : `${at} ${row}, ${column}, « ${value ?? ''} » : `
    say(`  ${place}${detail[language]}`)
  }
  exitWith(exitCodes.findings)
}

const unreadable = (file: string, cause: unknown): Problem =>
  new Problem(
    'invalid',
    'extracts/file-unreadable',
    {
      fr: `Le fichier « ${file} » ne peut pas être lu.`,
      en: `The file “${file}” cannot be read.`,
    },
    { cause },
  )

function readTotal(text: string): Reading<Money> {
  const found = readMoney(text)
  return found.ok ? read(found.value.value) : found
}

const readCount = (text: string): Reading<number> =>
  /^[1-9]\d{0,6}$/.test(text)
    ? read(Number(text))
    : unread('extracts/not-a-number', {
        fr: 'Écrivez un nombre entier.',
        en: 'Write a whole number.',
      })

function registerList(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = sayIn(terminal)
  const list = parent
    .command('list')
    .description(say('Énumère les extraits', 'Lists extracts'))
    .option('--organization <code>', say('organisme', 'organization'), code(language))
    .option(
      '--fiscal-year <year>',
      say('exercice', 'fiscal year'),
      reading(readFiscalYear, language),
    )
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .action(async ({ as, ...options }: ListOptions) => {
      const extracts = await terminal.lookAs(as, (viewing) => readExtracts(viewing, options))
      await showListAs(terminal, options, {
        list: extractRecords,
        records: extracts.map(extractFacts),
        table: extractsTable(extracts),
      })
    })
  addListOptions(list, language)
  addExample(list, language, 'vigie extracts list --organization MSP --as a.roy@msp.example')
}

interface ListOptions extends ListShown {
  readonly organization?: string
  readonly fiscalYear?: FiscalYear
  readonly as: string
}
