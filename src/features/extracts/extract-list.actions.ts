import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import { type Extract, extractNotFound } from './extract.ts'
import type { ExtractRow } from './extract-rows.ts'
import { type ExtractFilter, findExtract, listExtracts, listRows } from './extracts.store.ts'

export async function readExtracts(
  viewing: Viewing,
  filter: ExtractFilter,
): Promise<readonly Extract[]> {
  authorize(viewing, 'extract.read')
  const extracts = await listExtracts(viewing.handle, filter)
  return extracts.filter(({ organization }) => may(viewing.actor, 'extract.read', organization))
}

/** What one may not see is answered like what does not exist. */
export async function readExtract(viewing: Viewing, id: string): Promise<Extract> {
  const extract = await findExtract(viewing.handle, id)
  if (extract === null || !may(viewing.actor, 'extract.read', extract.organization)) {
    throw extractNotFound()
  }
  return extract
}

export async function readExtractRowsOf(
  viewing: Viewing,
  id: string,
): Promise<readonly ExtractRow[]> {
  const extract = await readExtract(viewing, id)
  return listRows(viewing.handle, extract.id)
}
