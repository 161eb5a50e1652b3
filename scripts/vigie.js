#!/usr/bin/env node
// The package's bin: the same program as `npm run vigie`, from any folder.
import { register } from 'tsx/esm/api'

register()
await import('../src/cli.ts')
