import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'

/**
 * Sends what is made as it is taken: a caller who is slow makes the maker wait, one who leaves ends
 * it. Settles when all is sent, so that what the maker reads from may be closed then.
 */
export async function sendStream(
  reply: FastifyReply,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const stream = Readable.from(content, { objectMode: false })
  const isSent = finished(stream)
  reply.send(stream)
  await isSent
}
