import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { textField, uuidField } from '#platform/http/input.ts'
import { languageOfPage, type Page, type Screen } from '#platform/http/page-answer.ts'
import { pageHeaders } from '#platform/http/security-headers.ts'
import { enterExpenditure } from './drafts.actions.ts'
import { readEntryGround, readEntryStanding } from './entry.actions.ts'
import { entryPage } from './entry.views.tsx'
import type { EntryTyped } from './entry-standing.ts'
import { standingFragment } from './entry-standing.views.tsx'
import { withCommitment } from './expenditure-document.actions.ts'
import { chosenRows, statementForm } from './expenditure-input.routes.ts'
import { submitSeveral } from './several.actions.ts'

const config = { act: 'expenditure.enter' } as const

const typed = {
  organization: textField(60).optional(),
  measure: textField(60).optional(),
  envelope: textField(60).optional(),
  serviceDate: textField(60).optional(),
  documentDate: textField(60).optional(),
  documentNumber: textField(100).optional(),
  supplier: textField(200).optional(),
  description: textField(2000).optional(),
  amount: textField(60).optional(),
  commitment: textField(60).optional(),
  justification: textField(2000).optional(),
}
const counted = z
  .string()
  .regex(/^\d{1,3}$/)
  .optional()
const entryQuery = z.strictObject({
  ...typed,
  saved: uuidField.optional(),
  submitted: counted,
  entered: counted,
})
const checkForm = z.strictObject({ ...typed, check: z.string() })
const submitForm = z.strictObject({ rows: chosenRows })

type Asked = z.output<typeof entryQuery>

/** Entry of expenditures one after the other, and submission of what was entered. */
export function registerEntryPages(server: HttpServer, pages: Pages): void {
  for (const path of ['/expenditures/new', '/expenditures/new/submit']) {
    server.get(path, { config, schema: { querystring: entryQuery } }, (request, reply) =>
      pages.show(request, reply, (viewing, screen) => shown(viewing, screen, request.query)),
    )
  }
  server.post('/expenditures/new', { config }, (request, reply) =>
    isCheck(request)
      ? pages.act(request, reply, {
          fields: checkForm,
          run: async (context, { fields: { check: _check, ...fields } }) => {
            authorize(context, 'expenditure.enter')
            return `/expenditures/new?${addressOf(fields)}`
          },
          again,
        })
      : pages.act(request, reply, {
          fields: statementForm,
          run: async (context, { fields }) => {
            const stated = await withCommitment(context, fields)
            const { id, organization, serviceDate, measure } = await enterExpenditure(
              context,
              stated,
            )
            const kept = { organization, serviceDate, measure: measure ?? undefined }
            const envelope = fields.envelope ?? undefined
            return `/expenditures/new?${addressOf({ ...kept, envelope, saved: id })}`
          },
          again,
        }),
  )
  registerSubmission(server, pages)
  registerStanding(server, pages)
}

function registerSubmission(server: HttpServer, pages: Pages): void {
  server.post('/expenditures/new/submit', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: submitForm,
      run: async (context, { fields: { rows } }) => {
        const items = Object.entries(rows).map(([id, version]) => ({
          id,
          version,
          pointer: `/rows/${id}`,
        }))
        return `/expenditures/new?submitted=${await submitSeveral(context, items)}`
      },
      again: (viewing, screen) => shown(viewing, screen, {}),
    }),
  )
}

/** What is left, for the page to show while somebody types. */
function registerStanding(server: HttpServer, pages: Pages): void {
  server.get(
    '/expenditures/new/standing.html',
    { config, schema: { querystring: z.strictObject(typed) } },
    async (request, reply) => {
      const standing = await pages.look(request, (viewing) =>
        readEntryStanding(viewing, request.query),
      )
      return reply
        .headers(pageHeaders)
        .type('text/html; charset=utf-8')
        .send(standingFragment(standing, languageOfPage(request)))
    },
  )
}

const isCheck = ({ body }: FastifyRequest): boolean => Object.hasOwn(Object(body), 'check')

async function shown(viewing: Viewing, screen: Screen, asked: Asked): Promise<Page> {
  const ground = await readEntryGround(viewing, asked.saved)
  const { form } = screen
  const inForm: EntryTyped = form.problem === null ? asked : textsIn(form.typed)
  const serviceDate = inForm.serviceDate ?? ground.today
  const standing = await readEntryStanding(viewing, { ...inForm, serviceDate })
  return entryPage({ ...ground, standing, carried: asked }, screen)
}

const again = (viewing: Viewing, screen: Screen): Promise<Page> => shown(viewing, screen, {})

const textsIn = (fields: Screen['form']['typed']): EntryTyped =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'))

const addressOf = (fields: Readonly<Record<string, string | undefined>>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
