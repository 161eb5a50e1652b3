import { calendarDate } from '#core/calendar-date.ts'
import { fiscalYear } from '#core/fiscal-year.ts'
import { money, negate } from '#core/money.ts'
import { periodOf } from '#core/period.ts'
import { systemActor } from '#features/identity/actor.ts'
import { perform, record } from '#features/identity/context.public.ts'
import type { Account, Cell, Entry, EntryKind, Line } from '#features/journal/entry.ts'
import { post } from '#features/journal/journal.public.ts'
import type { Service } from '#platform/service.ts'

/**
 * Entries of any kind, put in the journal as the actions that make them would, without their
 * documents: for reports, which read the journal alone.
 */
export interface Movement {
  readonly kind: EntryKind
  /** `account envelope [measure] [fiscal year or ~]`, with the amount it receives. */
  readonly lines: readonly (readonly [where: string, amount: string])[]
  readonly type?: string
  readonly flags?: readonly string[]
  readonly reverses?: string
  readonly day?: string
  readonly organization?: string
}

/** Answers the ids of the entries and the position of their event. */
export async function move(
  service: Service,
  movements: readonly Movement[],
): Promise<{ readonly ids: readonly string[]; readonly position: number }> {
  const call = { actor: systemActor, request: 'test', operatingSystemUser: null }
  return perform(service, call, async (context) => {
    const ids = await post(context, movements.map(entryOf))
    const position = await record(context, {
      type: movements[0]?.type ?? 'test.moved',
      subject: 'test/movement',
      before: null,
      after: null,
    })
    return { ids, position }
  })
}

function entryOf(movement: Movement): Entry {
  const { kind, lines, flags = [], reverses = null, organization = 'MSP' } = movement
  const day = calendarDate(movement.day ?? '2025-06-15')
  return {
    kind,
    organization,
    effectiveOn: day,
    recordedIn: kind === 'appropriation' ? null : periodOf(day),
    document: { type: 'envelope', id: 'QC-M12' },
    reverses,
    flags,
    lines: lines.map(([where, amount]) => lineOf(where, amount, organization)),
  }
}

function lineOf(where: string, amount: string, organization: string): Line {
  const [account = '', ...parts] = where.split(' ')
  const find = (form: RegExp): string | null => parts.find((part) => form.test(part)) ?? null
  const year = find(/^\d{4}-\d{4}$/)
  const cell: Cell = {
    envelope: find(/^(QC-M|QC-COMM|CA-)/),
    measure: find(/^QC-(A?\d+)$/),
    organization,
    fiscalYear: year === null ? null : fiscalYear(year),
  }
  const value = amount.startsWith('-') ? negate(money(amount.slice(1))) : money(amount)
  return { account: account as Account, cell, amount: value }
}
