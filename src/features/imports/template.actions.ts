import type { Language } from '#core/language.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import { listOpenCommitments } from '#features/commitments/commitments.public.ts'
import { listEnvelopes } from '#features/funding/funding.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import { listMeasures } from '#features/programmes/programmes.public.ts'
import { writeWorkbook } from '#platform/tables/xlsx.ts'
import { requireBegun, type TemplateAsked, templateLists } from './template.ts'
import { templateWorkbook } from './template.views.ts'

/** Lists are of the moment, so that nobody chooses what is no longer there. */
export async function drawTemplate(
  viewing: Viewing,
  asked: TemplateAsked,
  language: Language,
): Promise<Uint8Array> {
  const { handle, today } = viewing
  await requireOrganization(handle, asked.organization)
  authorize(viewing, 'import.read', asked.organization)
  requireBegun(asked.fiscalYear, today)
  const lists = templateLists(asked, {
    measures: await listMeasures(handle),
    envelopes: await listEnvelopes(handle),
    commitments: await listOpenCommitments(handle, asked.organization),
  })
  const { positionAt: instant } = await readStanding(handle, null)
  return writeWorkbook(templateWorkbook({ asked, lists, instant }, language))
}
