import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { rowsMax } from '#core/grid.ts'
import type { Issue } from '#core/issues.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Sent, Showing } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import type { FieldsSchema } from '#platform/http/form-fields.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { refuseInput, textField } from '#platform/http/input.ts'
import { uploadMillisMax } from '#platform/http/uploads.ts'
import { confirmImport, type SeenImport } from './confirm.actions.ts'
import { ofFile, ofImport, reasonBody } from './import-input.routes.ts'
import { readImport } from './import-list.actions.ts'
import { actOfStep, type ImportStep } from './import-next.ts'
import { showImport } from './import-pages.routes.ts'
import { noRowChosen } from './import-rules.ts'
import { importStepPage, type PlainStep, readAgainPage } from './import-step.views.tsx'
import { approveImport, discardImport, returnImport, submitImport } from './import-steps.actions.ts'
import { readImportFile } from './preview.actions.ts'
import { readAgain, readBrought } from './read-again.actions.ts'
import { approveImportReversal, refuseImportReversal, reverseImport } from './reversal.actions.ts'

/** What is done with an import, each step by a form at a path of its own. */
export function registerImportStepPages(server: HttpServer, pages: Pages): void {
  registerConfirm(server, pages)
  registerReadAgain(server, pages)
  const plain = <Output>(step: PlainStep, fields: FieldsSchema<Output>, run: Run<Output>): void =>
    registerPlain(server, pages, { step, fields, run })
  plain('discard', nothing, async (context, seen) => {
    await discardImport(context, seen)
    return '/imports?done=discarded'
  })
  plain('submit', nothing, (context, seen) => after(submitImport(context, seen)))
  plain('approve', approval, (context, seen, { justification = null }) =>
    after(approveImport(context, seen, justification)),
  )
  plain('return', reasonBody, (context, seen, { reason }) =>
    after(returnImport(context, seen, reason)),
  )
  plain('reverse', reasonBody, (context, seen, { reason }) =>
    after(reverseImport(context, seen, reason)),
  )
  plain('approve-reversal', nothing, (context, seen) => after(approveImportReversal(context, seen)))
  plain('refuse-reversal', reasonBody, (context, seen, { reason }) =>
    after(refuseImportReversal(context, seen, reason)),
  )
}

const nothing = z.strictObject({})
const approval = z.strictObject({ justification: textField(2000).optional() })

type Run<Output> = (context: Context, seen: SeenImport, fields: Output) => Promise<string>

const after = async (step: Promise<{ readonly id: string }>): Promise<string> =>
  `/imports/${(await step).id}?done=step`

/** The version is read only when the action asks for it, after it has found the actor allowed. */
const seenBy = (id: string, sent: Pick<Sent<unknown>, 'version'>): SeenImport => ({
  id,
  get version() {
    return sent.version
  },
})

const optionsOf = (step: ImportStep) =>
  ({
    config: { act: actOfStep(step) },
    handlerTimeout: uploadMillisMax,
    schema: { params: ofImport },
  }) as const

interface Plain<Output> {
  readonly step: PlainStep
  readonly fields: FieldsSchema<Output>
  readonly run: Run<Output>
}

function registerPlain<Output>(
  server: HttpServer,
  pages: Pages,
  { step, fields, run }: Plain<Output>,
): void {
  const url = `/imports/:id/${step}` as const
  server.get(url, optionsOf(step), (request, reply) =>
    pages.show(request, reply, async (viewing, screen) =>
      importStepPage(await readImport(viewing, request.params.id), step, screen),
    ),
  )
  server.post(url, optionsOf(step), (request, reply) =>
    pages.act(request, reply, {
      fields,
      run: (context, sent) => run(context, seenBy(request.params.id, sent), sent.fields),
      again: async (viewing, screen) =>
        importStepPage(await readImport(viewing, request.params.id), step, screen),
    }),
  )
}

type OfImport = FastifyRequest<{ Params: z.infer<typeof ofImport> }>

const shownAgain =
  ({ params }: Pick<OfImport, 'params'>): Showing =>
  (viewing, screen) =>
    showImport(viewing, screen, params)

const rowNumber = z
  .string()
  .regex(/^[1-9]\d{0,6}$/)
  .transform(Number)

const rangesMax = 100_000

/** `2, 5-9` is 2, 5, 6, 7, 8, 9. */
const ranges = textField(2000).transform((text, context): readonly number[] => {
  const parts = text.split(',').map((part) => {
    const [, first = '', last = first] = /^(\d{1,7})(?:\s*-\s*(\d{1,7}))?$/.exec(part.trim()) ?? []
    return [Number(first), Number(last)] as const
  })
  const isRead = parts.every(([first, last]) => first >= 1 && first <= last && last <= rowsMax)
  const count = parts.reduce((total, [first, last]) => total + last - first + 1, 0)
  return isRead && count <= rangesMax
    ? parts.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, at) => first + at),
      )
    : refuseInput(context, notRanges)
})

const notRanges: Issue = {
  pointer: '',
  code: 'imports/rows-malformed',
  detail: {
    fr: 'Écrivez des numéros de lignes séparés par des virgules : 2, 5-9.',
    en: 'Write numbers of rows, with commas between them: 2, 5-9.',
  },
}

const confirmForm = z.strictObject({
  choice: z.enum(['all', 'chosen']),
  place: z.array(rowNumber).optional(),
  ranges: ranges.optional(),
  submit: z.literal('yes').optional(),
})

function registerConfirm(server: HttpServer, pages: Pages): void {
  server.post('/imports/:id', optionsOf('confirm'), (request, reply) =>
    pages.act(request, reply, {
      fields: confirmForm,
      run: (context, sent) => {
        const { choice, place = [], ranges: typed = [], submit } = sent.fields
        const rows = choice === 'all' ? null : [...place, ...typed]
        if (rows?.length === 0) {
          throw noRowChosen()
        }
        const seen = seenBy(request.params.id, sent)
        return after(confirmImport(context, seen, { rows, isSubmitted: submit === 'yes' }))
      },
      again: shownAgain(request),
    }),
  )
}

function registerReadAgain(server: HttpServer, pages: Pages): void {
  const url = '/imports/:id/read-again'
  const shown =
    ({ params }: Pick<OfImport, 'params'>): Showing =>
    async (viewing, screen) =>
      readAgainPage(await readImport(viewing, params.id), screen)
  server.get(url, optionsOf('read-again'), (request, reply) =>
    pages.show(request, reply, shown(request)),
  )
  server.post(url, optionsOf('read-again'), (request, reply) =>
    pages.act(request, reply, {
      fields: ofFile,
      prepare: async ({ fields }) => {
        const { id } = request.params
        const brought = await pages.look(request, (viewing) => readBrought(viewing, id, fields))
        return readImportFile(brought)
      },
      run: (context, sent, file) =>
        after(readAgain(context, seenBy(request.params.id, sent), file)),
      again: shown(request),
    }),
  )
}
