import { z } from 'zod'
import { rowsMax } from '#core/grid.ts'
import { encodeCursor, limitDefault, limitMax } from '#core/page.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import { cursorForms, cursorParts } from '#platform/http/cursors.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField } from '#platform/http/input.ts'
import type { Page, Screen } from '#platform/http/page-answer.ts'
import { requireFile, uploadMillisMax } from '#platform/http/uploads.ts'
import { rowStates } from './import.ts'
import { importPage } from './import.views.tsx'
import { ofFile, ofImport } from './import-input.routes.ts'
import { readImport, readImportRows, readImports } from './import-list.actions.ts'
import { nextSteps } from './import-next.ts'
import { importsPage } from './imports.views.tsx'
import { previewImport, readImportFile } from './preview.actions.ts'
import { readRecorded } from './read-again.actions.ts'

const read = { act: 'import.read' } as const

const listQuery = z.strictObject({ cursor: cursorField, done: z.enum(['discarded']).optional() })

const after = z
  .string()
  .regex(/^[1-9]\d{0,6}$/)
  .transform((text) => Math.min(Number(text), rowsMax))

const shownQuery = z.strictObject({
  state: z.enum(rowStates).optional(),
  after: after.optional(),
  done: z.literal('step').optional(),
})

/** Files of expenditures as people bring them, look at them and take them in. */
export function registerImportPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerBringing(server, pages)
  registerOne(server, pages)
}

async function list(
  viewing: Viewing,
  screen: Screen,
  query: Partial<z.infer<typeof listQuery>>,
): Promise<Page> {
  const limit = limitDefault
  const from = cursorParts(query.cursor ?? null, [cursorForms.microseconds, cursorForms.uuid])
  const { rows } = await readImports(viewing, { limit, after: from })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return importsPage(
    {
      batches: rows.slice(0, limit),
      nextCursor: last === undefined ? null : encodeCursor(last.cursor),
      mayBring: may(viewing.actor, 'import.prepare'),
      isDiscarded: query.done === 'discarded',
    },
    screen,
  )
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get('/imports', { config: read, schema: { querystring: listQuery } }, (request, reply) =>
    pages.show(request, reply, (viewing, screen) => list(viewing, screen, request.query)),
  )
}

function registerBringing(server: HttpServer, pages: Pages): void {
  server.post(
    '/imports',
    {
      config: { act: 'import.prepare', takesFile: true },
      handlerTimeout: uploadMillisMax,
    },
    (request, reply) =>
      pages.act(request, reply, {
        fields: ofFile,
        prepare: ({ fields: asked, file }) => readImportFile({ ...requireFile(file), asked }),
        run: async (context, _sent, file) => {
          const { id } = await previewImport(context, file)
          return `/imports/${id}`
        },
        again: (viewing, screen) => list(viewing, screen, {}),
      }),
  )
}

/** The import with its rows, for this reader. */
export async function showImport(
  viewing: Viewing,
  screen: Screen,
  asked: { readonly id: string } & Partial<z.infer<typeof shownQuery>>,
): Promise<Page> {
  const { id, state, after: from = 0, done } = asked
  const batch = await readImport(viewing, id)
  const limit = limitMax
  const rows = await readImportRows(viewing, batch, { state, limit, after: from })
  const shown = rows.slice(0, limit)
  const isThere = screen.navigation.some(({ entries }) =>
    entries.some(({ path }) => path === '/expenditures'),
  )
  const view = {
    batch,
    rows: shown,
    shown: state,
    nextAfter: rows.length > limit ? (shown.at(-1)?.place ?? null) : null,
    recorded: new Set(isThere ? await readRecorded(viewing, batch) : []),
    next: nextSteps(batch, viewing.actor),
    isDone: done !== undefined,
  }
  return importPage(view, screen)
}

function registerOne(server: HttpServer, pages: Pages): void {
  server.get(
    '/imports/:id',
    { config: read, schema: { params: ofImport, querystring: shownQuery } },
    (request, reply) =>
      pages.show(request, reply, (viewing, screen) =>
        showImport(viewing, screen, { ...request.params, ...request.query }),
      ),
  )
}
