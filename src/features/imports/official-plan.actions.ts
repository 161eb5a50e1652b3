import { createHash } from 'node:crypto'
import { postPublished } from '#features/expenditures/published.public.ts'
import {
  openFunding,
  saveEnvelopes,
  savePublishedAuthorities,
  saveRelations,
} from '#features/funding/funding.public.ts'
import { type Context, record } from '#features/identity/context.public.ts'
import { saveOrganizations } from '#features/organizations/organizations.public.ts'
import {
  saveAnnouncements,
  saveAxes,
  saveMeasures,
  saveNotes,
  saveProgrammes,
  saveSourceDocuments,
} from '#features/programmes/programmes.public.ts'
import { readFixture } from '#platform/files/fixtures.ts'
import { type PlanFiles, type PublishedFiles, planOf, publishedOf } from './official-plan.ts'

/** Counts of what a load found missing and added; all zero when it was there already. */
export type Loaded = Readonly<Record<string, number>>

/**
 * Loads the official plan and posts the appropriations that are due. What is there already is left
 * alone, so it may be run at any time; a run that adds nothing writes nothing, not even an event.
 */
export async function loadOfficialPlan(context: Context): Promise<Loaded> {
  const files = await readPlanFiles()
  const plan = planOf(files)
  const { work, event } = context
  const loaded = {
    sources: await saveSourceDocuments(work, event, plan.sources),
    organizations: await saveOrganizations(work, event, plan.organizations),
    programmes: await saveProgrammes(work, event, plan.programmes),
    axes: await saveAxes(work, event, plan.axes),
    measures: await saveMeasures(work, event, plan.measures),
    envelopes: await saveEnvelopes(work, event, plan.envelopes),
    relations: await saveRelations(work, event, plan.relations),
    appropriations: await openFunding(context),
  }
  for (const [subject, notes] of plan.notes) {
    await saveNotes(work, subject, notes)
  }
  await recordLoad(context, 'plan.loaded', { loaded, contents: files })
  return loaded
}

/** Loads what public sources print about spending; announcements are kept apart from it. */
export async function loadPublishedFigures(context: Context): Promise<Loaded> {
  const files: PublishedFiles = {
    spending: await readFixture<PublishedFiles['spending']>('published/spending.json'),
    authorities: await readFixture<PublishedFiles['authorities']>('published/authorities.json'),
    announcements: await readFixture<PublishedFiles['announcements']>(
      'published/announcements.json',
    ),
  }
  const published = publishedOf(files)
  const { work, event } = context
  const loaded = {
    announcements: await saveAnnouncements(work, event, published.announcements),
    authorities: await savePublishedAuthorities(work, event, published.authorities),
    payments: await postPublished(context, published.payments),
  }
  await recordLoad(context, 'published-figures.loaded', { loaded, contents: files })
  return loaded
}

/** At each start of the service: the recurring money of a fiscal year that has begun since. */
export async function openDueYears(context: Context): Promise<Loaded> {
  const loaded = { appropriations: await openFunding(context) }
  await recordLoad(context, 'funding.years-opened', { loaded, contents: null })
  return loaded
}

/** The event seals what was read, not only how much of it was new. */
async function recordLoad(
  context: Context,
  type: string,
  { loaded, contents }: { readonly loaded: Loaded; readonly contents: unknown },
): Promise<void> {
  if (Object.values(loaded).some((added) => added > 0)) {
    const digest = contents === null ? null : sha256(JSON.stringify(contents))
    const after = { added: { ...loaded }, contents: digest }
    await record(context, { type, subject: 'plan', before: null, after })
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

async function readPlanFiles(): Promise<PlanFiles> {
  const [sources, organizations, programmes, axes, measures, envelopes, relations] =
    await Promise.all([
      readFixture<PlanFiles['sources']>('plan/sources.json'),
      readFixture<PlanFiles['organizations']>('plan/organizations.json'),
      readFixture<PlanFiles['programmes']>('plan/programmes.json'),
      readFixture<PlanFiles['axes']>('plan/axes.json'),
      readFixture<PlanFiles['measures']>('plan/measures.json'),
      readFixture<PlanFiles['envelopes']>('plan/envelopes.json'),
      readFixture<PlanFiles['relations']>('plan/relations.json'),
    ])
  return { sources, organizations, programmes, axes, measures, envelopes, relations }
}
