import type { Calls } from '#features/identity/calls.public.ts'
import { described } from '#platform/http/answers.ts'
import { withUploadOnDisk } from '#platform/http/disk-uploads.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { leavingSignal } from '#platform/http/leaving.ts'
import { returnedUpload, type Verdict, verifyReturned } from './returned.actions.ts'
import { verdictSchema } from './returned-answer.routes.ts'

/** A file of a million rows is read in minutes. */
const patientMillisMax = 600_000

/** A workbook that comes back is compared with the record. Nothing is kept of it. */
export function registerReturned(server: HttpServer, calls: Calls): void {
  server.post(
    '/verify/workbook',
    {
      config: { act: 'record.verify', takesFile: true },
      handlerTimeout: patientMillisMax,
      schema: {
        tags: ['audit'],
        consumes: ['multipart/form-data'],
        description:
          'A form with the part `file`: a workbook of a report, as it came back, up to 256 MiB. It is compared with what the record gives at the position that it says. Nothing is recorded.',
        response: described({ 200: verdictSchema }),
      },
    },
    async (request, reply) => {
      const signal = leavingSignal(reply)
      const verdict = await withUploadOnDisk(request, returnedUpload, (file) =>
        verifyReturned((reading) => calls.look(request, reading), file, signal),
      )
      return verdictFacts(verdict)
    },
  )
}

const verdictFacts = ({ isUnchanged, listed, count, ...said }: Verdict) => ({
  unchanged: isUnchanged,
  ...said,
  count,
  differences: listed,
})
