#!/usr/bin/env node
// The one program: `npm run vigie` and the package's bin. In this process, not a child of it, so that
// whoever stops it stops it.
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(
    `Vigie demande Node.js 24 : ${process.versions.node} a été trouvé. Passez par « npm run vigie ».\n`,
  )
  process.exit(2)
}
// Pages are TSX: how it is read stands in our tsconfig.json, wherever the command is given.
process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url))
register()
await import('../src/cli.ts')
