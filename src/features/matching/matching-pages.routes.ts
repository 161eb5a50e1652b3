import { z } from 'zod'
import type { Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { amountField, refuseInput, uuidField } from '#platform/http/input.ts'
import type { Page, Screen } from '#platform/http/page-answer.ts'
import { extractUnknown, wholeDays } from './asked-run.ts'
import { matchingPage } from './matching.views.tsx'
import { runMatching } from './run.actions.ts'
import { readMatchable, readRuns } from './run-list.actions.ts'

const read = { act: 'matching.read' } as const

/** A hundred thousand rows against as many expenditures take longer than an ordinary call. */
const runMillisMax = 120_000

const runForm = z.strictObject({
  extract: uuidField,
  tolerance: amountField,
  toleranceDays: z.string().transform((text, context): number => {
    const days = wholeDays(text)
    return days.ok ? days.value : refuseInput(context, days.issue)
  }),
})

/** Matchings as a list, and the form that runs one. */
export function registerMatchingPages(server: HttpServer, pages: Pages): void {
  server.get('/matching', { config: read }, (request, reply) => pages.show(request, reply, list))
  server.post(
    '/matching',
    { config: { act: 'matching.prepare' }, handlerTimeout: runMillisMax },
    (request, reply) =>
      pages.act(request, reply, {
        fields: runForm,
        run: async (context, { fields: { extract: id, ...tolerances } }) => {
          const extracts = await readMatchable({ ...context, handle: context.work })
          const extract = extracts.find((each) => each.id === id)
          if (extract === undefined) {
            throw extractUnknown()
          }
          const { organization, period } = extract
          const shown = await runMatching(context, { organization, period, ...tolerances })
          return `/matching/${shown.contents.run.id}`
        },
        again: list,
      }),
  )
}

async function list(viewing: Viewing, screen: Screen): Promise<Page> {
  const facts = {
    runs: await readRuns(viewing, {}),
    extracts: await readMatchable(viewing),
    mayLoad: may(viewing.actor, 'extract.load'),
  }
  return matchingPage(facts, screen)
}
