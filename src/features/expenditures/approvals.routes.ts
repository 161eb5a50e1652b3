import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import { answerListFile, factsOf } from '#features/identity/list-files.public.ts'
import { described } from '#platform/http/answers.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageOf, pageSchema } from '#platform/http/lists.ts'
import { everyApproval, readApprovals } from './approvals.actions.ts'
import { waitingFacts, waitingKinds } from './approvals.ts'
import { expenditureSchema, periodSchema } from './expenditure-answer.routes.ts'
import { approvalRecords } from './expenditure-records.table.ts'

const query = z.strictObject({ limit: limitField, cursor: cursorField })

const waiting = z
  .object({
    kind: z.enum(waitingKinds),
    request: z.string().nullable().meta({ description: 'Id of the request that is asked.' }),
    since: z.string().nullable().meta({ format: 'date-time' }),
    recordsIn: periodSchema.nullable().meta({ description: 'Where an approval would record it.' }),
    flags: z.array(z.string()),
    reasons: z
      .array(z.object({ flag: z.string(), text: z.object({ fr: z.string(), en: z.string() }) }))
      .meta({ description: 'Why it is flagged, as things stand now.' }),
    needsJustification: z.boolean(),
    expenditure: expenditureSchema,
  })
  .meta({ id: 'Waiting' })

/** What waits for the decision of whoever asks, the oldest first. */
export function registerApprovals(server: HttpServer, calls: Calls): void {
  server.get(
    '/approvals',
    {
      config: { act: 'expenditure.decide' },
      schema: {
        tags: ['expenditures'],
        querystring: query,
        response: described({ 200: pageSchema(waiting) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) => {
        const { limit, cursor } = request.query
        const after = cursorParts(cursor, [cursorForms.microseconds, cursorForms.uuid])
        const { rows, count, total } = await readApprovals(viewing, { limit, after })
        return pageOf(rows, {
          limit,
          count,
          total,
          cursorOf: (row) => row.cursor,
          itemOf: waitingFacts,
        })
      }),
  )
  server.get(
    '/approvals.csv',
    {
      config: { act: 'expenditure.decide' },
      handlerTimeout: fileMillisMax,
      schema: { tags: ['expenditures'], querystring: z.strictObject(fileFields) },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], approvalRecords, (viewing) =>
        factsOf(everyApproval(viewing), waitingFacts),
      ),
  )
}
