#!/usr/bin/env -S node --max-old-space-size=1024 --max-semi-space-size=16 --no-allocation-site-pretenuring
// The one program: `npm run vigie` and the package's bin. In this process, not a child of it, so that
// whoever stops it stops it. The first line is the only one that says how V8 keeps its heap: on a large
// machine it would let the garbage of an import of 100 000 rows grow past what the service may take,
// and it would take what every page makes for something that lasts, and stop more often to collect it.
import { fileURLToPath } from 'node:url'

if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `Vigie demande Node.js 24 : ${process.versions.node} a été trouvé. Passez par « npm run vigie ».\n`,
  )
  process.exit(2)
}
const { enableCompileCache } = await import('node:module')
// Beside the program, where only those write who may change it.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/vigie', import.meta.url)))
await import('../src/cli.ts')
