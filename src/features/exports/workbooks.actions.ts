import type { Language } from '#core/language.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { drawReport } from '#features/reports/reports.public.ts'
import type { ReportRequest } from '#features/reports/request.ts'

export async function drawWorkbook(
  viewing: Viewing,
  request: ReportRequest,
  _language: Language,
): Promise<Uint8Array> {
  await drawReport(viewing, request)
  return new Uint8Array()
}
