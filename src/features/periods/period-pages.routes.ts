import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readPeriod } from '#core/period.ts'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { fiscalYearField, refuseInput, textField } from '#platform/http/input.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { readPeriods } from './period-list.public.ts'
import { askedStates } from './period-state.ts'
import { closePeriod, readObstacles, reopenPeriod } from './periods.actions.ts'
import { periodsTable } from './periods.table.ts'
import { periodDone, periodPage, periodsAgain, periodsPage } from './periods.views.tsx'

const read = { act: 'period.read' } as const
const manage = { act: 'period.manage' } as const

const filter = z.strictObject({
  organization: textField(60).optional(),
  fiscalYear: fiscalYearField.optional(),
  state: z.enum(askedStates).optional(),
})
const query = filter.extend({ done: z.enum(periodDone).optional() })

const ofPeriod = z.strictObject({
  organization: textField(60),
  period: z.string().transform((text, context) => {
    const found = readPeriod(text)
    return found.ok ? found.value : refuseInput(context, found.issue)
  }),
})

const decision = z.strictObject({
  step: z.enum(['close', 'reopen']),
  reason: textField(2000).optional(),
})

/** What is open and what is closed, for everybody; administrators close and reopen. */
export function registerPeriodPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerOne(server, pages)
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get(
    '/periods',
    { config: read, attachValidation: true, schema: { querystring: query } },
    (request, reply) =>
      pages.show(
        request,
        reply,
        async (viewing, screen) => {
          const { done, ...asked } = request.query
          const periods = await readPeriods(viewing, asked)
          const mayManage = may(viewing.actor, 'period.manage')
          return periodsPage({ periods, asked: { ...asked, done }, mayManage }, screen)
        },
        async (_viewing, screen) => periodsAgain(screen),
      ),
  )
  for (const ending of tableEndings) {
    server.get(
      `/periods.${ending}`,
      { config: read, schema: { querystring: filter.extend({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect, ...asked } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => ({
          table: periodsTable(await readPeriods(viewing, asked)),
          filters: Object.values(asked).flatMap((value) => value ?? []),
          standing: await readStanding(viewing.handle, null),
          isSum: false,
        }))
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
}

type OfPeriod = FastifyRequest<{ Params: z.infer<typeof ofPeriod> }>

const standingOf = ({ params }: Pick<OfPeriod, 'params'>) =>
  [params.organization, params.period] as const

function registerOne(server: HttpServer, pages: Pages): void {
  server.get(
    '/periods/:organization/:period',
    { config: manage, schema: { params: ofPeriod } },
    (request, reply) =>
      pages.show(request, reply, async (viewing, screen) =>
        periodPage(await readObstacles(viewing, ...standingOf(request)), screen),
      ),
  )
  server.post(
    '/periods/:organization/:period',
    { config: manage, schema: { params: ofPeriod } },
    (request, reply) =>
      pages.act(request, reply, {
        fields: decision,
        run: async (context, sent) => {
          const { organization, period } = request.params
          const { step, reason = null } = sent.fields
          const { decide, done } = decisions[step]
          await decide(context, {
            ...{ organization, period, reason },
            get version() {
              return sent.version
            },
          })
          return `/periods?organization=${encodeURIComponent(organization)}&done=${done}`
        },
        again: async (viewing, screen) =>
          periodPage(await readObstacles(viewing, ...standingOf(request)), screen),
      }),
  )
}

const decisions = {
  close: { decide: closePeriod, done: 'closed' },
  reopen: { decide: reopenPeriod, done: 'reopened' },
} as const
