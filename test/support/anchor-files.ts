import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { AnchorFiles } from '#features/audit/anchors.actions.ts'

/** Key and anchors of a test file's own, as they stand in a data folder: made when needed. */
export function anchorFilesOfTest(): AnchorFiles {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-anchors-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return anchorFilesIn(folder)
}

export const anchorFilesIn = (folder: string): AnchorFiles => ({
  signingKey: { path: join(folder, 'signing-key.pem'), isNamed: false },
  anchors: { path: join(folder, 'anchors.jsonl'), isNamed: false },
})
