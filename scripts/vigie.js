#!/usr/bin/env -S node --max-semi-space-size=8 --max-old-space-size=1024
// The one program: `npm run vigie` and the package's bin. In this process, not a child of it, so that
// whoever stops it stops it. On a large machine V8 would let the garbage of an import of 100 000 rows
// grow past what the service may take: both start it with the same bounds.
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
