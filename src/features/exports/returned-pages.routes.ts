import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireFormOf } from '#features/identity/page-forms.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { withUploadOnDisk } from '#platform/http/disk-uploads.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { leavingSignal } from '#platform/http/leaving.ts'
import { requireFile } from '#platform/http/uploads.ts'
import { returnedUpload, verifyReturned } from './returned.actions.ts'
import { type ReturnedFacts, returnedPage } from './returned.views.tsx'

const config = { act: 'record.verify' } as const
/** A file of a million rows is read in minutes. */
const handlerTimeout = 600_000

/**
 * A workbook that comes back is compared with the record. Nothing is recorded, so nothing is kept
 * that another page could show: the answer to the form is the page.
 */
export function registerReturnedPages(server: HttpServer, pages: Pages): void {
  server.get('/verify/workbook', { config }, (request, reply) =>
    pages.show(request, reply, async (_viewing, screen) => returnedPage(null, screen)),
  )
  server.post(
    '/verify/workbook',
    { config: { ...config, takesFile: true }, handlerTimeout },
    async (request, reply) => {
      // Outside the page's own snapshot: a long file is compared in several.
      const [outcome] = await Promise.allSettled([compared(pages, request, reply)])
      return pages.show(
        request,
        reply,
        async (_viewing, screen) => {
          if (outcome.status === 'rejected') {
            throw outcome.reason
          }
          return returnedPage(outcome.value, screen)
        },
        async (_viewing, screen) => returnedPage(null, screen),
      )
    },
  )
}

const fieldNames = ['csrf', 'key']

function compared(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ReturnedFacts> {
  const signal = leavingSignal(reply)
  return withUploadOnDisk(request, { ...returnedUpload, fieldNames }, async (upload) => {
    requireFormOf(request, upload.fields)
    if (upload.bytes === 0) {
      requireFile(null)
    }
    const look = <T>(reading: Parameters<typeof pages.look<T>>[1]) => pages.look(request, reading)
    const verdict = await verifyReturned(look, upload, signal)
    return { ...verdict, fileName: upload.name }
  })
}
