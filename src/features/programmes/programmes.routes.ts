import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize } from '#features/identity/context.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField, textField } from '#platform/http/input.ts'
import { slicePage } from '#platform/http/lists.ts'
import { measureCode } from './measure.ts'
import { announcementJson, measureJson, programmeJson } from './plan-json.ts'
import {
  listAnnouncements,
  listAxes,
  listMeasures,
  listNotes,
  listProgrammes,
} from './programmes.store.ts'

const tags = ['plan']
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })
const ofCode = z.strictObject({ code: textField(60) })

export function registerProgrammes(server: HttpServer, calls: Calls): void {
  server.get('/programmes', { schema: { tags, querystring: listQuery } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const programmes = await listProgrammes(viewing.handle)
      const axes = await listAxes(viewing.handle)
      const notes = await listNotes(viewing.handle)
      return slicePage(programmes, request.query, {
        codeOf: ({ code }) => code,
        itemOf: (programme) => programmeJson(programme, axes, notes.get(programme.code) ?? []),
      })
    }),
  )
  server.get('/measures', { schema: { tags, querystring: listQuery } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      return slicePage(await listMeasures(viewing.handle), request.query, {
        codeOf: ({ code }) => code,
        itemOf: measureJson,
      })
    }),
  )
  server.get('/measures/:code', { schema: { tags, params: ofCode } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const [measure] = await listMeasures(viewing.handle, measureCode(request.params.code))
      if (measure === undefined) {
        throw new Problem('not-found', 'programmes/measure-not-found', {
          fr: `La mesure « ${request.params.code} » n’existe pas dans le plan.`,
          en: `There is no measure “${request.params.code}” in the plan.`,
        })
      }
      return measureJson(measure)
    }),
  )
  server.get('/announcements', { schema: { tags, querystring: listQuery } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      return slicePage(await listAnnouncements(viewing.handle), request.query, {
        codeOf: ({ code }) => code,
        itemOf: announcementJson,
      })
    }),
  )
}
