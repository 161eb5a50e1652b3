import { createHash, generateKeyPairSync } from 'node:crypto'
import { strFromU8 } from 'fflate'
import { unzipParts, zipParts } from '#platform/files/deterministic-zip.ts'
import type { Random } from '#test/support/random.ts'

/** Evidence packs in hand, changed as somebody would who may write the file and not sign. */
export interface Pack {
  readonly parts: Map<string, string>
  readonly events: string[][]
  readonly entries: [string, string[], string[][]][]
  readonly anchors: Record<string, unknown>[]
}

const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

const textOf = (rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')

export function openPack(bytes: Uint8Array): Pack {
  const parts = new Map([...unzipParts(bytes)].map(([name, part]) => [name, strFromU8(part)]))
  const rows = (name: string) => rowsOf(parts.get(name) ?? '')
  return {
    parts,
    events: rows('events.jsonl'),
    entries: rows('entries.jsonl'),
    anchors: rows('anchors.jsonl'),
  }
}

/** Packed again with a manifest that fits: the change is all there is to find. */
export function closePack(pack: Pack): Uint8Array {
  const parts = new Map(pack.parts)
  parts.set('events.jsonl', textOf(pack.events))
  parts.set('entries.jsonl', textOf(pack.entries))
  parts.set('anchors.jsonl', textOf(pack.anchors))
  const manifest = JSON.parse(parts.get('manifest.json') ?? '')
  for (const name of Object.keys(manifest.files)) {
    const content = Buffer.from(parts.get(name) ?? '')
    manifest.files[name] = {
      lines: content.filter((byte) => byte === 10).length,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    }
  }
  const last = pack.events.at(-1) ?? []
  manifest.position = Number(last[0])
  manifest.seal = last.at(-1)
  parts.set('manifest.json', JSON.stringify(manifest))
  return zipParts(parts)
}

const changed = (text: string, random: Random): string => {
  const at = random.below(text.length + 1)
  return `${text.slice(0, at)}${random.pick(['7', 'x', 'é', ' '])}${text.slice(at + random.below(2))}`
}

/** Replaces one text of a row by another one; answers nothing when chance gave the same. */
function alter(row: string[], random: Random): boolean {
  const at = random.below(row.length)
  const before = row[at] ?? ''
  row[at] = changed(before, random)
  return row[at] !== before
}

/** Answers the places of which one must be named; null when nothing was changed. */
type PackTampering = (pack: Pack, random: Random) => readonly string[] | null

const eventOf = (pack: Pack, entry: Pack['entries'][number]): string =>
  `event ${pack.events.find(([, id]) => id === entry[0])?.[0]}`

const firstAnchorFrom = (pack: Pack, position: number): string =>
  `event ${pack.anchors.find(({ sequence }) => Number(sequence) >= position)?.sequence}`

export const packTamperings: Readonly<Record<string, PackTampering>> = {
  'a text of an event': ({ events }, random) => {
    const place = random.below(events.length)
    return alter(events[place] ?? [], random)
      ? [`event ${place + 1}`, `event ${events[place]?.[0]}`]
      : null
  },
  'a text of an entry': (pack, random) => {
    const entry = random.pick(pack.entries)
    const places = [eventOf(pack, entry), `entry ${entry[1][0]}`]
    return alter(entry[1], random) ? [...places, `entry ${entry[1][0]}`] : null
  },
  'a text of a line': (pack, random) => {
    const entry = random.pick(pack.entries)
    return alter(random.pick(entry[2]), random) ? [eventOf(pack, entry)] : null
  },
  'an event taken out': ({ events }, random) => {
    const place = random.below(events.length - 1)
    events.splice(place, 1)
    return [`event ${place + 2}`]
  },
  'an event said twice': ({ events }, random) => {
    const place = random.below(events.length)
    events.splice(place, 0, [...(events[place] ?? [])])
    return [`event ${place + 1}`]
  },
  'two events exchanged': ({ events }, random) => {
    const place = random.below(events.length - 1)
    events.splice(place, 2, events[place + 1] ?? [], events[place] ?? [])
    return [`event ${place + 2}`]
  },
  'an entry taken out': (pack, random) => {
    const place = random.below(pack.entries.length)
    const [entry] = pack.entries.splice(place, 1)
    return entry === undefined ? null : [eventOf(pack, entry)]
  },
  'an entry given to another event': (pack, random) => {
    const entry = random.pick(pack.entries)
    const before = eventOf(pack, entry)
    entry[0] = random.pick(pack.events)[1] ?? ''
    return eventOf(pack, entry) === before ? null : [before]
  },
  'the tail cut off': (pack, random) => {
    const last = Number(pack.anchors.at(-1)?.sequence)
    const kept = 1 + random.below(last - 1)
    const gone = new Set(pack.events.slice(kept).map(([, id]) => id))
    pack.events.length = kept
    const entries = pack.entries.filter(([event]) => !gone.has(event))
    pack.entries.splice(0, pack.entries.length, ...entries)
    return [firstAnchorFrom(pack, kept + 1)]
  },
  'a fresh chain': (pack, random) => {
    const from = random.below(Number(pack.anchors.at(-1)?.sequence))
    const forged = pack.events[from]
    if (forged === undefined) return null
    forged[4] = 'forger@vigie.test'
    for (const [place, event] of pack.events.entries()) {
      event[11] = pack.events[place - 1]?.[12] ?? '0'.repeat(64)
      const text = event.slice(0, 12).map((part) => `${Buffer.byteLength(part)}:${part}`)
      event[12] = createHash('sha256').update(text.join('')).digest('hex')
    }
    return [firstAnchorFrom(pack, from + 1)]
  },
  'a word of an anchor': ({ anchors }, random) => {
    const place = random.below(anchors.length)
    const anchor = anchors[place] ?? {}
    const field = random.pick(['hash', 'at', 'key', 'signature', 'kind'])
    const before = anchor[field]
    anchor[field] = changed(String(before), random)
    return anchor[field] === before ? null : [`anchor line ${place + 1}`]
  },
  'a position of an anchor': ({ anchors }, random) => {
    const place = random.below(anchors.length)
    const anchor = anchors[place] ?? {}
    anchor.sequence = Number(anchor.sequence) + 1 + random.below(9)
    return [`anchor line ${place + 1}`]
  },
  'the first anchor taken out': ({ anchors }) => {
    anchors.shift()
    return ['anchor line 1']
  },
  'another public key': ({ parts }) => {
    const { publicKey } = generateKeyPairSync('ed25519')
    parts.set('public-key.pem', String(publicKey.export({ format: 'pem', type: 'spki' })))
    return ['public-key.pem']
  },
}

/** As it would be without a manifest that was mended. */
export function spoilPart(bytes: Uint8Array, random: Random): [Uint8Array, string] {
  const { parts } = openPack(bytes)
  const name = random.pick(['FORMAT.md', 'events.jsonl', 'entries.jsonl', 'anchors.jsonl'])
  parts.set(name, `${parts.get(name)} `)
  return [zipParts(parts), name]
}
