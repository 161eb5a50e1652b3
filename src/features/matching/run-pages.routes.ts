import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readStanding } from '#features/audit/audit.public.ts'
import type { Sent, Showing } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { may } from '#features/identity/permission.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { amountField, lineField, textField, uuidField } from '#platform/http/input.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { nothingChosen } from './manual.ts'
import { ofRun } from './matching-input.routes.ts'
import { openLinesTable } from './open-lines.table.ts'
import { causes } from './run.ts'
import { runPage } from './run.views.tsx'
import { runFacts } from './run-facts.ts'
import { readRun } from './run-list.actions.ts'
import { runView } from './run-view.ts'
import { signPage } from './sign.views.tsx'
import { signRun } from './signing.actions.ts'
import { explainOpen, matchByHand, type SeenRun, splitRow, unmatch } from './steps.actions.ts'

const read = { act: 'matching.read' } as const
const prepare = { act: 'matching.prepare' } as const
const sign = { act: 'matching.sign' } as const

const fileQuery = z.strictObject({ dialect: dialectField })
const shownQuery = z.strictObject({ done: z.literal('step').optional() })

/** One matching: proposals, what is open on both sides, and the steps that a person takes. */
export function registerRunPages(server: HttpServer, pages: Pages): void {
  server.get(
    '/matching/:id',
    { config: read, schema: { params: ofRun, querystring: shownQuery } },
    (request, reply) => pages.show(request, reply, shown(request)),
  )
  for (const ending of tableEndings) {
    server.get(
      `/matching/:id/open.${ending}`,
      { config: read, schema: { params: ofRun, querystring: fileQuery } },
      async (request, reply) => {
        const { dialect } = request.query
        const language = languageOfPage(request)
        const file = await pages.look(request, async (viewing) => {
          const run = await readRun(viewing, request.params.id)
          const { unmatchedExtract, unmatchedJournal } = runFacts(run, language)
          return {
            table: openLinesTable(run.contents.run, unmatchedExtract, unmatchedJournal),
            filters: [],
            standing: await readStanding(viewing.handle, null),
            isSum: false,
          }
        })
        return sendTable(reply, file, { ending, language, dialect })
      },
    )
  }
  registerSteps(server, pages)
  registerSigning(server, pages)
}

type OfRun = Pick<FastifyRequest<{ Params: z.infer<typeof ofRun> }>, 'params'>

const shown =
  ({ params: { id } }: OfRun): Showing =>
  async (viewing, screen) => {
    const run = await readRun(viewing, id)
    const { organization, state, preparedBy, changedBy } = run.contents.run
    const { actor } = viewing
    const isOpen = state === 'open'
    const view = runView(run, screen.language, {
      prepare: isOpen && may(actor, 'matching.prepare', organization),
      sign: isOpen && may(actor, 'matching.sign', organization),
      isOwnWork: [preparedBy, changedBy].includes(actor.email),
    })
    return runPage(run, view, screen)
  }

const rowNumber = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .refine((number) => number <= 2_147_483_647)

const work = {
  extractRows: z.array(rowNumber).optional(),
  expenditures: z.array(uuidField).optional(),
  /** Matches that differ; a field called `matches` would hide the form's own method of that name. */
  residuals: z.array(uuidField).optional(),
  reason: textField(2000).optional(),
  cause: z.enum(causes).optional(),
  owner: lineField(200).optional(),
  note: textField(2000).optional(),
}

/** Two buttons of one form: what is asked for depends on which was pressed. */
const stepForm = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('match'), ...work, reason: textField(2000) }),
  z.strictObject({
    ...{ step: z.literal('explain'), ...work },
    ...{ cause: z.enum(causes), owner: lineField(200) },
  }),
  z.strictObject({
    step: z.literal('split'),
    extractRow: rowNumber,
    amounts: z.array(amountField).min(1).max(100),
  }),
  z.strictObject({ step: z.literal('unmatch'), match: uuidField }),
])

type Step = z.infer<typeof stepForm>
type Explaining = Extract<Step, { step: 'explain' }>

/** The version is read only when the action asks for it, after it has found the actor allowed. */
const seenBy = (id: string, sent: Pick<Sent<unknown>, 'version'>): SeenRun => ({
  id,
  get version() {
    return sent.version
  },
})

function itemsOf(fields: Explaining) {
  const { extractRows = [], expenditures = [], residuals = [], cause, owner, note = null } = fields
  const said = { cause, owner, note }
  const none = { extractRow: null, expenditure: null, match: null }
  const items = [
    ...extractRows.map((extractRow) => ({ ...none, extractRow, ...said })),
    ...expenditures.map((expenditure) => ({ ...none, expenditure, ...said })),
    ...residuals.map((match) => ({ ...none, match, ...said })),
  ]
  if (items.length === 0) {
    throw nothingChosen()
  }
  return items
}

function registerSteps(server: HttpServer, pages: Pages): void {
  server.post('/matching/:id', { config: prepare, schema: { params: ofRun } }, (request, reply) =>
    pages.act(request, reply, {
      fields: stepForm,
      run: async (context, sent) => {
        const { id } = request.params
        const { fields } = sent
        if (fields.step === 'match') {
          const { extractRows = [], expenditures = [], reason } = fields
          await matchByHand(context, { run: id, extractRows, expenditures, reason })
        } else if (fields.step === 'explain') {
          await explainOpen(context, seenBy(id, sent), itemsOf(fields))
        } else if (fields.step === 'split') {
          const { extractRow, amounts } = fields
          await splitRow(context, seenBy(id, sent), { extractRow, amounts })
        } else {
          await unmatch(context, seenBy(fields.match, sent))
        }
        return `/matching/${id}?done=step`
      },
      again: shown(request),
    }),
  )
}

function registerSigning(server: HttpServer, pages: Pages): void {
  const options = { config: sign, schema: { params: ofRun } } as const
  server.get('/matching/:id/sign', options, (request, reply) =>
    pages.show(request, reply, signing(request)),
  )
  server.post('/matching/:id/sign', options, (request, reply) =>
    pages.act(request, reply, {
      fields: z.strictObject({}),
      run: async (context, sent) => {
        const { id } = request.params
        await signRun(context, seenBy(id, sent))
        return `/matching/${id}?done=step`
      },
      again: signing(request),
    }),
  )
}

const signing =
  ({ params: { id } }: OfRun): Showing =>
  async (viewing, screen) =>
    signPage(await readRun(viewing, id), screen)
