import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { answerListFile, wholeList } from '#features/identity/list-files.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { extractFacts } from './extract.ts'
import { extractQuery, ofExtract } from './extract-input.routes.ts'
import { readExtractRowsOf, readExtracts } from './extract-list.actions.ts'
import { extractRecords, extractRowRecords, mappingRecords } from './extract-records.table.ts'
import { mappingFacts } from './mapping.ts'
import { readMappings } from './mappings.actions.ts'

const common = { config: { act: 'extract.read' }, handlerTimeout: fileMillisMax } as const
const tags = ['extracts']
const querystring = z.strictObject(fileFields)
const listQuery = extractQuery.omit({ limit: true, cursor: true }).extend(fileFields)

/** Extracts, the rows of one and saved mappings, as files. */
export function registerExtractFiles(server: HttpServer, calls: Calls): void {
  server.get(
    '/extracts.csv',
    { ...common, schema: { tags, querystring: listQuery } },
    (request, reply) =>
      answerListFile(calls, [request, reply], extractRecords, async function* (viewing) {
        yield (await readExtracts(viewing, request.query)).map(extractFacts)
      }),
  )
  server.get(
    '/extracts/:id/rows.csv',
    { ...common, schema: { tags, params: ofExtract, querystring } },
    (request, reply) =>
      answerListFile(calls, [request, reply], extractRowRecords, (viewing) =>
        wholeList(readExtractRowsOf(viewing, request.params.id)),
      ),
  )
  server.get(
    '/extract-mappings.csv',
    { ...common, schema: { tags, querystring } },
    (request, reply) =>
      answerListFile(calls, [request, reply], mappingRecords, async function* (viewing) {
        yield (await readMappings(viewing)).map(mappingFacts)
      }),
  )
}
