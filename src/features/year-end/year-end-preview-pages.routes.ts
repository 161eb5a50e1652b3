import { z } from 'zod'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import { type Fields, readFields } from '#platform/http/form-fields.ts'
import { flatten, nestFields } from '#platform/http/forms.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { askedIn } from '#platform/http/page-address.ts'
import { languageOfPage, type Page, type Screen } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { prepareYearEnd, previewYearEnd } from './year-end.actions.ts'
import { readClosingGround } from './year-end-document.actions.ts'
import { yearEndBody } from './year-end-input.routes.ts'
import { previewPage, previewTable } from './year-end-preview.views.tsx'

const config = { act: 'proposal.read' } as const

/** What is asked is in the address, as a form of several policies sends it. */
const questionOf = (url: string): Fields => nestFields(askedIn(url))

/** What closing a year would do; whoever agrees prepares it from there. */
export function registerYearEndPreviewPages(server: HttpServer, pages: Pages): void {
  server.get('/year-end/preview', { config }, (request, reply) =>
    pages.show(
      request,
      reply,
      (viewing, screen) => preview(viewing, screen, questionOf(request.url)),
      (viewing, screen) => question(viewing, asTyped(screen, questionOf(request.url))),
    ),
  )
  server.post('/year-end/preview', { config: { act: 'proposal.prepare' } }, (request, reply) =>
    pages.act(request, reply, {
      fields: yearEndBody,
      run: async (context, { fields }) => `/year-end/${(await prepareYearEnd(context, fields)).id}`,
      again: question,
    }),
  )
  registerFiles(server, pages)
}

async function preview(viewing: Viewing, screen: Screen, asked: Fields): Promise<Page> {
  if (Object.keys(asked).length === 0) {
    return question(viewing, screen)
  }
  const { policies, ...stated } = readFields(yearEndBody, asked)
  const facts = {
    ground: await readClosingGround(viewing),
    preview: { of: await previewYearEnd(viewing, { ...stated, policies }), policies },
    mayPrepare: may(viewing.actor, 'proposal.prepare'),
  }
  return previewPage(facts, screen)
}

const question = async (viewing: Viewing, screen: Screen): Promise<Page> =>
  previewPage(
    { ground: await readClosingGround(viewing), preview: null, mayPrepare: false },
    screen,
  )

/** Rows that hold nothing are left out, and what is wrong is told by the place of the others. */
const asTyped = (screen: Screen, asked: Fields): Screen => ({
  ...screen,
  form: { ...screen.form, typed: flatten(asked) },
})

function registerFiles(server: HttpServer, pages: Pages): void {
  const query = z.looseObject({ dialect: dialectField })
  for (const ending of tableEndings) {
    server.get(
      `/year-end/preview.${ending}`,
      { config, schema: { querystring: query } },
      async (request, reply) => {
        const { dialect } = request.query
        const { dialect: _dialect, ...asked } = questionOf(request.url)
        const file = await pages.look(request, async (viewing) => {
          const stated = readFields(yearEndBody, asked)
          return {
            table: previewTable(await previewYearEnd(viewing, stated)),
            filters: [`${stated.programme} ${stated.fiscalYear}`],
            standing: await readStanding(viewing.handle, null),
            isSum: true,
          }
        })
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}
