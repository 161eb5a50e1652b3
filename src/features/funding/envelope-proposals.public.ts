import { fiscalYearOf } from '#core/fiscal-year.ts'
import type { Issue } from '#core/issues.ts'
import type { Context } from '#features/identity/context.public.ts'
import { listOrganizations } from '#features/organizations/organizations.public.ts'
import { measureCode } from '#features/programmes/measure.ts'
import {
  listMeasures,
  listProgrammes,
  listSourceDocuments,
} from '#features/programmes/programmes.public.ts'
import { listClosedYears } from './closed-years.store.ts'
import type { EnvelopeProposal, EnvelopeStatement } from './envelope-proposal.ts'
import {
  findEnvelopeProposal,
  insertEnvelopeProposal,
  isCodeTaken,
} from './envelope-proposals.store.ts'
import { type EnvelopeFacts, envelopeIssues } from './envelope-rules.ts'

/** `12` and `QC-12` are one measure. */
export const normalized = (stated: EnvelopeStatement): EnvelopeStatement => ({
  ...stated,
  measures: stated.measures.map(measureCode),
})

/** Everything that is wrong about it; none when it can be a draft. */
export async function findEnvelopeIssues(
  context: Context,
  stated: EnvelopeStatement,
): Promise<readonly Issue[]> {
  return envelopeIssues(stated, await loadFacts(context, stated))
}

async function loadFacts(
  { work, today }: Context,
  stated: EnvelopeStatement,
): Promise<EnvelopeFacts> {
  const [programmes, organizations, sources] = [
    await listProgrammes(work),
    await listOrganizations(work),
    await listSourceDocuments(work),
  ]
  return {
    programme: programmes.find(({ code }) => code === stated.programme) ?? null,
    organization: organizations.find(({ code }) => code === stated.organization) ?? null,
    measures: stated.measures.length === 0 ? [] : await listMeasures(work),
    isCodeTaken: await isCodeTaken(work, stated.code),
    source: sources.find(({ code }) => code === stated.source.document) ?? null,
    closed: await listClosedYears(work),
    current: fiscalYearOf(today),
  }
}

/** Keeps a draft. The caller has authorized, found nothing wrong, and records the event. */
export async function saveEnvelopeDraft(
  { work, actor }: Context,
  stated: EnvelopeStatement,
): Promise<EnvelopeProposal> {
  await insertEnvelopeProposal(work, stated, actor.email)
  const saved = await findEnvelopeProposal(work, stated.code)
  if (saved === null) {
    throw new RangeError(`envelope ${stated.code} vanished inside its own transaction`)
  }
  return saved
}
