import { z } from 'zod'
import type { PeriodNumber } from '#core/period.ts'
import type { Calls } from '#features/identity/calls.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { answerListFile } from '#features/identity/list-files.public.ts'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, fiscalYearField, limitField, textField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageSchema, slicePage } from '#platform/http/lists.ts'
import { readPeriods } from './period-list.public.ts'
import { periodRecords } from './period-records.table.ts'
import { askedStates, keptKey, listedFacts, periodStates } from './period-state.ts'
import {
  closePeriod,
  type DecidedPeriod,
  reopenPeriod,
  type ShownPeriod,
} from './periods.actions.ts'

const tags = ['periods']

const query = z.strictObject({
  organization: textField(60).optional(),
  fiscalYear: fiscalYearField.optional(),
  state: z.enum(askedStates).optional(),
  limit: limitField,
  cursor: cursorField,
})

const fileQuery = query.omit({ limit: true, cursor: true }).extend(fileFields)

const body = z.strictObject({
  organization: textField(60),
  fiscalYear: fiscalYearField,
  period: z
    .int()
    .min(1)
    .max(13)
    .meta({ description: '1 is April, 13 the supplementary period.' })
    .transform((number) => number as PeriodNumber),
  version: z.int().positive().meta({ description: 'The one that the list shows.' }),
  reason: textField(2000)
    .nullish()
    .transform((reason) => reason ?? null)
    .meta({ description: 'Needed to reopen.' }),
})

const said = {
  organization: z.string(),
  fiscalYear: z.string().meta({ examples: ['2025-2026'] }),
  period: z.int().min(1).max(13),
  key: z.string().meta({ examples: ['2025-2026-P03'] }),
  version: z.int(),
  state: z.enum(periodStates),
}

const listed = z
  .object({
    ...said,
    fiscalYearState: z.enum(periodStates).meta({ description: 'Closed when all thirteen are.' }),
    closedBy: z.string().nullable(),
    closedAt: z.string().nullable().meta({ format: 'date-time' }),
  })
  .meta({ id: 'Period' })

const decided = z
  .object({ ...said, position: z.int().meta({ description: 'Of the event that says so.' }) })
  .meta({ id: 'DecidedPeriod' })

/** The state of periods, which everybody reads; administrators close and reopen them. */
export function registerPeriods(server: HttpServer, calls: Calls): void {
  server.get(
    '/periods',
    {
      config: { act: 'period.read' },
      schema: { tags, querystring: query, response: described({ 200: pageSchema(listed) }) },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await readPeriods(viewing, request.query), request.query, {
          codeOf: keptKey,
          itemOf: listedFacts,
        }),
      ),
  )
  server.get(
    '/periods.csv',
    {
      config: { act: 'period.read' },
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: fileQuery },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], periodRecords, async function* (viewing) {
        yield (await readPeriods(viewing, request.query)).map(listedFacts)
      }),
  )
  registerDecision(server, calls, '/periods/close', closePeriod)
  registerDecision(server, calls, '/periods/reopen', reopenPeriod)
}

function registerDecision(
  server: HttpServer,
  calls: Calls,
  path: string,
  decide: (context: Context, shown: ShownPeriod) => Promise<DecidedPeriod>,
): void {
  server.post(
    path,
    {
      config: { act: 'period.manage' },
      schema: { tags, body, response: described({ 200: decided }) },
    },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const { organization, fiscalYear, period: number, version, reason } = request.body
        const shown = { organization, period: { fiscalYear, number }, version, reason }
        return { status: 200, body: await decide(context, shown) }
      }),
  )
}
