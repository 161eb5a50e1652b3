import { sum } from '#core/money.ts'
import type { Calls } from '#features/identity/calls.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { pageSchema, slicePage } from '#platform/http/lists.ts'
import { readUploadParts, uploadMillisMax } from '#platform/http/uploads.ts'
import { extractFacts } from './extract.ts'
import { registerExtractFiles } from './extract-files.routes.ts'
import {
  extractQuery,
  extractSchema,
  extractsSchema,
  mappingBody,
  mappingSchema,
  newExtract,
  ofExtract,
  pageQuery,
  rowsSchema,
} from './extract-input.routes.ts'
import { readExtract, readExtractRowsOf, readExtracts } from './extract-list.actions.ts'
import { chooseMapping, loadExtract, readLedgerFile } from './load.actions.ts'
import { mappingFacts } from './mapping.ts'
import { changeMapping, readMappings } from './mappings.actions.ts'

const tags = ['extracts']

/** Ledger extracts: loaded from a file, listed, opened; and the mappings that read them. */
export function registerExtracts(server: HttpServer, calls: Calls): void {
  registerLoading(server, calls)
  registerReadings(server, calls)
  registerMappings(server, calls)
  registerExtractFiles(server, calls)
}

const loadingDescription =
  'A form with the part `file` (XLSX or CSV, at most 20 MiB), what is stated of it: `organization`, `fiscalYear`, `period`, `rows`, `total` (the control total, in the signs of the file), and when there is a need `system` (whose saved mapping reads the columns), `supersedes` (the extract that this one corrects), `encoding`, `delimiter`, `decimal`, `dateOrder`, `sheet`, `headerRow`. Stored as a whole, or not at all.'

function registerLoading(server: HttpServer, calls: Calls): void {
  server.post(
    '/extracts',
    {
      config: { act: 'extract.load', takesFile: true },
      handlerTimeout: uploadMillisMax,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        description: loadingDescription,
        response: described({ 201: extractSchema }),
      },
    },
    async (request, reply) => {
      const { name, bytes, fields } = await readUploadParts(request, newExtract)
      const { fiscalYear, period: number, ...said } = fields
      const { organization, rows, total, system, supersedes, ...asked } = said
      const period = { fiscalYear, number }
      const stated = { organization, period, rows, total, system, supersedes }
      const mapping = await calls.look(request, (viewing) => chooseMapping(viewing, stated))
      const file = { name, bytes, asked }
      // A refusal waits for the action: a request sent again is answered as it was the first time.
      const reading = readLedgerFile(file, mapping)
      await Promise.allSettled([reading])
      return calls.act(request, reply, async (context) => ({
        status: 201,
        body: extractFacts(await loadExtract(context, stated, file, reading)),
      }))
    },
  )
}

function registerReadings(server: HttpServer, calls: Calls): void {
  server.get(
    '/extracts',
    {
      config: { act: 'extract.read' },
      schema: { tags, querystring: extractQuery, response: described({ 200: extractsSchema }) },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const extracts = await readExtracts(viewing, request.query)
        const page = slicePage(extracts, request.query, {
          codeOf: ({ id }) => id,
          itemOf: extractFacts,
        })
        // What is superseded counts no more.
        const counted = extracts.filter(({ supersededBy }) => supersededBy === null)
        return { ...page, total: sum(counted.map(({ total }) => total)) }
      }),
  )
  server.get(
    '/extracts/:id',
    {
      config: { act: 'extract.read' },
      schema: { tags, params: ofExtract, response: described({ 200: extractSchema }) },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        extractFacts(await readExtract(viewing, request.params.id)),
      ),
  )
  server.get(
    '/extracts/:id/rows',
    {
      config: { act: 'extract.read' },
      schema: {
        ...{ tags, params: ofExtract, querystring: pageQuery },
        response: described({ 200: rowsSchema }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const rows = await readExtractRowsOf(viewing, request.params.id)
        const page = slicePage(rows, request.query, {
          codeOf: ({ number }) => String(number),
          itemOf: (row) => row,
        })
        return { ...page, total: sum(rows.map(({ amount }) => amount)) }
      }),
  )
}

function registerMappings(server: HttpServer, calls: Calls): void {
  server.get(
    '/extract-mappings',
    {
      config: { act: 'extract.read' },
      schema: {
        ...{ tags, querystring: pageQuery },
        response: described({ 200: pageSchema(mappingSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await readMappings(viewing), request.query, {
          codeOf: ({ organization, system }) => `${organization}/${system}`,
          itemOf: mappingFacts,
        }),
      ),
  )
  server.put(
    '/extract-mappings',
    {
      config: { act: 'extract.load' },
      schema: { tags, body: mappingBody, response: described({ 200: mappingSchema }) },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) => ({
        status: 200,
        body: mappingFacts(await changeMapping(context, request.body)),
      })),
  )
}
