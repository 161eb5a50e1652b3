import type { Command } from 'commander'
import { type Reading, read, unread } from '#core/issues.ts'
import { type Money, money } from '#core/money.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { exitCodes } from '#platform/terminal/exit-codes.ts'
import { addExample } from '#platform/terminal/help.ts'
import { positiveAmount, reading } from '#platform/terminal/readings.ts'
import { toleranceDaysDefault, toleranceDefault } from './asked-run.ts'
import { lastRun, type PeriodOptions, periodCommand, show } from './match-period.commands.ts'
import { registerStepCommands } from './match-steps.commands.ts'
import { runMatching } from './run.actions.ts'
import { signRun } from './signing.actions.ts'

/** `vigie match …`: an extract against the journal, for the terminal. */
export function registerMatchCommands(program: Command, terminal: Terminal): void {
  const { language } = terminal
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const match = program
    .command('match')
    .description(say('Extrait du grand livre contre journal', 'Ledger extract against the journal'))
  addExample(
    match,
    language,
    'vigie match run --organization MSP --fiscal-year 2025-2026 --period 3 --as a.roy@msp.example',
  )
  periodCommand(match, terminal, 'run')
    .description(say('Apparie l’extrait d’une période', 'Matches the extract of a period'))
    .option(
      '--tolerance <amount>',
      say('écart toléré', 'difference tolerated'),
      positiveAmount(language),
      money(toleranceDefault),
    )
    .option(
      '--tolerance-days <days>',
      say('jours tolérés', 'days tolerated'),
      reading(readDays, language),
      toleranceDaysDefault,
    )
    .action((options: RunOptions) => runRun(terminal, options))
  periodCommand(match, terminal, 'show')
    .description(say('Montre le dernier appariement', 'Shows the last matching'))
    .action(async (options: PeriodOptions) =>
      show(
        terminal,
        options,
        await terminal.lookAs(options.as, (viewing) => lastRun(viewing, options)),
      ),
    )
  periodCommand(match, terminal, 'sign')
    .description(say('Signe le rapprochement de la période', 'Signs the tie-out of the period'))
    .action(async (options: PeriodOptions) => {
      const { contents } = await terminal.lookAs(options.as, (viewing) => lastRun(viewing, options))
      const sign = (context: Context) => signRun(context, contents.run)
      show(terminal, options, await terminal.actAs(options.as, sign))
    })
  registerStepCommands(match, terminal)
}

interface RunOptions extends PeriodOptions {
  readonly tolerance: Money
  readonly toleranceDays: number
}

/** What is left open is a finding, and the exit code says that there are some. */
async function runRun(terminal: Terminal, options: RunOptions): Promise<void> {
  const { as, organization, fiscalYear, period: number, tolerance, toleranceDays } = options
  const asked = { organization, period: { fiscalYear, number }, tolerance, toleranceDays }
  const shown = await terminal.actAs(as, (context) => runMatching(context, asked))
  show(terminal, options, shown)
  if (shown.tieOut.waiting > 0) {
    terminal.exitWith(exitCodes.findings)
  }
}

const readDays = (text: string): Reading<number> =>
  /^\d{1,3}$/.test(text) && Number(text) <= 366
    ? read(Number(text))
    : unread('matching/not-days', {
        fr: 'Écrivez un nombre de jours, de 0 à 366.',
        en: 'Write a number of days, 0 to 366.',
      })
