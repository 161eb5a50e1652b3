import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { answerListFile, factsOf } from '#features/identity/list-files.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { importFacts, importRowFacts } from './import.ts'
import { importQuery, ofImport } from './import-input.routes.ts'
import { everyImport, everyImportRow, readImport } from './import-list.actions.ts'
import { importRecords, importRowRecords } from './import-records.table.ts'

const common = { config: { act: 'import.read' }, handlerTimeout: fileMillisMax } as const
const tags = ['imports']
const querystring = z.strictObject(fileFields)
const rowsQuery = importQuery.omit({ limit: true, cursor: true }).extend(fileFields)

/** Imports, and the rows of one, as files. */
export function registerImportFiles(server: HttpServer, calls: Calls): void {
  server.get('/imports.csv', { ...common, schema: { tags, querystring } }, (request, reply) =>
    answerListFile(calls, [request, reply], importRecords, (viewing) =>
      factsOf(everyImport(viewing), importFacts),
    ),
  )
  server.get(
    '/imports/:id/rows.csv',
    { ...common, schema: { tags, params: ofImport, querystring: rowsQuery } },
    (request, reply) =>
      answerListFile(calls, [request, reply], importRowRecords, async function* (viewing) {
        const batch = await readImport(viewing, request.params.id)
        yield* factsOf(everyImportRow(viewing, batch, request.query.state), importRowFacts)
      }),
  )
}
