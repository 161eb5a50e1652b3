import type { Command } from 'commander'
import { readFiscalYear } from '#core/fiscal-year.ts'
import type { Reading } from '#core/issues.ts'
import { type Language, languages } from '#core/language.ts'
import { readMoment } from '#core/moment.ts'
import { readSwitches, scenarios } from '#features/comparison/scenario.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { flagLabelOf } from '#features/journal/flag-words.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { dimensions, spreads } from '#features/reconciliation/facts.ts'
import { readMonths, readPoints } from '#features/reconciliation/threshold.ts'
import { type Report, reportJson } from '#features/reports/report.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import { type ReportRequest, reportNames } from '#features/reports/request.ts'
import { type CsvDialect, csvDialects, printCsv } from '#platform/tables/csv.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { openCounter } from '#platform/terminal/counter.ts'
import { addExample } from '#platform/terminal/help.ts'
import { writeOutput, writeOutputStream } from '#platform/terminal/output-files.ts'
import { code, oneOf, reading } from '#platform/terminal/readings.ts'
import { type DetailKind, detailKinds } from './detail.ts'
import {
  knownReport,
  type ReportFormat,
  readPeriodNumber,
  readSite,
  reportFormats,
} from './report-input.ts'
import { type StreamAsked, streamWorkbook } from './workbooks.actions.ts'

interface ReportOptions extends Omit<ReportRequest, 'name'> {
  readonly format: ReportFormat
  readonly dialect: CsvDialect
  readonly output?: string
  readonly lang?: Language
  readonly detail?: DetailKind
}

export function registerReportCommand(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const command = program
    .command('report')
    .argument('<name>', reportNames.join(', '))
    .description(say('Imprime un rapport', 'Prints a report'))
    .option('--by <dimension>', dimensions.join(', '), oneOf(dimensions, language))
    .option(
      '--from <year>',
      say('premier exercice', 'first fiscal year'),
      reading(readFiscalYear, language),
    )
    .option(
      '--to <year>',
      say('dernier exercice', 'last fiscal year'),
      reading(readFiscalYear, language),
    )
    .option('--jurisdiction <code>', jurisdictions.join(', '), oneOf(jurisdictions, language))
    .option('--spread <spread>', spreads.join(', '), oneOf(spreads, language))
    .option('--scenario <name>', scenarios.join(', '), oneOf(scenarios, language))
    .option('--format <format>', reportFormats.join(', '), oneOf(reportFormats, language), 'table')
    .option('--dialect <dialect>', csvDialects.join(', '), oneOf(csvDialects, language), 'open')
    .option(
      '--detail <kind>',
      say(
        'dans un classeur : documents (pièces) ou cells (cellules du journal)',
        'in a workbook: documents, or cells of the journal',
      ),
      oneOf(detailKinds, language),
    )
    .option('--lang <language>', languages.join(', '), oneOf(languages, language))
    .option('-o, --output <file>', say('fichier à écrire', 'file to write'))
    .option(
      '--site <address>',
      say('adresse des pages, pour les liens d’un classeur', 'address of the pages, for links'),
      reading(readSite, language),
    )
    .action((name: string, options: ReportOptions) => runReport(terminal, name, options))
  addReadingOptions(command, language)
  addPeriodOptions(command, language)
  addExample(
    command,
    language,
    'vigie report reconciliation --by axis --format csv --dialect excel-fr -o axes.csv',
    'vigie report tie-out --organization MSP --fiscal-year 2025-2026 --period 3',
    'vigie report bridge --since 1204 --jurisdiction CA',
    'vigie report comparison --from 2021-2022 --to 2025-2026 --spread straight-line',
  )
}

/** Where in the record a report stands, and what it is held against. */
function addReadingOptions(command: Command, language: Language): void {
  const add = <T>(
    flags: string,
    said: readonly [fr: string, en: string],
    read: (text: string) => Reading<T>,
  ) => command.option(flags, said[language === 'fr' ? 0 : 1], reading(read, language))
  add(
    '--as-of <moment>',
    ['position ou instant du registre', 'position or instant of the record'],
    readMoment,
  )
  add(
    '--since <moment>',
    ['position ou instant où commence un passage', 'position or instant where a bridge begins'],
    readMoment,
  )
  add(
    '--assume <code=low|high,…>',
    ['hypothèses fédérales prises autrement', 'federal assumptions taken otherwise'],
    readSwitches,
  )
  add(
    '--ahead <points>',
    ['points d’avance qui font une exception', 'points ahead that make an exception'],
    readPoints,
  )
  add(
    '--behind <points>',
    ['points de retard qui font une exception', 'points behind that make an exception'],
    readPoints,
  )
  add(
    '--late <months>',
    ['mois sans inscription qui font une exception', 'months without recording that do'],
    readMonths,
  )
}

/** Whose tie-out, and of which period. */
function addPeriodOptions(command: Command, language: Language): void {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  command
    .option('--organization <code>', say('organisme', 'organization'), code(language))
    .option(
      '--fiscal-year <year>',
      say('exercice', 'fiscal year'),
      reading(readFiscalYear, language),
    )
    .option(
      '--period <number>',
      say('1 (avril) à 13 (supplémentaire)', '1 (April) to 13 (supplementary)'),
      reading(readPeriodNumber, language),
    )
}

async function runReport(terminal: Terminal, name: string, options: ReportOptions): Promise<void> {
  const { format, dialect, output, lang = terminal.language, detail, ...asked } = options
  const request = { name: knownReport(name), ...asked }
  if (format === 'xlsx') {
    // A screen shows no workbook: there it becomes a file.
    const file = output ?? (process.stdout.isTTY ? `${name}.xlsx` : undefined)
    await writeWorkbookTo(terminal, file, { request, language: lang, detail })
    return
  }
  const text = await printed(terminal, request, { format, dialect, lang })
  if (output === undefined) {
    terminal.print(text)
  } else {
    await writeOutput(output, text)
    terminal.say(output)
  }
}

async function writeWorkbookTo(
  terminal: Terminal,
  file: string | undefined,
  asked: StreamAsked,
): Promise<void> {
  const counter = openCounter(terminal.language === 'fr' ? 'Lignes' : 'Lines', terminal.language)
  await terminal.look((viewing) =>
    writeOutputStream(file, streamWorkbook(viewing, asked, counter.tell)).finally(counter.end),
  )
  if (file !== undefined) {
    terminal.say(file)
  }
}

async function printed(
  terminal: Terminal,
  request: ReportRequest,
  how: { format: Exclude<ReportFormat, 'xlsx'>; dialect: CsvDialect; lang: Language },
): Promise<string> {
  const drawn = await terminal.look((viewing) => drawReport(viewing, request))
  switch (how.format) {
    case 'json':
      return `${JSON.stringify(reportJson(drawn.report, drawn.dataDigest), null, 2)}\n`
    case 'csv':
      return printCsv(drawn.report.table, { language: how.lang, dialect: how.dialect })
    case 'table':
      return reportText(drawn.report, how.lang)
  }
}

/** As wide as the screen, and wide enough for labels where there is none. */
const terminalWidth = (): number => process.stdout.columns ?? 150

/** The table, where it stands in the record, and its notes. */
export function reportText(report: Report, language: Language): string {
  const { position, positionAt, seal, notes } = report
  return [
    printTable(report.table, { language, flagWords: flagLabelOf, width: terminalWidth() }),
    `position ${position} · ${positionAt} · ${seal}`,
    ...notes.map(({ text }) => `• ${text[language]}`),
    '',
  ].join('\n')
}
