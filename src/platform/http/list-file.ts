import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Language } from '#core/language.ts'
import { type RecordList, RecordTotals, recordRow } from '#core/record-table.ts'
import {
  type CsvDialect,
  type CsvOptions,
  csvDialects,
  csvHeader,
  csvRows,
} from '#platform/tables/csv.ts'
import { languageField } from './input.ts'
import { languageOf } from './language.ts'
import { sendStream } from './stream-answer.ts'

/** A list as a CSV file, whole and from one snapshot: `/commitments.csv` beside `/commitments`. */
export const fileFields = {
  lang: languageField.optional(),
  dialect: z.enum(csvDialects).optional(),
}

export interface FileQuery {
  readonly lang?: Language | undefined
  readonly dialect?: CsvDialect | undefined
}

/** A list of a million rows is written in a minute or two. */
export const fileMillisMax = 600_000

export const csvOptionsOf = (
  { lang, dialect = 'open' }: FileQuery,
  acceptLanguage: string | undefined,
): CsvOptions => ({ language: lang ?? languageOf(acceptLanguage), dialect })

/** Settles when all is sent. What refuses the list refuses it before the first byte. */
export async function sendListFile(
  reply: FastifyReply,
  list: RecordList,
  lots: AsyncGenerator<readonly object[]>,
  options: CsvOptions,
): Promise<void> {
  const first = await lots.next()
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', contentDisposition(`${list.name}.csv`))
  await sendStream(reply, listText(list, rejoined(first, lots), options))
}

async function* rejoined<T>(
  first: IteratorResult<T, unknown>,
  rest: AsyncGenerator<T>,
): AsyncGenerator<T> {
  if (first.done !== true) {
    yield first.value
    yield* rest
  }
}

async function* listText(
  list: RecordList,
  lots: AsyncIterable<readonly object[]>,
  options: CsvOptions,
): AsyncGenerator<Uint8Array> {
  const { columns } = list
  const totals = new RecordTotals(list)
  yield Buffer.from(csvHeader(columns, options))
  for await (const records of lots) {
    for (const record of records) {
      totals.add(record)
    }
    const rows = records.map((record) => recordRow(list, record))
    yield Buffer.from(csvRows(rows, columns, options))
  }
  yield Buffer.from(csvRows(totals.rows(), columns, options))
}
