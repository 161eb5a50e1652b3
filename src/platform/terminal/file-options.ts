import { type Command, InvalidArgumentError } from 'commander'
import { decimalMarks } from '#core/amount-column.ts'
import { dateOrders } from '#core/date-column.ts'
import { type FileDelimiter, fileEncodings, rowsMax } from '#core/grid.ts'
import type { Language } from '#core/language.ts'
import { oneOf, words } from './readings.ts'

/** What a person says of a file, before anything is found in it. */
export function addFileOptions(command: Command, language: Language): Command {
  const say = (fr: string, en: string): string => (language === 'fr' ? fr : en)
  return command
    .option('--encoding <encoding>', fileEncodings.join(', '), oneOf(fileEncodings, language))
    .option('--delimiter <delimiter>', '; , tab', delimiterIn(language))
    .option('--decimal <mark>', decimalMarks.join(' '), oneOf(decimalMarks, language))
    .option('--date-order <order>', dateOrders.join(', '), oneOf(dateOrders, language))
    .option('--sheet <name>', say('feuille', 'sheet'), words(200, language))
    .option(
      '--header-row <row>',
      say('ligne des titres de colonnes', 'row of the column names'),
      rowNumber(language),
    )
}

const delimiterIn =
  (language: Language) =>
  (text: string): FileDelimiter => {
    const word = oneOf([';', ',', 'tab'] as const, language)(text)
    return word === 'tab' ? '\t' : word
  }

/** The number that a spreadsheet shows beside a row. */
export const rowNumber =
  (language: Language) =>
  (text: string): number => {
    const number = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : rowsMax + 1
    if (number > rowsMax) {
      throw new InvalidArgumentError(
        language === 'fr' ? 'Un numéro de ligne est attendu.' : 'A row number is expected.',
      )
    }
    return number
  }
