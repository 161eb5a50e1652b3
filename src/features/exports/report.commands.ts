import type { Command } from 'commander'
import { type FiscalYear, readFiscalYear } from '#core/fiscal-year.ts'
import { type Language, languages } from '#core/language.ts'
import { type Scenario, scenarios } from '#features/comparison/scenario.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { type Jurisdiction, jurisdictions } from '#features/programmes/programme.ts'
import { type Dimension, dimensions, type Spread, spreads } from '#features/reconciliation/facts.ts'
import { type Report, reportJson } from '#features/reports/report.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import { type ReportRequest, reportNames } from '#features/reports/request.ts'
import { type CsvDialect, csvDialects, printCsv } from '#platform/tables/csv.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { writeOutput } from '#platform/terminal/output-files.ts'
import { oneOf, reading } from '#platform/terminal/readings.ts'
import { flagLabelOf } from './flag-words.ts'
import { knownReport, type ReportFormat, reportFormats } from './report-input.ts'
import { drawWorkbook } from './workbooks.actions.ts'

interface ReportOptions {
  readonly by?: Dimension
  readonly from?: FiscalYear
  readonly to?: FiscalYear
  readonly jurisdiction?: Jurisdiction
  readonly spread?: Spread
  readonly scenario?: Scenario
  readonly format: ReportFormat
  readonly dialect: CsvDialect
  readonly output?: string
  readonly lang?: Language
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
    .option('--lang <language>', languages.join(', '), oneOf(languages, language))
    .option('-o, --output <file>', say('fichier à écrire', 'file to write'))
    .action((name: string, options: ReportOptions) => runReport(terminal, name, options))
  addExample(
    command,
    language,
    'vigie report reconciliation --by axis --format csv --dialect excel-fr -o axes.csv',
    'vigie report comparison --from 2021-2022 --to 2025-2026 --spread straight-line',
  )
}

async function runReport(terminal: Terminal, name: string, options: ReportOptions): Promise<void> {
  const { format, dialect, output, lang = terminal.language, ...asked } = options
  const request = { name: knownReport(name), ...asked }
  if (format === 'xlsx') {
    const bytes = await terminal.look((viewing) => drawWorkbook(viewing, request, lang))
    // A screen shows no workbook: there it becomes a file.
    const file = output ?? (process.stdout.isTTY ? `${name}.xlsx` : null)
    if (file === null) {
      process.stdout.write(bytes)
    } else {
      await writeOutput(file, bytes)
      terminal.say(file)
    }
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
