import type { CalendarDate } from '#core/calendar-date.ts'
import type { Period } from '#core/period.ts'
import { Problem } from '#core/problem.ts'
import { lockCommitments } from '#features/commitments/commitments.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import type { Entry } from '#features/journal/entry.ts'
import { openPosting } from '#features/journal/journal.public.ts'
import { noPeriodOpen, readRecording } from '#features/periods/periods.public.ts'
import { entryOf, openGround, saveUses } from './posting.public.ts'
import { lots } from './together.public.ts'
import { listPostable, readDrawnOn, settleTogether } from './together.store.ts'

/**
 * Posts submitted documents as one: under the same locks and by the same rules as one by one, each
 * held against what those before it take. The caller has locked them and checked the persons.
 * @throws Problem of the first that is refused, with its id as the value of its issue
 */
export async function postTogether(
  context: Context,
  ids: readonly string[],
  justification: string | null,
): Promise<void> {
  const { work, actor } = context
  const drawnOn = await readDrawnOn(work, ids)
  const locked = await lockCommitments(work, drawnOn.commitments)
  const periods = new Periods(context)
  const ground = await openGround(context, locked, drawnOn.envelopes)
  const posting = openPosting(context)
  for (const some of lots(ids)) {
    const entries: Entry[] = []
    const documents = await listPostable(work, some)
    for (const document of documents) {
      const recordedIn = await periods.of(document.organization, document.serviceDate)
      const given = document.justification ?? justification
      entries.push(
        pointingTo(document.id, () =>
          entryOf(
            { approval: { expenditure: document, justification: given }, recordedIn },
            ground,
          ),
        ),
      )
    }
    const posted = await posting.add(entries)
    await settleTogether(
      work,
      actor.email,
      documents.map(({ id, justification: own }, place) => ({
        id,
        entry: posted[place] ?? '',
        flags: entries[place]?.flags ?? [],
        justification: own ?? justification,
        recordedIn: entries[place]?.recordedIn as Period,
      })),
    )
  }
  await posting.close()
  await saveUses(context, ground)
}

/** The period of a day, asked once an organization. */
export class Periods {
  readonly #context: Context
  readonly #known = new Map<string, Awaited<ReturnType<typeof readRecording>>>()

  constructor(context: Context) {
    this.#context = context
  }

  async of(organization: string, day: CalendarDate): Promise<Period> {
    const { work, today } = this.#context
    const known = this.#known.get(organization) ?? (await readRecording(work, organization, today))
    this.#known.set(organization, known)
    const period = known(day)
    if (period === null) {
      throw noPeriodOpen(organization, day)
    }
    return period
  }
}

function pointingTo<T>(id: string, rule: () => T): T {
  try {
    return rule()
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error
    }
    const { kind, code, sentence } = error
    throw new Problem(kind, code, sentence, {
      issues: [{ pointer: '', code, detail: sentence, value: id }],
    })
  }
}
