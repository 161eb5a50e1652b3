import { createInterface } from 'node:readline'
import { joinOwnServer } from '#platform/db/own-server.ts'

/**
 * A process that is in. Says `joined <json>` on stdout, then does what it is told, a word a line:
 * `leave` leaves and ends.
 */
const [dataFolder = ''] = process.argv.slice(2)
const own = await joinOwnServer({ dataFolder, say: ({ en }) => process.stderr.write(`${en}\n`) })
process.stdout.write(`joined ${JSON.stringify(own.connection)}\n`)
for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'leave') break
}
await own.leave()
