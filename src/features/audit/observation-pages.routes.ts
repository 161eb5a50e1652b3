import { z } from 'zod'
import { encodeCursor, limitDefault } from '#core/page.ts'
import { recordTable } from '#core/record-table.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField } from '#platform/http/input.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage, type Page, type Screen } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { filterLines } from '#platform/tables/table-workbook.ts'
import { readStanding } from './audit.public.ts'
import { observationBody, ofSubject } from './observation-input.routes.ts'
import { everyObservation, readObservations, writeObservation } from './observations.actions.ts'
import { observationFilters, observationsPage } from './observations.views.tsx'
import { observationRecords } from './record-lists.table.ts'

const read = { act: 'observation.read' } as const

const listQuery = ofSubject.extend({ cursor: cursorField, done: z.literal('written').optional() })
type ListQuery = z.output<typeof listQuery>

/** What auditors write about the record, and where they write it. */
export function registerObservationPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/observations',
    { config: read, schema: { querystring: listQuery } },
    (request, reply) =>
      pages.show(request, reply, (viewing, screen) => list(viewing, screen, request.query)),
  )
  server.post('/observations', { config: { act: 'observation.write' } }, (request, reply) =>
    pages.act(request, reply, {
      fields: observationBody,
      run: async (context, { fields }) => {
        const { subject } = await writeObservation(context, fields)
        return `/observations?${new URLSearchParams({ subject, done: 'written' })}`
      },
      again: (viewing, screen) => list(viewing, screen, { cursor: null }),
    }),
  )
  registerFiles(server, pages)
}

async function list(viewing: Viewing, screen: Screen, query: ListQuery): Promise<Page> {
  const { cursor, done, ...filter } = query
  const after = cursorParts(cursor, [cursorForms.position])?.[0] ?? null
  const limit = limitDefault
  const { observations, count } = await readObservations(viewing, filter, { after, limit })
  const last = observations.length > limit ? observations[limit - 1] : undefined
  const facts = {
    observations: observations.slice(0, limit),
    count,
    next: last === undefined ? null : encodeCursor([last.place]),
    subject: filter.subject,
    isWritten: done !== undefined,
  }
  return observationsPage(facts, screen)
}

function registerFiles(server: HttpServer, pages: Pages): void {
  for (const ending of tableEndings) {
    server.get(
      `/observations.${ending}`,
      { config: read, schema: { querystring: ofSubject.extend({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect, ...filter } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => ({
          table: recordTable(observationRecords, await allOf(everyObservation(viewing, filter))),
          filters: filterLines(askedIn(request.url), observationFilters, language),
          standing: await readStanding(viewing.handle, null),
          isSum: false,
        }))
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}

async function allOf<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const page of pages) {
    all.push(...page)
  }
  return all
}
