import { createHash } from 'node:crypto'
import { authorize, type Viewing } from '#features/identity/context.public.ts'
import { type StreamedPart, zipStream } from '#platform/files/deterministic-zip.ts'
import { readDocument } from '#platform/files/documents.ts'
import { readLines } from '#platform/files/line-file.ts'
import { publicKeyPem } from '#platform/files/signing-key.ts'
import { parseAnchor } from './anchor.ts'
import type { AnchorFiles } from './anchors.actions.ts'
import { readLastEvent } from './anchors.store.ts'
import { readEntryLines, readEventLines } from './evidence.store.ts'

/** Anchors that stood before the snapshot: one signed later would speak of events it lacks. */
export interface EvidenceAnchors {
  readonly path: string
  readonly lines: number
  /** The key that signs after the last of them; null when there is none. */
  readonly key: string | null
}

export async function readEvidenceAnchors(
  files: AnchorFiles | null,
): Promise<EvidenceAnchors | null> {
  if (files === null) {
    return null
  }
  const { path } = files.anchors
  let lines = 0
  let key: string | null = null
  for await (const text of readLines(path)) {
    const anchor = parseAnchor(text)
    lines += 1
    key = anchor?.introduces ?? anchor?.key ?? key
  }
  return { path, lines, key }
}

/**
 * A pack that is verified offline, with its own description: the record of one snapshot, the
 * anchors, the public key, and what each file must be. The same record gives the same bytes.
 */
export function drawEvidence(
  viewing: Viewing,
  anchors: EvidenceAnchors | null,
): AsyncGenerator<Uint8Array> {
  authorize(viewing, 'record.verify')
  return zipStream(partsOf(viewing, anchors))
}

interface Measured {
  readonly lines: number
  readonly bytes: number
  readonly sha256: string
}

async function* partsOf(
  { handle }: Viewing,
  anchors: EvidenceAnchors | null,
): AsyncGenerator<StreamedPart> {
  const files: Record<string, Measured> = {}
  const part = (name: string, content: AsyncIterable<string> | Iterable<string>) => ({
    name,
    content: measured(content, (measure) => {
      files[name] = measure
    }),
  })
  const { sequence, hash } = await readLastEvent(handle)
  yield part('FORMAT.md', [await readDocument('recipes/evidence-format.md')])
  yield part('events.jsonl', readEventLines(handle))
  yield part('entries.jsonl', readEntryLines(handle))
  yield part('anchors.jsonl', anchorLines(anchors))
  const key = anchors?.key ?? null
  yield part('public-key.pem', key === null ? [] : [publicKeyPem(key)])
  const manifest = { format: 'vigie evidence 1', position: sequence, seal: hash, files }
  yield part('manifest.json', [`${JSON.stringify(manifest, null, 2)}\n`])
}

/** What goes through is counted and hashed; told when all of it has. */
async function* measured(
  content: AsyncIterable<string> | Iterable<string>,
  tell: (measure: Measured) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let lines = 0
  let bytes = 0
  for await (const text of content) {
    const encoded = new TextEncoder().encode(text)
    hash.update(encoded)
    lines += text.split('\n').length - 1
    bytes += encoded.length
    yield encoded
  }
  tell({ lines, bytes, sha256: hash.digest('hex') })
}

async function* anchorLines(anchors: EvidenceAnchors | null): AsyncGenerator<string> {
  let line = 0
  for await (const text of anchors === null ? [] : readLines(anchors.path)) {
    line += 1
    if (line > (anchors?.lines ?? 0)) {
      return
    }
    yield `${text}\n`
  }
}
