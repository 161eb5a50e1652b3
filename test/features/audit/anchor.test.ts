import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type Anchor,
  anchorLine,
  anchorText,
  isTorn,
  noHash,
  parseAnchor,
} from '#features/audit/anchor.ts'
import {
  type AnchorWalk,
  isSuperseded,
  walkAnchor,
  walkStart,
} from '#features/audit/anchor-walk.ts'
import { isSigned } from '#platform/files/signing-key.ts'
import { root } from '#test/support/source-tree.ts'

/** The rules of a file of anchors; signatures are good here unless a case says otherwise. */
const key = 'a'.repeat(64)
const hash = (n: number): string => String(n).padStart(64, '0')

const anchor = (change: Partial<Anchor> = {}): Anchor => ({
  kind: 'anchor',
  sequence: 5,
  hash: hash(5),
  at: '2026-06-01T13:00:00.000Z',
  key,
  introduces: null,
  since: null,
  reason: null,
  signature: 'good',
  ...change,
})
const first = anchor({ kind: 'key', sequence: 1, hash: hash(1), introduces: key })

function walked(...anchors: readonly Anchor[]) {
  let walk: AnchorWalk = walkStart
  return anchors.flatMap((each) => {
    const step = walkAnchor(
      walk,
      anchorLine(each),
      (_key, _text, signature) => signature === 'good',
    )
    walk = step.walk
    return step.breaks
  })
}

describe('the format page', () => {
  const page = readFileSync(join(root, 'docs/recipes/evidence-format.md'), 'utf8')
  const [, text = '', line = ''] = /(14:vigie anchor 1\S+ ?\S*)\n\n(\{"kind".*\})/.exec(page) ?? []

  test('gives an anchor, the text that is signed, and a signature that is good', () => {
    const example = parseAnchor(line)
    expect(example).not.toBeNull()
    expect(anchorText(example ?? anchor())).toBe(text)
    expect(isSigned(example?.key ?? '', text, example?.signature ?? '')).toBe(true)
    expect(isSigned(example?.key ?? '', `${text} `, example?.signature ?? '')).toBe(false)
  })
})

describe('a line', () => {
  test('is read as it was written', () => {
    const accepted = anchor({ kind: 'accepted', since: 3, reason: 'Copie du 3 mai' })
    for (const each of [anchor(), first, accepted, anchor({ sequence: 0, hash: noHash })]) {
      expect(parseAnchor(anchorLine(each))).toEqual(each)
    }
  })

  test.each([
    ['another order', JSON.stringify(Object.fromEntries(Object.entries(anchor()).toReversed()))],
    ['a space', anchorLine(anchor()).replace(':', ': ')],
    ['a field more', JSON.stringify({ ...anchor(), more: 1 })],
    ['another kind', anchorLine(anchor({ kind: 'other' as 'anchor' }))],
    ['a negative position', anchorLine(anchor({ sequence: -1 }))],
    ['half a position', anchorLine(anchor({ sequence: 0.5 }))],
    ['a short hash', anchorLine(anchor({ hash: 'ab' }))],
    ['a key that introduces none', anchorLine(anchor({ kind: 'key' }))],
    ['an acceptance without a reason', anchorLine(anchor({ kind: 'accepted', since: 1 }))],
    ['an anchor with a reason', anchorLine(anchor({ reason: 'x' }))],
    ['no JSON', '{"kind":"anch'],
    ['nothing', ''],
    ['null', 'null'],
  ])('with %s is none', (_what, line) => {
    expect(parseAnchor(line)).toBeNull()
  })

  test.each<[string, boolean]>([
    ['', true],
    ['{"ki', true],
    ['{"kind":"anchor","sequ', true],
    ['{"kind":"anchor"\0\0\0', true],
    ['\0\0', true],
    ['hello', false],
    ['{"kinds', false],
  ])('cut short leaves %j: %s', (rest, isCut) => {
    expect(isTorn(rest)).toBe(isCut)
  })
})

describe('a file', () => {
  test('of a first key, anchors that grow, a handover and an acceptance is right', () => {
    const other = 'b'.repeat(64)
    expect(
      walked(
        first,
        anchor(),
        anchor({ kind: 'key', introduces: other }),
        anchor({ sequence: 9, hash: hash(9), key: other }),
        anchor({
          kind: 'accepted',
          sequence: 6,
          hash: hash(66),
          key: other,
          since: 5,
          reason: 'r',
        }),
        anchor({ sequence: 7, hash: hash(77), key: other }),
      ),
    ).toEqual([])
  })

  test.each<[string, readonly Anchor[], string]>([
    ['begins without a key', [anchor()], 'anchor 5 (line 1)'],
    [
      'begins with a key of somebody else',
      [{ ...first, introduces: hash(7) }],
      'anchor 1 (line 1)',
    ],
    ['has a bad signature', [first, anchor({ signature: 'bad' })], 'anchor 5 (line 2)'],
    ['is signed by another key', [first, anchor({ key: hash(7) })], 'anchor 5 (line 2)'],
    [
      'goes on with a key that was handed over',
      [first, anchor({ kind: 'key', introduces: hash(8) }), anchor({ sequence: 6 })],
      'anchor 6 (line 3)',
    ],
    ['goes back', [first, anchor(), anchor({ sequence: 4 })], 'anchor 4 (line 3)'],
    ['says two things', [first, anchor(), anchor({ hash: hash(6) })], 'anchor 5 (line 3)'],
  ])('that %s is named', (_what, anchors, place) => {
    expect(walked(...anchors).map((broken) => broken.place)).toEqual([place])
  })

  test('takes back with an acceptance what was promised before it and after what it still has', () => {
    const acceptances = [{ line: 4, since: 10 }]
    expect(isSuperseded(3, 11, acceptances)).toBe(true)
    expect(isSuperseded(3, 10, acceptances)).toBe(false)
    expect(isSuperseded(5, 11, acceptances)).toBe(false)
    expect(isSuperseded(3, 11, [])).toBe(false)
  })
})
