import type { Chance } from './seed.ts'

/** What is sent: bytes, and what they are said to be. */
export interface Mutated {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

const deep = (open: string, close: string): string => open.repeat(200) + close.repeat(200)

/** JSON text that stands where a value should; some of it no JSON at all. */
const values = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1.5',
  '1e999',
  '-0',
  '9007199254740993',
  '123456789012345678901234567890',
  'NaN',
  'Infinity',
  'undefined',
  '01',
  '""',
  '" "',
  '"0"',
  '"-5.00"',
  '"1e5"',
  '"1.005"',
  '"NaN"',
  '"0x10"',
  '"9999999999999.99"',
  '"99999999999999.99"',
  '"1,234"',
  '"１２"',
  '"2025-02-30"',
  '"2025-13-01"',
  '"0000-00-00"',
  '"9999-12-31"',
  '"+275760-09-13"',
  '"\' or 1=1 --"',
  '"%00"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u202e\\u2066"',
  '"\\u0007\\u001b[31m"',
  '"\\ufeff"',
  '"__proto__"',
  '"constructor"',
  '"*"',
  '"system"',
  '"00000000-0000-0000-0000-000000000000"',
  `"${'x'.repeat(3_000)}"`,
  `"${'é'.repeat(70_000)}"`,
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '[[[[1]]]]',
  '{"length": 1}',
  '{"toString": 1}',
  '{"__proto__": {"isAdmin": true}}',
  '{"constructor": {"prototype": {"x": 1}}}',
  '{"then": "x"}',
  '{"$ne": null}',
  deep('[', ']'),
  deep('{"a":', '}').replace(':}', ':1}'),
  `[${'1,'.repeat(5_000)}1]`,
] as const

/** Names that nobody expects. */
const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'state',
  'version',
  'id',
  'approvedBy',
  'preparedBy',
  '',
  ' ',
  'amount ',
  'AMOUNT',
  'é'.repeat(500),
] as const

const types = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json; charset=latin1',
  'application/json;',
  'application/json, text/plain',
  'application/problem+json',
  'json',
  '*/*',
  '',
] as const

type ValueNode = { readonly holder: Record<string, unknown>; readonly key: string }

/** Every place of a value that holds something. */
function nodesOf(value: unknown): readonly ValueNode[] {
  if (value === null || typeof value !== 'object') {
    return []
  }
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...nodesOf(holder[key])])
}

/** A body that was right, changed in one to three ways. */
export function mutated(sample: unknown, chance: Chance): Mutated {
  const root = { body: structuredClone(sample) }
  const raw = new Map<string, string>()
  for (let change = 0; change <= chance.below(3); change += 1) {
    const { holder, key } = chance.of(nodesOf(root))
    const kind = chance.below(10)
    if (kind === 0 && holder !== root) {
      delete holder[key]
    } else if (kind === 1 && typeof holder[key] === 'object' && holder[key] !== null) {
      const inner = holder[key] as Record<string, unknown>
      // As a property of its own, also where the name is one that objects inherit.
      const own = { value: 'x', enumerable: true, configurable: true, writable: true }
      Object.defineProperty(inner, chance.of(names), own)
    } else {
      const marker = `raw-${raw.size}-${chance.below(1_000_000)}`
      raw.set(marker, chance.of(values))
      holder[key] = marker
    }
  }
  let text = JSON.stringify(root.body) ?? ''
  for (const [marker, put] of raw) {
    text = text.replace(`"${marker}"`, () => put)
  }
  return sentAs(text, chance)
}

/** Mostly as it is; now and then the bytes are wrong, or what is said of them. */
function sentAs(text: string, chance: Chance): Mutated {
  const json = { 'content-type': 'application/json' }
  const bytes = Buffer.from(text)
  switch (chance.below(24)) {
    case 0:
      return { body: bytes.subarray(0, chance.below(bytes.length + 1)), headers: json }
    case 1:
      return { body: bytes, headers: { 'content-type': chance.of(types) } }
    case 2:
      return { body: bytes, headers: { ...json, 'content-encoding': 'gzip' } }
    case 3:
      return { body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]), headers: json }
    case 4: {
      const broken = Buffer.from(bytes)
      broken[chance.below(Math.max(1, broken.length))] = 128 + chance.below(128)
      return { body: broken, headers: json }
    }
    case 5:
      return { body: Buffer.from(`${text}${chance.of(['}', ' x', '\0', text])}`), headers: json }
    case 6: {
      const name = /"(\w+)":/.exec(text)?.[1] ?? 'a'
      return { body: Buffer.from(text.replace('{', `{"${name}":"1","${name}":2,`)), headers: json }
    }
    case 7:
      return chance.below(20) === 0
        ? { body: Buffer.from(text.padEnd(1_100_000)), headers: json }
        : { body: Buffer.from(text.toUpperCase()), headers: json }
    default:
      return { body: bytes, headers: json }
  }
}
