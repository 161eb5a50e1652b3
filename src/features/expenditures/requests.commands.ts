import type { Command } from 'commander'
import { type CalendarDate, readDate } from '#core/calendar-date.ts'
import type { Money } from '#core/money.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { code, positiveAmount, reading, words } from '#platform/terminal/readings.ts'
import { personCommand, run, type Shown } from './expenditure-shown.commands.ts'
import { askReclassification, askRefund, askReversal, decideRequest } from './requests.actions.ts'

/** Requests about posted expenditures: asked by one person, decided by another. */
const textMax = 2000
const number = 'D-2025-2026-000123'

export function registerRequestCommands(parent: Command, terminal: Terminal): void {
  registerReverse(parent, terminal)
  registerRefund(parent, terminal)
  registerReclassify(parent, terminal)
  registerDecide(parent, terminal)
}

const sayIn =
  ({ language }: Terminal) =>
  (fr: string, en: string): string =>
    language === 'fr' ? fr : en

function asking(parent: Command, terminal: Terminal, name: string, example: string): Command {
  const say = sayIn(terminal)
  return personCommand(parent, terminal, name, `${number} ${example}`)
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .requiredOption('--reason <text>', say('motif', 'reason'), words(textMax, terminal.language))
}

interface Reasoned extends Shown {
  readonly reason: string
}

function registerReverse(parent: Command, terminal: Terminal): void {
  const say = sayIn(terminal)
  asking(parent, terminal, 'reverse', '--reason "Doublon"')
    .description(say('Demande une contre-passation', 'Asks for a reversal'))
    .action((id: string, shown: Reasoned) =>
      run(terminal, id, shown, (context, seen) => askReversal(context, seen, shown.reason)),
    )
}

interface RefundOptions extends Reasoned {
  readonly amount: Money
  readonly date: CalendarDate
}

function registerRefund(parent: Command, terminal: Terminal): void {
  const say = sayIn(terminal)
  const { language } = terminal
  const example = '--amount "200,00 $" --date 2026-02-10 --reason "Trop-perçu"'
  asking(parent, terminal, 'refund', example)
    .description(say('Demande un remboursement', 'Asks for a refund'))
    .requiredOption('--amount <amount>', say('montant', 'amount'), positiveAmount(language))
    .requiredOption(
      '--date <day>',
      say('jour du remboursement, AAAA-MM-JJ', 'day of the refund, YYYY-MM-DD'),
      reading(readDate, language),
    )
    .action((id: string, options: RefundOptions) =>
      run(terminal, id, options, (context, seen) => askRefund(context, seen, options)),
    )
}

interface ReclassifyOptions extends Reasoned {
  readonly measure?: string
  readonly envelope?: string
  readonly serviceDate?: CalendarDate
}

function registerReclassify(parent: Command, terminal: Terminal): void {
  const say = sayIn(terminal)
  const { language } = terminal
  asking(parent, terminal, 'reclassify', '--measure 15 --reason "Mauvaise mesure"')
    .description(say('Demande un reclassement', 'Asks for a reclassification'))
    .option('--measure <code>', say('bonne mesure', 'right measure'), code(language))
    .option('--envelope <code>', say('bonne enveloppe', 'right envelope'), code(language))
    .option(
      '--service-date <day>',
      say('bonne date de service, AAAA-MM-JJ', 'right service date, YYYY-MM-DD'),
      reading(readDate, language),
    )
    .action((id: string, { measure, envelope, serviceDate, reason, ...shown }: ReclassifyOptions) =>
      run(terminal, id, shown, (context, seen) =>
        askReclassification(context, seen, { measure, envelope, serviceDate, reason }),
      ),
    )
}

interface DecideOptions extends Shown {
  readonly request: string
  readonly approve?: true
  readonly refuse?: true
  readonly reason?: string
  readonly justification?: string
}

function registerDecide(parent: Command, terminal: Terminal): void {
  const say = sayIn(terminal)
  const text = words(textMax, terminal.language)
  const example = `${number} --request 0198c7a0-3b1e-7cc1-8f3a-2d5e6f708192 --approve`
  const decide = personCommand(parent, terminal, 'decide', example)
  decide
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Décide d’une demande', 'Decides a request'))
    .requiredOption('--request <id>', say('identifiant de la demande', 'id of the request'))
    .option('--approve', say('approuver', 'approve'))
    .option('--refuse', say('refuser, avec --reason', 'refuse, with --reason'))
    .option('--reason <text>', say('motif', 'reason'), text)
    .option(
      '--justification <text>',
      say('d’un reclassement au-delà de la marge', 'of a reclassification above the headroom'),
      text,
    )
    .action((id: string, options: DecideOptions) => {
      if (options.approve === options.refuse) {
        decide.error(say('Choisissez --approve ou --refuse.', 'Choose --approve or --refuse.'))
      }
      if (options.refuse === true && options.reason === undefined) {
        decide.error(say('Un refus demande --reason.', 'A refusal needs --reason.'))
      }
      return run(terminal, id, options, (context, seen) =>
        decideRequest(context, seen, {
          request: options.request,
          isApproved: options.approve === true,
          reason: options.reason ?? null,
          justification: options.justification ?? null,
        }),
      )
    })
}
