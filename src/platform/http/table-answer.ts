import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Language } from '#core/language.ts'
import { csvDialects, printCsv } from '#platform/tables/csv.ts'
import { type ListFile, tableWorkbook } from '#platform/tables/table-workbook.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'

/** The list of a page as a file: the same rows and the same total. */
export const tableEndings = ['csv', 'xlsx'] as const
export type TableEnding = (typeof tableEndings)[number]

export const dialectField = z.enum(csvDialects).optional()

interface Asked {
  readonly ending: TableEnding
  readonly language: Language
  readonly dialect: z.infer<typeof dialectField>
}

export async function sendTable(
  reply: FastifyReply,
  file: ListFile,
  { ending, language, dialect = 'excel-fr' }: Asked,
): Promise<FastifyReply> {
  const { table } = file
  reply.header('content-disposition', contentDisposition(`${table.name}.${ending}`))
  return ending === 'csv'
    ? reply.type('text/csv; charset=utf-8').send(printCsv(table, { language, dialect }))
    : reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(await writeWorkbook(tableWorkbook(file, language))))
}
