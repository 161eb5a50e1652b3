import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'
import { authorize, type Context, record, type Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { requireOrganization } from '#features/organizations/organizations.public.ts'
import { type ColumnMapping, mappedColumns, mappingFacts, type SavedMapping } from './mapping.ts'
import {
  findMapping,
  insertMapping,
  listMappings,
  lockMapping,
  updateMapping,
} from './mappings.store.ts'

/** A mapping of an organization's system, and the version of it that was seen; 0 for a new one. */
export interface StatedMapping extends ColumnMapping {
  readonly organization: string
  readonly system: string
  readonly version: number
}

export async function readMappings(viewing: Viewing): Promise<readonly SavedMapping[]> {
  authorize(viewing, 'extract.read')
  const mappings = await listMappings(viewing.handle)
  return mappings.filter(({ organization }) => may(viewing.actor, 'extract.read', organization))
}

/** @throws Problem `extracts/mapping-not-found`, also for what one may not see */
export async function readMapping(
  viewing: Viewing,
  organization: string,
  system: string,
): Promise<SavedMapping> {
  const mapping = await findMapping(viewing.handle, organization, system)
  if (mapping === null || !may(viewing.actor, 'extract.read', organization)) {
    throw new Problem('not-found', 'extracts/mapping-not-found', {
      fr: 'Cette correspondance n’existe pas.',
      en: 'There is no such mapping.',
    })
  }
  return mapping
}

export async function changeMapping(
  context: Context,
  { version, ...stated }: StatedMapping,
): Promise<SavedMapping> {
  authorize(context, 'extract.load', stated.organization)
  const { work, actor } = context
  await requireOrganization(work, stated.organization)
  const before = await lockMapping(work, stated.organization, stated.system)
  requireVersion(before?.version ?? 0, version)
  requireDistinct(stated)
  const save = before === null ? insertMapping : updateMapping
  await save(work, { ...stated, changedBy: actor.email })
  const after = await findMapping(work, stated.organization, stated.system)
  if (after === null) {
    throw new RangeError('a mapping that was saved is not there')
  }
  await record(context, {
    type: 'extract-mapping.changed',
    subject: `extract-mapping/${stated.organization}/${stated.system}`,
    before: before === null ? null : mappingFacts(before),
    after: mappingFacts(after),
  })
  return after
}

/** @throws Problem `extracts/mapping-stale` */
function requireVersion(current: number, seen: number): void {
  if (current !== seen) {
    throw new Problem('stale', 'extracts/mapping-stale', {
      fr: `Cette correspondance est à la version ${current}, et non ${seen}. Relisez-la.`,
      en: `This mapping is at version ${current}, not ${seen}. Read it again.`,
    })
  }
}

function requireDistinct(mapping: ColumnMapping): void {
  const names = mappedColumns(mapping)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) {
    throw refuseField(
      'columns',
      'extracts/mapping-repeated',
      {
        fr: `La colonne « ${twice} » sert à deux choses.`,
        en: `The column “${twice}” stands for two things.`,
      },
      twice,
    )
  }
}
