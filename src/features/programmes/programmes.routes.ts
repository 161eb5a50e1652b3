import { z } from 'zod'
import type { RecordList } from '#core/record-table.ts'
import type { Calls } from '#features/identity/calls.public.ts'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { answerListFile, wholeList } from '#features/identity/list-files.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField, textField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { slicePage } from '#platform/http/lists.ts'
import { measureCode, measureNotFound } from './measure.ts'
import { announcementJson, measureJson, programmeJson } from './plan-json.ts'
import { announcementRecords, measureRecords, programmeRecords } from './plan-records.table.ts'
import {
  listAnnouncements,
  listAxes,
  listMeasures,
  listNotes,
  listProgrammes,
} from './programmes.store.ts'

const tags = ['plan']
const config = { act: 'plan.read' } as const
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })
const fileQuery = z.strictObject(fileFields)
const ofCode = z.strictObject({ code: textField(60) })

export function registerProgrammes(server: HttpServer, calls: Calls): void {
  for (const { path, list, read } of lists) {
    server.get(path, { config, schema: { tags, querystring: listQuery } }, (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await read(viewing), request.query, {
          codeOf: ({ code }) => code,
          itemOf: (item) => item,
        }),
      ),
    )
    server.get(
      `${path}.csv`,
      { config, handlerTimeout: fileMillisMax, schema: { tags, querystring: fileQuery } },
      (request, reply) =>
        answerListFile(calls, [request, reply], list, (viewing) => wholeList(read(viewing))),
    )
  }
  registerMeasure(server, calls)
}

interface PlanList {
  readonly path: string
  readonly list: RecordList
  readonly read: (viewing: Viewing) => Promise<readonly { readonly code: string }[]>
}

const lists: readonly PlanList[] = [
  { path: '/programmes', list: programmeRecords, read: readProgrammes },
  { path: '/measures', list: measureRecords, read: readMeasures },
  { path: '/announcements', list: announcementRecords, read: readAnnouncements },
]

async function readProgrammes(viewing: Viewing) {
  authorize(viewing, 'plan.read')
  const axes = await listAxes(viewing.handle)
  const notes = await listNotes(viewing.handle)
  return (await listProgrammes(viewing.handle)).map((programme) =>
    programmeJson(programme, axes, notes.get(programme.code) ?? []),
  )
}

async function readMeasures(viewing: Viewing) {
  authorize(viewing, 'plan.read')
  return (await listMeasures(viewing.handle)).map(measureJson)
}

async function readAnnouncements(viewing: Viewing) {
  authorize(viewing, 'plan.read')
  return (await listAnnouncements(viewing.handle)).map(announcementJson)
}

function registerMeasure(server: HttpServer, calls: Calls): void {
  server.get('/measures/:code', { config, schema: { tags, params: ofCode } }, (request) =>
    calls.look(request, async (viewing) => {
      authorize(viewing, 'plan.read')
      const [measure] = await listMeasures(viewing.handle, {
        code: measureCode(request.params.code),
      })
      if (measure === undefined) {
        throw measureNotFound(request.params.code)
      }
      return measureJson(measure)
    }),
  )
}
