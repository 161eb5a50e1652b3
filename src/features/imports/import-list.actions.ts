import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { everyPage } from '#platform/db/every-page.ts'
import type { ImportBatch, ImportRow, RowState } from './import.ts'
import { listRows } from './import-rows.store.ts'
import { importNotFound } from './import-rules.ts'
import { countImports, findImport, type ImportPage, listImports } from './imports.store.ts'

export async function readImports(viewing: Viewing, page: ImportPage) {
  authorize(viewing, 'import.read')
  const { handle } = viewing
  return { rows: await listImports(handle, page), count: await countImports(handle) }
}

/** What one may not see is answered like what does not exist: the database hides it. */
export async function readImport(viewing: Viewing, id: string): Promise<ImportBatch> {
  authorize(viewing, 'import.read')
  const batch = await findImport(viewing.handle, id)
  if (batch === null) {
    throw importNotFound()
  }
  return batch
}

export interface RowPage {
  readonly state: RowState | undefined
  readonly limit: number
  /** Number of the last row already seen. */
  readonly after: number
}

/** One more than asked when another page follows. */
export const readImportRows = (
  { handle }: Viewing,
  { id }: ImportBatch,
  { state, limit, after }: RowPage,
): Promise<readonly ImportRow[]> =>
  listRows(handle, {
    batch: id,
    after,
    limit: limit + 1,
    ...(state === undefined ? {} : { states: [state] }),
  })

/** All of them, page by page: for a file, and for the terminal. */
export function everyImport(viewing: Viewing): AsyncGenerator<readonly ImportBatch[]> {
  authorize(viewing, 'import.read')
  return everyPage(
    (page) => listImports(viewing.handle, page),
    ({ cursor }) => cursor,
  )
}

export const everyImportRow = (
  viewing: Viewing,
  batch: ImportBatch,
  state: RowState | undefined,
): AsyncGenerator<readonly ImportRow[]> =>
  everyPage(
    ({ limit, after }) =>
      readImportRows(viewing, batch, { state, limit, after: Number(after?.[0] ?? 0) }),
    ({ place }) => [String(place)],
  )
