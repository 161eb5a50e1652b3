import type { Command } from 'commander'
import { type FiscalYear, readFiscalYear } from '#core/fiscal-year.ts'
import { type PeriodNumber, periodNumbers } from '#core/period.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { printTable } from '#platform/tables/terminal.ts'
import { addExample } from '#platform/terminal/help.ts'
import { addListOptions, type ListShown, showListAs } from '#platform/terminal/list-output.ts'
import { code, oneOf, reading, words } from '#platform/terminal/readings.ts'
import { readPeriods } from './period-list.public.ts'
import { periodRecords } from './period-records.table.ts'
import { type AskedState, askedStates, listedFacts } from './period-state.ts'
import {
  closePeriod,
  type DecidedPeriod,
  reopenPeriod,
  type ShownPeriod,
} from './periods.actions.ts'
import { periodsTable } from './periods.table.ts'

interface ListOptions extends ListShown {
  readonly organization?: string
  readonly fiscalYear?: FiscalYear
  readonly state?: AskedState
}

/** `vigie periods …`: what is open, and closing and reopening as an administrator. */
export function registerPeriodCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const periods = program
    .command('periods')
    .description(language === 'fr' ? 'Périodes comptables' : 'Accounting periods')
  addExample(periods, language, 'vigie periods list --organization MSP')
  registerList(periods, terminal)
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  registerDecision(periods, terminal, 'close', closePeriod)
    .description(say('Ferme une période', 'Closes a period'))
    .option('--reason <text>', say('motif', 'reason'), words(2000, language))
  registerDecision(periods, terminal, 'reopen', reopenPeriod)
    .description(say('Rouvre une période fermée', 'Reopens a closed period'))
    .requiredOption('--reason <text>', say('motif', 'reason'), words(2000, language))
}

function registerList(parent: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const list = parent
    .command('list')
    .description(say('Énumère les périodes et leur état', 'Lists periods and their state'))
    .option('--organization <code>', say('organisme', 'organization'), code(language))
    .option(
      '--fiscal-year <year>',
      say('exercice', 'fiscal year'),
      reading(readFiscalYear, language),
    )
    .option('--state <state>', askedStates.join(', '), oneOf(askedStates, language))
    .action(async (options: ListOptions) => {
      const periods = await terminal.look((viewing) => readPeriods(viewing, options))
      await showListAs(terminal, options, {
        list: periodRecords,
        records: periods.map(listedFacts),
        table: periodsTable(periods),
      })
    })
  addListOptions(list, language)
  addExample(list, language, 'vigie periods list --organization MSP --fiscal-year 2025-2026')
}

interface DecisionOptions {
  readonly organization: string
  readonly fiscalYear: FiscalYear
  readonly period: PeriodNumber
  readonly reason?: string
  readonly as: string
}

const numberTexts = periodNumbers.map(String)

function registerDecision(
  parent: Command,
  terminal: Terminal,
  name: 'close' | 'reopen',
  decide: (context: Context, shown: ShownPeriod) => Promise<DecidedPeriod>,
): Command {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const number = oneOf(numberTexts, language)
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
      say(
        '1 (avril) à 12 (mars), 13 (supplémentaire)',
        '1 (April) to 12 (March), 13 (supplementary)',
      ),
      (text) => Number(number(text)) as PeriodNumber,
    )
    .requiredOption('--as <email>', say('personne qui agit', 'person who acts'))
    .action((options: DecisionOptions) => runDecision(terminal, options, decide))
  const reason = name === 'reopen' ? ' --reason "Facture oubliée"' : ''
  return addExample(
    command,
    language,
    `vigie periods ${name} --organization MSP --fiscal-year 2025-2026 --period 3${reason} --as c.admin@vigie.example`,
  )
}

/** At the terminal one acts on the period as it stands now. */
async function runDecision(
  terminal: Terminal,
  { as, organization, fiscalYear, period: number, reason }: DecisionOptions,
  decide: (context: Context, shown: ShownPeriod) => Promise<DecidedPeriod>,
): Promise<void> {
  const filter = { organization, fiscalYear }
  const isIt = (each: { readonly number: PeriodNumber }): boolean => each.number === number
  const read = async () =>
    (await terminal.lookAs(as, (viewing) => readPeriods(viewing, filter))).filter(isIt)
  const version = (await read())[0]?.version ?? 1
  const shown = { organization, period: { fiscalYear, number }, version, reason: reason ?? null }
  await terminal.actAs(as, (context) => decide(context, shown))
  terminal.print(printTable(periodsTable(await read()), { language: terminal.language }))
}
