import { Problem } from '#core/problem.ts'
import { type JsonRefusal, jsonRefusals } from './json-refusals.ts'
import { pointerOf } from './pointer.ts'

/**
 * JSON that has one reading only (RFC 8259, with what I-JSON, RFC 7493, asks besides). `JSON.parse`
 * keeps the last of two equal names, turns 1e999 into Infinity and lets half a character through
 * when it is written \ud800: whoever checked the bytes before us may have understood something
 * else. The engine decides what is well formed; one linear walk over the same text then refuses the
 * rest, so the walk may rely on it: a text followed by a colon is a name, whatever stands around
 * it.
 */
export const jsonDepthMax = 32

interface Level {
  /** Null in a list. */
  readonly names: Set<string> | null
  at: string | number
}

interface Walk {
  readonly text: string
  readonly levels: Level[]
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])
const quote = 34
const backslash = 92

/** @throws Problem of kind `invalid`, with the pointer to the place where it has one. */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = decode(bytes)
  if (text.startsWith('\ufeff')) {
    throw refusal('http/json-bom')
  }
  if (text.includes('\0')) {
    throw refusal('http/json-nul')
  }
  if (/^[ \t\r\n]*$/.test(text)) {
    throw refusal('http/body-missing')
  }
  const value = parse(text)
  const walk: Walk = { text, levels: [] }
  for (let index = 0; index < text.length; ) {
    index = step(walk, index)
  }
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw refusal('http/json-not-utf8', [], cause)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw refusal('http/malformed-json', [], cause)
  }
}

/** Reads what begins at the index and answers where the next thing begins. */
function step(walk: Walk, index: number): number {
  const { text, levels } = walk
  const character = text.charAt(index)
  if (character === '{' || character === '[') {
    levels.push({ names: character === '{' ? new Set() : null, at: character === '{' ? '' : 0 })
    refuseIf(levels.length > jsonDepthMax, 'http/json-too-deep', levels.slice(0, -1))
  } else if (character === '}' || character === ']') {
    levels.pop()
  } else if (character === ',') {
    const level = levels.at(-1)
    if (typeof level?.at === 'number') {
      level.at += 1
    }
  } else if (character === '"') {
    return readText(walk, index)
  } else if (/[-\d]/.test(character)) {
    return readNumber(walk, index)
  }
  return index + 1
}

function readText(walk: Walk, start: number): number {
  const { text, levels } = walk
  const end = endOfText(text, start)
  const written = text.slice(start, end)
  const meant = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1)
  const level = levels.at(-1)
  const names = level?.names && isFollowedByColon(text, end) ? level.names : null
  if (level && names) {
    level.at = meant
  }
  refuseIf(meant.includes('\0'), 'http/json-nul', levels)
  refuseIf(!meant.isWellFormed(), 'http/json-lone-surrogate', levels)
  if (names) {
    refuseIf(forbiddenNames.has(meant), 'http/json-forbidden-key', levels)
    refuseIf(names.has(meant), 'http/json-duplicate-key', levels)
    names.add(meant)
  }
  return end
}

function endOfText(text: string, start: number): number {
  let index = start + 1
  for (let code = text.charCodeAt(index); code !== quote; code = text.charCodeAt(index)) {
    index += code === backslash ? 2 : 1
  }
  return index + 1
}

function isFollowedByColon(text: string, end: number): boolean {
  let index = end
  while (' \t\r\n'.includes(text.charAt(index)) && index < text.length) {
    index += 1
  }
  return text.charAt(index) === ':'
}

function readNumber({ text, levels }: Walk, start: number): number {
  let end = start + 1
  while (/[-+.\deE]/.test(text.charAt(end))) {
    end += 1
  }
  refuseIf(!Number.isFinite(Number(text.slice(start, end))), 'http/json-number', levels)
  return end
}

function refuseIf(isRefused: boolean, code: JsonRefusal, levels: readonly Level[]): void {
  if (isRefused) {
    throw refusal(
      code,
      levels.map(({ at }) => at),
    )
  }
}

function refusal(code: JsonRefusal, path: readonly PropertyKey[] = [], cause?: unknown): Problem {
  const sentence = jsonRefusals[code]
  const issues = [{ pointer: pointerOf(path), code, detail: sentence }]
  return new Problem('invalid', code, sentence, { issues, cause })
}
