import type { Command } from 'commander'
import { readDate } from '#core/calendar-date.ts'
import { readFiscalYear } from '#core/fiscal-year.ts'
import { limitMax } from '#core/page.ts'
import { readPeriod } from '#core/period.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Terminal } from '#features/identity/terminal.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import { jurisdictions } from '#features/programmes/programme.ts'
import { code, oneOf, reading, words } from '#platform/terminal/readings.ts'
import { type Expenditure, expenditureStates } from './expenditure.ts'
import { readExpenditure, readExpenditures } from './expenditure-list.actions.ts'
import { idOf, personCommand, type Shown, showList, showOne } from './expenditure-shown.commands.ts'
import { type ExpenditureFilter, expenditureFundings } from './filter.ts'

/** `vigie expenditures list` and `show`: the filters of the API, and the whole list at once. */
export function registerReadings(parent: Command, terminal: Terminal): void {
  const say = (fr: string, en: string): string => (terminal.language === 'fr' ? fr : en)
  withFilters(personCommand(parent, terminal, 'list', '--measure 12 --state posted'), terminal)
    .description(say('Énumère les dépenses', 'Lists expenditures'))
    .action(async ({ as, format, ...filter }: Shown & ExpenditureFilter) =>
      showList(terminal, format, await terminal.lookAs(as, (viewing) => readAll(viewing, filter))),
    )
  personCommand(parent, terminal, 'show', 'D-2025-2026-000123')
    .argument('<id>', say('identifiant ou numéro', 'id or number'))
    .description(say('Montre une dépense', 'Shows an expenditure'))
    .action(async (id: string, { as, format }: Shown) =>
      showOne(
        terminal,
        format,
        await terminal.lookAs(as, async (viewing) =>
          readExpenditure(viewing, await idOf(viewing, id)),
        ),
      ),
    )
}

function withFilters(command: Command, { language }: Terminal): Command {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  const funding = oneOf(expenditureFundings, language)
  return command
    .option('--organization <code>', say('organisme', 'organization'), code(language))
    .option(
      '--measure <code>',
      say('mesure : 12, A3 ou QC-12', 'measure: 12, A3 or QC-12'),
      (text) => measureCode(code(language)(text)),
    )
    .option('--axis <code>', say('axe', 'axis'), code(language))
    .option('--lead <code>', say('responsable', 'lead'), code(language))
    .option('--envelope <code>', say('enveloppe', 'envelope'), code(language))
    .option('--jurisdiction <code>', jurisdictions.join(', '), oneOf(jurisdictions, language))
    .option('--funding <words>', expenditureFundings.join(','), (text) =>
      text.split(',').map(funding),
    )
    .option(
      '--fiscal-year <year>',
      say('exercice de la date de service', 'fiscal year of the service date'),
      reading(readFiscalYear, language),
    )
    .option(
      '--period <period>',
      say('période d’enregistrement, 2025-2026-P03', 'recorded period, 2025-2026-P03'),
      reading(readPeriod, language),
    )
    .option('--state <state>', expenditureStates.join(', '), oneOf(expenditureStates, language))
    .option(
      '--from <day>',
      say('date de service, AAAA-MM-JJ', 'service date, YYYY-MM-DD'),
      reading(readDate, language),
    )
    .option(
      '--to <day>',
      say('date de service, AAAA-MM-JJ', 'service date, YYYY-MM-DD'),
      reading(readDate, language),
    )
    .option('--text <text>', say('texte à chercher', 'text to look for'), words(200, language))
}

/** Every page, in one snapshot: a list that is cut would show a total that is not the list's. */
async function readAll(
  viewing: Viewing,
  filter: ExpenditureFilter,
): Promise<readonly Expenditure[]> {
  const all: Expenditure[] = []
  let after: readonly string[] | null = null
  do {
    const { rows } = await readExpenditures(viewing, filter, { limit: limitMax, after })
    all.push(...rows.slice(0, limitMax))
    const last = rows[limitMax - 1]
    after = rows.length > limitMax && last !== undefined ? [last.serviceDate, last.id] : null
  } while (after !== null)
  return all
}
