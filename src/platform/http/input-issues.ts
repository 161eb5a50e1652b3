import type { z } from 'zod'
import type { Issue } from '#core/issues.ts'
import type { Bilingual } from '#core/language.ts'
import {
  fieldMissing,
  notAllowed,
  outOfBounds,
  type Unit,
  unknownField,
  valueMalformed,
  wrongType,
} from './input-sentences.ts'
import { pointerOf } from './pointer.ts'

/**
 * zod's findings as ours: a pointer, a stable code and a sentence in both languages. A field that
 * is not known gives one issue for each name, at that name. A field's own reader put its issue into
 * `params.issue` and keeps its code; a value that is not there at all is missing, whatever was
 * expected of it. Needs `reportInput`, which is how absent and wrong are told apart.
 */
type Found = z.core.$ZodIssue

export const issuesOf = (found: readonly Found[]): Issue[] =>
  found.flatMap((issue) => issuesAt(issue, []))

function issuesAt(found: Found, above: readonly PropertyKey[]): Issue[] {
  const path = [...above, ...found.path]
  const say = (code: string, detail: Bilingual): Issue[] => [
    { pointer: pointerOf(path), code, detail },
  ]
  switch (found.code) {
    case 'unrecognized_keys':
      return found.keys.map((key) => ({
        pointer: pointerOf([...path, key]),
        code: 'input/unknown-field',
        detail: unknownField(key),
      }))
    case 'invalid_key':
      return say('input/unknown-field', unknownField(String(found.path.at(-1))))
    case 'custom':
      return [customIssue(found, pointerOf(path))]
    case 'too_big':
    case 'too_small':
      return [sizeIssue(found, pointerOf(path))]
    case 'invalid_type':
      return isAbsent(found)
        ? say('input/missing', fieldMissing)
        : say('input/wrong-type', wrongType(found.expected))
    case 'invalid_value':
      return isAbsent(found)
        ? say('input/missing', fieldMissing)
        : say('input/not-allowed', notAllowed(found.values))
    case 'invalid_union':
      return unionIssues(found, path, say)
    default:
      return say('input/malformed', valueMalformed)
  }
}

const isAbsent = (found: Found): boolean => found.input === undefined

function customIssue(found: z.core.$ZodIssueCustom, pointer: string): Issue {
  const issue: unknown = found.params?.issue
  return isIssue(issue)
    ? { ...issue, pointer: pointer + issue.pointer }
    : { pointer, code: 'input/malformed', detail: valueMalformed }
}

const isIssue = (value: unknown): value is Issue =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value

function sizeIssue(
  found: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  pointer: string,
): Issue {
  const unit = unitOf(found.origin)
  const bound = found.code === 'too_big' ? 'most' : 'least'
  const limit = found.code === 'too_big' ? found.maximum : found.minimum
  const sizes = bound === 'most' ? ['too-large', 'too-long'] : ['too-small', 'too-short']
  const code = `input/${sizes[unit === 'number' ? 0 : 1]}`
  return { pointer, code, detail: outOfBounds(bound, unit, limit) }
}

function unitOf(origin: string): Unit {
  if (origin === 'string') {
    return 'characters'
  }
  return origin === 'array' || origin === 'set' ? 'items' : 'number'
}

/**
 * A list of alternatives: when one is wrong only further inside, it was the one that was meant.
 * With a discriminator zod has already said at which field the choice is made.
 */
function unionIssues(
  found: z.core.$ZodIssueInvalidUnion,
  path: readonly PropertyKey[],
  say: (code: string, detail: Bilingual) => Issue[],
): Issue[] {
  const options: unknown = 'options' in found ? found.options : undefined
  if (Array.isArray(options)) {
    const { input } = found
    const name = String(found.path.at(-1))
    const isThere = typeof input === 'object' && input !== null && Object.hasOwn(input, name)
    return isThere
      ? say('input/not-allowed', notAllowed(options))
      : say('input/missing', fieldMissing)
  }
  if (isAbsent(found)) {
    return say('input/missing', fieldMissing)
  }
  const meant = found.errors.find((branch) => branch.every((issue) => !isAtRoot(issue)))
  return meant === undefined
    ? say('input/wrong-type', wrongType(''))
    : meant.flatMap((issue) => issuesAt(issue, path))
}

const isAtRoot = (found: Found): boolean =>
  found.path.length === 0 && (found.code === 'invalid_type' || found.code === 'invalid_value')
