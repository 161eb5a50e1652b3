/**
 * An anchor: position and seal, signed with a key the database never sees, a line of a file outside
 * it. Whoever rewrites the database, chain and head included, cannot rewrite these. Three kinds:
 * `anchor` says what the record was; `key` hands over to a new key; `accepted` says that a restored
 * record goes on although it lacks what later anchors promised: those after `since` no longer bind.
 * Source: docs/recipes/evidence-format.md. The first line of a file is a `key` that names itself.
 */
export const anchorKinds = ['anchor', 'key', 'accepted'] as const
export type AnchorKind = (typeof anchorKinds)[number]

export interface AnchorStatement {
  readonly kind: AnchorKind
  /** The position that is promised, and its seal; 0 and 64 zeros before the first event. */
  readonly sequence: number
  readonly hash: string
  /** When it was signed. */
  readonly at: string
  /** Who signs: the public key, 64 hex digits. */
  readonly key: string
  /** Of `key`: the public key that signs from here on. */
  readonly introduces: string | null
  /** Of `accepted`: the last anchored position that still held. */
  readonly since: number | null
  readonly reason: string | null
}

export interface Anchor extends AnchorStatement {
  /** Ed25519 over `anchorText`, base64. */
  readonly signature: string
}

export const noHash = '0'.repeat(64)

/** No two statements have the same text: each part follows its length in bytes. */
export const anchorText = (anchor: AnchorStatement): string =>
  [
    'vigie anchor 1',
    anchor.kind,
    String(anchor.sequence),
    anchor.hash,
    anchor.at,
    anchor.key,
    anchor.introduces ?? '',
    anchor.since === null ? '' : String(anchor.since),
    anchor.reason ?? '',
  ]
    .map((part) => `${new TextEncoder().encode(part).length}:${part}`)
    .join('')

/** As the API says one of the file; a line that is no anchor has its number alone. */
export const anchorFacts = ({ line, anchor }: { line: number; anchor: Anchor | null }) => ({
  line,
  ...anchor,
})

/** The line of the file: every field, in this order. */
export const anchorLine = (anchor: Anchor): string =>
  JSON.stringify({
    kind: anchor.kind,
    sequence: anchor.sequence,
    hash: anchor.hash,
    at: anchor.at,
    key: anchor.key,
    introduces: anchor.introduces,
    since: anchor.since,
    reason: anchor.reason,
    signature: anchor.signature,
  })

const hex = /^[0-9a-f]{64}$/
const isPosition = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0

/** Null for anything but a line that `anchorLine` would write: an anchor has one spelling. */
export function parseAnchor(line: string): Anchor | null {
  const anchor = parsed(line)
  if (anchor === null || typeof anchor !== 'object') {
    return null
  }
  const isWhole =
    anchorKinds.some((kind) => kind === anchor.kind) &&
    isPosition(anchor.sequence) &&
    [anchor.hash, anchor.key].every((text) => typeof text === 'string' && hex.test(text)) &&
    typeof anchor.at === 'string' &&
    typeof anchor.signature === 'string' &&
    (anchor.kind === 'key'
      ? typeof anchor.introduces === 'string' && hex.test(anchor.introduces)
      : anchor.introduces === null) &&
    (anchor.kind === 'accepted'
      ? isPosition(anchor.since) && typeof anchor.reason === 'string'
      : anchor.since === null && anchor.reason === null)
  return isWhole && anchorLine(anchor) === line ? anchor : null
}

function parsed(line: string): Anchor | null {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const lineStart = '{"kind":"'

/**
 * What a crash leaves of a line: its beginning, or the zeros that a disk shows for bytes that never
 * reached it. Anything else after the last line feed was put there by somebody.
 */
export function isTorn(rest: string): boolean {
  const written = rest.replace(/\0+$/, '')
  return written.startsWith(lineStart) || lineStart.startsWith(written)
}
