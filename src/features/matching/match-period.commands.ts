import type { Command } from 'commander'
import { type FiscalYear, readFiscalYear } from '#core/fiscal-year.ts'
import { type PeriodNumber, periodNumbers } from '#core/period.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { code, oneOf, reading } from '#platform/terminal/readings.ts'
import { tieOutTable } from './matching.table.ts'
import { runNotFound } from './run.ts'
import { runFacts } from './run-facts.ts'
import { readRun, readRuns } from './run-list.actions.ts'
import type { ShownRun } from './steps.actions.ts'

const formats = ['table', 'json'] as const

/** Whose run: the last one of the period. */
export interface PeriodOptions {
  readonly organization: string
  readonly fiscalYear: FiscalYear
  readonly period: PeriodNumber
  readonly as: string
  readonly format: (typeof formats)[number]
}

/** @param shown what an example says besides */
export function periodCommand(
  parent: Command,
  { language }: Terminal,
  name: string,
  shown = '',
): Command {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const number = oneOf(periodNumbers.map(String), language)
  const command = parent
    .command(name)
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
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .option('--format <format>', formats.join(', '), oneOf(formats, language), 'table')
  return addExample(
    command,
    language,
    `vigie match ${name} --organization MSP --fiscal-year 2025-2026 --period 3${shown} --as a.roy@msp.example`,
  )
}

export async function lastRun(
  viewing: Viewing,
  { organization, fiscalYear, period }: PeriodOptions,
): Promise<ShownRun> {
  const runs = await readRuns(viewing, { organization, fiscalYear, period })
  const last = runs.at(-1)
  if (last === undefined) {
    throw runNotFound()
  }
  return readRun(viewing, last.id)
}

export function show(
  { language, print, say }: Terminal,
  options: PeriodOptions,
  shown: ShownRun,
): void {
  const { run, matches, extract, journal } = shown.contents
  print(
    options.format === 'json'
      ? JSON.stringify(runFacts(shown, language), null, 2)
      : printTable(tieOutTable(run, shown.tieOut), { language }),
  )
  const openRows = extract.filter(({ match }) => match === null).length
  const openSpending = journal.filter(({ match }) => match === null).length
  say(
    language === 'fr'
      ? `Appariements : ${matches.length}; lignes ouvertes de l’extrait : ${openRows}; dépenses ouvertes : ${openSpending}; sans cause : ${shown.tieOut.waiting}.`
      : `Matches: ${matches.length}; open rows of the extract: ${openRows}; open expenditures: ${openSpending}; without a cause: ${shown.tieOut.waiting}.`,
  )
}
