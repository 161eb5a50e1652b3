import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type { Language } from '#core/language.ts'
import type { OpenService } from '#platform/service.ts'
import { type Actor, everyOrganization, systemActor } from './actor.ts'
import { type Call, type Context, perform, type Viewing, view } from './context.public.ts'
import { actorOfEmail } from './identity.public.ts'

/**
 * How commands reach use cases. Who sits at the keyboard has the database in hand anyway, so a
 * command may read everything and do what the system does; what a person does is done as that
 * person, with their rights, and the event names both.
 */
export interface Terminal {
  readonly language: Language
  /** Opened and migrated at the first use, closed by the program. */
  readonly service: () => Promise<OpenService>
  /** As a person. */
  readonly actAs: <T>(email: string, action: (context: Context) => Promise<T>) => Promise<T>
  readonly lookAs: <T>(email: string, reading: (viewing: Viewing) => Promise<T>) => Promise<T>
  /** As the system, at the keyboard of an operator. */
  readonly act: <T>(action: (context: Context) => Promise<T>) => Promise<T>
  readonly look: <T>(reading: (viewing: Viewing) => Promise<T>) => Promise<T>
  /** Data, on stdout. */
  readonly print: (text: string) => void
  /** Messages, on stderr. */
  readonly say: (text: string) => void
  /** For commands whose findings are an answer, not a failure. */
  readonly exitWith: (code: number) => void
}

/** Reads everything, as whoever holds the database can. */
const operatorActor: Actor = {
  email: systemActor.email,
  roles: [{ role: 'auditor', organization: everyOrganization }],
}

type Reach = Pick<Terminal, 'actAs' | 'lookAs' | 'act' | 'look'>

const call = (actor: Actor): Call => ({
  actor,
  request: `terminal/${randomUUID()}`,
  operatingSystemUser: userInfo().username,
})

/** What the system does for whoever sits at the keyboard. */
export const operatorCall = (): Call => call(systemActor)

/** @param onWritten told after each action that was done */
export function reachFromTerminal(
  service: Terminal['service'],
  onWritten: () => void = () => undefined,
): Reach {
  const asPerson = async (email: string): Promise<Call> =>
    call(await actorOfEmail((await service()).handle, email))
  const done: <T>(caller: Call, action: (context: Context) => Promise<T>) => Promise<T> = async (
    caller,
    action,
  ) => {
    const answer = await perform(await service(), caller, action)
    onWritten()
    return answer
  }
  return {
    actAs: async (email, action) => done(await asPerson(email), action),
    lookAs: async (email, reading) => view(await service(), await asPerson(email), reading),
    act: (action) => done(operatorCall(), action),
    look: async (reading) => view(await service(), call(operatorActor), reading),
  }
}
