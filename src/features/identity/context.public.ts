import { randomUUID } from 'node:crypto'
import type { CalendarDate } from '#core/calendar-date.ts'
import type { Canonical } from '#core/canonical.ts'
import { Problem } from '#core/problem.ts'
import { extendChain } from '#platform/db/chain.ts'
import {
  type Bounds,
  type Handle,
  inSnapshot,
  inTransaction,
  type Work,
} from '#platform/db/transaction.ts'
import type { Service } from '#platform/service.ts'
import type { Actor } from './actor.ts'
import { type Act, documentReach, may } from './permission.ts'

/** Who calls, by which request. */
export interface Call {
  readonly actor: Actor
  readonly request: string
  /** Who sat at the keyboard of a command; null for the API. */
  readonly operatingSystemUser: string | null
  /** Where a request came from; null or absent at the terminal. */
  readonly address?: string | null
}

/** What a use case stands on: one transaction, one day, one event to be. */
export interface Context extends Call {
  readonly work: Work
  readonly today: CalendarDate
  /** Id of the event that this action will write; its journal entries name it. */
  readonly event: string
  /** Runs once the actor is known to be allowed: an answer given before is given again here. */
  readonly whenAllowed: () => void
}

/** What a reading stands on: no event, and one snapshot where several queries must agree. */
export interface Viewing extends Call {
  readonly handle: Handle
  readonly today: CalendarDate
  /** Where people reach the pages; null or absent: nobody knows. */
  readonly site?: string | null
}

/** Runs an action in its own transaction; deadlocks start it again from the beginning. */
export function perform<T>(
  service: Service,
  call: Call,
  action: (context: Context) => Promise<T>,
): Promise<T> {
  const refusal = service.refusal?.() ?? null
  if (refusal !== null) {
    return Promise.reject(refusal)
  }
  const { actor } = call
  const today = service.clock.today()
  const event = randomUUID()
  return inTransaction(service.handle, boundsOf(actor, event), (work) =>
    action({ ...call, work, today, event, whenAllowed }),
  )
}

const whenAllowed = (): void => undefined

const boundsOf = (actor: Actor, event: string | null): Bounds => ({
  actor: actor.email,
  organizations: documentReach(actor),
  event,
})

export function view<T>(
  service: Service,
  call: Call,
  reading: (viewing: Viewing) => Promise<T>,
): Promise<T> {
  const today = service.clock.today()
  return inSnapshot(service.handle, boundsOf(call.actor, null), (handle) =>
    reading({ ...call, handle, today, site: service.site ?? null }),
  )
}

/**
 * First beat of every action. Without an organization it asks whether the actor may do this at all;
 * with several all are asked before an earlier answer about them is given again.
 * @throws Problem `identity/forbidden`
 */
export function authorize(call: Call | Context, act: Act, ...organizations: string[]): void {
  const refused = organizations.find((organization) => !may(call.actor, act, organization))
  if (refused !== undefined || !may(call.actor, act)) {
    throw new Problem(
      'forbidden',
      'identity/forbidden',
      {
        fr: 'Votre rôle ne permet pas cette action pour cet organisme.',
        en: 'Your role does not allow this action for this organization.',
      },
      { detail: `${call.actor.email} ${act} ${refused ?? ''}` },
    )
  }
  if ('whenAllowed' in call) {
    call.whenAllowed()
  }
}

/** What happened, for the chain. Last beat of every action: every other one waits behind it. */
export interface Happening {
  readonly type: string
  readonly subject: string
  readonly before: Canonical
  readonly after: Canonical
  readonly reason?: string
}

export async function record(context: Context, happening: Happening): Promise<number> {
  const { work, event, actor, request, operatingSystemUser, address = null } = context
  const { type, subject, before, after, reason = null } = happening
  const sealed = await extendChain(work, {
    id: event,
    type,
    actor: actor.email,
    request,
    subject,
    before,
    after,
    reason,
    operatingSystemUser,
    address,
  })
  return sealed.position
}
