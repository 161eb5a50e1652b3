import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RecordList } from '#core/record-table.ts'
import { csvOptionsOf, type FileQuery, sendListFile } from '#platform/http/list-file.ts'
import type { Calls } from './calls.public.ts'
import type { Viewing } from './context.public.ts'

/** How routes answer a list as a file: all that one may see of it, from one snapshot. */
export type FileRequest = FastifyRequest & { readonly query: FileQuery }

export async function answerListFile(
  calls: Calls,
  [request, reply]: readonly [FileRequest, FastifyReply],
  list: RecordList,
  lots: (viewing: Viewing) => AsyncGenerator<readonly object[]>,
): Promise<FastifyReply> {
  const options = csvOptionsOf(request.query, request.headers['accept-language'])
  await calls.look(request, (viewing) => sendListFile(reply, list, lots(viewing), options))
  return reply
}

/** A short list that is read whole. */
export async function* wholeList(
  read: Promise<readonly object[]>,
): AsyncGenerator<readonly object[]> {
  yield await read
}

/** A long list as the API says each of it. */
export async function* factsOf<Row>(
  pages: AsyncIterable<readonly Row[]>,
  itemOf: (row: Row) => object,
): AsyncGenerator<readonly object[]> {
  for await (const page of pages) {
    yield page.map(itemOf)
  }
}
