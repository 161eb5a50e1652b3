import { type Anchor, anchorText, parseAnchor } from './anchor.ts'
import type { Break } from './check.ts'

/**
 * Reads a file of anchors from the first line: whether each is signed by the key in force, and
 * whether positions only grow. The first line names the first key and is signed by it; a later `key`
 * line, signed by the key in force, names the next. `accepted` alone may go back to a lower position.
 */
export interface AnchorWalk {
  readonly line: number
  readonly keyInForce: string | null
  readonly last: Anchor | null
}

export type SignatureCheck = (publicKey: string, text: string, signature: string) => boolean

export const walkStart: AnchorWalk = { line: 0, keyInForce: null, last: null }

/** One step: where the walk stands then, the anchor if the line is one, and what is wrong with it. */
export interface AnchorStep {
  readonly walk: AnchorWalk
  readonly anchor: Anchor | null
  readonly breaks: readonly Break[]
}

export function walkAnchor(before: AnchorWalk, text: string, isSigned: SignatureCheck): AnchorStep {
  const line = before.line + 1
  const anchor = parseAnchor(text)
  if (anchor === null) {
    const broken = { place: `anchor line ${line}`, expected: 'an anchor', found: text.slice(0, 80) }
    return { walk: { ...before, line }, anchor, breaks: [broken] }
  }
  const breaks = faultsOf(before, anchor, isSigned).map(([expected, found]) => ({
    place: `anchor ${anchor.sequence} (line ${line})`,
    expected,
    found,
  }))
  const isTrusted = breaks.length === 0
  const keyInForce = isTrusted && anchor.introduces !== null ? anchor.introduces : before.keyInForce
  return { walk: { line, keyInForce, last: isTrusted ? anchor : before.last }, anchor, breaks }
}

type Fault = readonly [expected: string, found: string]

function faultsOf(
  { keyInForce, last }: AnchorWalk,
  anchor: Anchor,
  isSigned: SignatureCheck,
): readonly Fault[] {
  const { kind, key, sequence, hash, introduces, signature } = anchor
  if (keyInForce === null && (kind !== 'key' || introduces !== key)) {
    return [['a first line that names its own key', kind]]
  }
  if (keyInForce !== null && key !== keyInForce) {
    return [[`key ${keyInForce}`, `key ${key}`]]
  }
  if (!isSigned(key, anchorText(anchor), signature)) {
    return [['a signature that is good', 'another one']]
  }
  if (last === null || kind === 'accepted') {
    return []
  }
  if (sequence < last.sequence) {
    return [[`sequence ${last.sequence} or later`, `sequence ${sequence}`]]
  }
  return sequence === last.sequence && hash !== last.hash
    ? [[`hash ${last.hash}`, `hash ${hash}`]]
    : []
}

/** An acceptance, by the line it stands on. */
export interface Acceptance {
  readonly line: number
  readonly since: number
}

/** Whether a later acceptance took the promise back. */
export const isSuperseded = (
  line: number,
  sequence: number,
  acceptances: readonly Acceptance[],
): boolean => acceptances.some((later) => later.line > line && sequence > later.since)
