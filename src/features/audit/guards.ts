import type { Break } from './check.ts'

/**
 * What keeps the record from being changed inside the database: triggers that are always on, the
 * functions they run, and a working role that owns nothing and may change none of what is kept.
 * What must be there is read from the migrations, which are what made it, so that a guard that a
 * later migration adds is looked for without a word here. What is there comes from the catalogue.
 */
export interface PromisedGuards {
  /** `table.trigger` → the function it runs; null where the migration did not say. */
  readonly triggers: ReadonlyMap<string, string | null>
  /** Function → its body, of those written between $$. */
  readonly bodies: ReadonlyMap<string, string>
  /** Tables under forced row-level security → the policies they have, sorted. */
  readonly policies: ReadonlyMap<string, readonly string[]>
}

export interface FoundGuards {
  readonly triggers: readonly FoundTrigger[]
  readonly bodies: ReadonlyMap<string, string>
  readonly policies: ReadonlyMap<string, readonly string[]>
  /** `table privilege` that the working role has on what it may only read and add to. */
  readonly excess: readonly string[]
  /** What the working role owns, and powers it must not have. */
  readonly powers: readonly string[]
}

export interface FoundTrigger {
  readonly name: string
  readonly isAlways: boolean
  readonly isConditional: boolean
  readonly runs: string
}

const madeAppendOnly = /call\s+make_append_only\('(\w+)'\)/g
const madeProposal = /call\s+make_proposal\('(\w+)'\)/g
const madeProposalPart = /call\s+make_proposal_part\('(\w+)'/g
const enabledAlways = /alter table (\w+)\s+enable always trigger (\w+)/g
const dropped = /drop trigger (?:if exists )?(\w+)\s+on (\w+)/g
const created =
  /create (?:or replace )?(?:constraint )?trigger (\w+)\s+(?:before|after)[^;]*?\son (\w+)[^;]*?execute function (\w+)\(/g
const forced = /alter table (\w+)\s+enable row level security, force row level security/g
const policed = /create policy (\w+) on (\w+)/g
const written = /create (?:or replace )?function (\w+)\([^;]*?\bas \$\$([\s\S]*?)\$\$/g

export function promisedGuards(migrations: readonly string[]): PromisedGuards {
  const triggers = new Map<string, string | null>()
  const runs = new Map<string, string>()
  const bodies = new Map<string, string>()
  const policies = new Map<string, readonly string[]>()
  for (const sql of migrations) {
    for (const [, name = '', table = '', runner = ''] of sql.matchAll(created)) {
      runs.set(`${table}.${name}`, runner)
    }
    for (const [, table = ''] of sql.matchAll(madeAppendOnly)) {
      triggers.set(`${table}.append_only_rows`, 'refuse_change')
      triggers.set(`${table}.append_only_table`, 'refuse_change')
    }
    for (const [, table = ''] of sql.matchAll(madeProposal)) {
      triggers.set(`${table}.settled`, 'refuse_settled_proposal')
      triggers.set(`${table}.signed`, 'refuse_proposal_signature')
      policies.set(table, ['owned', 'reached'])
    }
    for (const [, table = ''] of sql.matchAll(madeProposalPart)) {
      triggers.set(`${table}.settled`, 'refuse_settled_part')
      policies.set(table, ['owned', 'reached'])
    }
    for (const [, table = '', name = ''] of sql.matchAll(enabledAlways)) {
      triggers.set(`${table}.${name}`, runs.get(`${table}.${name}`) ?? null)
    }
    for (const [, name = '', table = ''] of sql.matchAll(dropped)) {
      triggers.delete(`${table}.${name}`)
    }
    for (const [, name = '', body = ''] of sql.matchAll(written)) {
      bodies.set(name, body)
    }
    for (const [, table = ''] of sql.matchAll(forced)) {
      policies.set(table, [])
    }
    for (const [, name = '', table = ''] of sql.matchAll(policed)) {
      policies.set(table, [...(policies.get(table) ?? []), name].sort())
    }
  }
  return { triggers, bodies, policies }
}

/** Tables that only triggers write. */
export const keptByTriggers = ['chain_head', 'journal_balance', 'journal_flag'] as const

export function judgeGuards(promised: PromisedGuards, found: FoundGuards): readonly Break[] {
  const byName = new Map(found.triggers.map((trigger) => [trigger.name, trigger]))
  return [
    ...[...promised.triggers].flatMap(([name, runs]) =>
      triggerBreaks(name, runs, byName.get(name)),
    ),
    ...[...promised.bodies].flatMap(([name, body]) =>
      found.bodies.get(name) === body
        ? []
        : [{ place: `function ${name}`, expected: 'the body of its migration', found: 'another' }],
    ),
    ...[...promised.policies].flatMap(([table, names]) => {
      const expected = names.join(', ')
      const there = found.policies.get(table)?.join(', ') ?? 'no row-level security'
      return there === expected ? [] : [{ place: `policies of ${table}`, expected, found: there }]
    }),
    ...found.excess.map((excess) => ({
      place: `role vigie_service`,
      expected: 'to read, and to add where it may',
      found: excess,
    })),
    ...found.powers.map((power) => ({
      place: `role vigie_service`,
      expected: 'nothing of its own',
      found: power,
    })),
  ]
}

function triggerBreaks(
  name: string,
  runs: string | null,
  found: FoundTrigger | undefined,
): readonly Break[] {
  const place = `trigger ${name}`
  const expected = 'enabled always'
  if (found === undefined) {
    return [{ place, expected, found: 'no trigger' }]
  }
  if (!found.isAlways) {
    return [{ place, expected, found: 'disabled, or for some sessions only' }]
  }
  if (found.isConditional) {
    return [{ place, expected: 'no condition', found: 'a condition' }]
  }
  return runs === null || found.runs === runs ? [] : [{ place, expected: runs, found: found.runs }]
}
