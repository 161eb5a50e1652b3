import { create as contentDisposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '#core/problem.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { Report } from '#features/reports/report.ts'
import type { ReportRequest } from '#features/reports/request.ts'
import { languageOfPage, pagePath, seeOther } from '#platform/http/page-answer.ts'
import { type CsvDialect, printCsv } from '#platform/tables/csv.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import type { DetailKind } from './detail.ts'
import { type Listed, planWorkbook } from './plan-workbook.views.ts'
import { xlsxType } from './report-query.routes.ts'
import { drawWorkbook, showsDocuments } from './workbooks.actions.ts'

/** The rows of a page, as a file of its language. */
export interface AskedFile {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly name: string
  /** Of a CSV; as Excel in French reads it when left out. */
  readonly dialect?: CsvDialect | undefined
}

export async function sendCsv(
  pages: Pages,
  { request, reply, name, dialect = 'excel-fr' }: AskedFile,
  reading: (viewing: Viewing) => Promise<{ readonly report: Pick<Report, 'table'> }>,
): Promise<FastifyReply> {
  const { report } = await pages.look(request, reading)
  return reply
    .header('content-disposition', contentDisposition(`${name}.csv`))
    .type('text/csv; charset=utf-8')
    .send(printCsv(report.table, { language: languageOfPage(request), dialect }))
}

/** What a page of the plan shows, as a workbook of one sheet. */
export const sendListed = (
  pages: Pages,
  file: AskedFile,
  reading: (viewing: Viewing) => Promise<{ readonly report: Listed }>,
) =>
  sendWorkbook(pages, file, async (viewing) => {
    const { report } = await reading(viewing)
    return writeWorkbook(planWorkbook(report, languageOfPage(file.request)))
  })

export const sendReportWorkbook = (pages: Pages, file: AskedFile, asked: ReportRequest) =>
  sendWorkbook(pages, file, (viewing) => drawWorkbook(viewing, asked, languageOfPage(file.request)))

/** With its documents, for who may open them all; too many of them are exported instead. */
export async function sendReconciliationWorkbook(
  pages: Pages,
  file: AskedFile,
  asked: ReportRequest,
  detail: DetailKind | undefined,
): Promise<FastifyReply> {
  const { request, reply } = file
  try {
    return await sendWorkbook(pages, file, (viewing) => {
      const kind = showsDocuments(viewing, detail) ? 'documents' : 'cells'
      return drawWorkbook(viewing, asked, languageOfPage(request), kind)
    })
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'exports/too-long')) {
      throw error
    }
    const query = new URLSearchParams(request.url.split('?')[1])
    for (const name of ['detail', 'dialect', 'lang']) {
      query.delete(name)
    }
    query.set('wanted', 'file')
    return seeOther(reply, pagePath(request, `/exports/new?${query}`))
  }
}

async function sendWorkbook(
  pages: Pages,
  { request, reply, name }: AskedFile,
  reading: (viewing: Viewing) => Promise<Uint8Array>,
): Promise<FastifyReply> {
  const bytes = await pages.look(request, reading)
  return reply
    .header('content-disposition', contentDisposition(`${name}.xlsx`))
    .type(xlsxType)
    .send(Buffer.from(bytes))
}
