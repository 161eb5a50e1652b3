import { countCommitments } from '#features/commitments/commitments.public.ts'
import { countPending } from '#features/expenditures/pending.public.ts'
import { documentLinks } from '#features/exports/open-documents.ts'
import { countProposals } from '#features/funding/funding.public.ts'
import { countRevisions } from '#features/funding/revisions.public.ts'
import type { Viewing } from '#features/identity/context.public.ts'
import { may, reach } from '#features/identity/permission.ts'
import { listWaitingLedgers } from '#features/matching/matching.public.ts'
import { readPeriods } from '#features/periods/period-list.public.ts'
import { drawOverviews } from '#features/reports/reports.public.ts'
import { countYearEnds } from '#features/year-end/year-end.public.ts'
import { type Glance, isOfTime } from './overview.ts'
import { ledgerTask, type Task } from './task.ts'

export interface Glances {
  readonly position: number
  readonly positionAt: string
  readonly glances: readonly Glance[]
}

/** The figures of every government, from one reading of the record. */
export async function readGlances(viewing: Viewing): Promise<Glances> {
  const { facts, overviews } = await drawOverviews(viewing)
  const organizations = reach(viewing.actor, 'expenditure.read')
  const glances = overviews.map(({ reconciliation, exceptions }) => {
    const { question, totals } = reconciliation
    const { jurisdiction, from, to } = question
    const spent = documentLinks(facts, reconciliation, organizations).get('spent')?.get('total')
    return {
      jurisdiction,
      range: { from, to },
      totals,
      spentPath: spent?.isOpen === true ? spent.href.replace('/api/v1', '') : null,
      timing: exceptions.found.filter(isOfTime),
    }
  })
  return { position: facts.position, positionAt: facts.positionAt, glances }
}

/** What waits for the reader: a few questions, however much there is. */
export async function readTasks(viewing: Viewing): Promise<readonly Task[]> {
  const { actor } = viewing
  return [
    ...(may(actor, 'expenditure.read') ? await documentTasks(viewing) : []),
    ...(may(actor, 'commitment.read') ? await budgetTasks(viewing) : []),
    ...(may(actor, 'matching.read') ? await ledgerTasks(viewing) : []),
    ...(may(actor, 'period.manage') ? await periodTasks(viewing) : []),
  ].filter(({ count }) => count > 0)
}

async function documentTasks(viewing: Viewing): Promise<readonly Task[]> {
  const { drafts, returned, toApprove } = await countPending(viewing)
  const own = `/expenditures?state=draft&preparedBy=${encodeURIComponent(viewing.actor.email)}`
  return [
    { kind: 'returned', count: returned, path: `${own}&returned=true`, of: null },
    { kind: 'drafts', count: drafts, path: own, of: null },
    { kind: 'approvals', count: toApprove, path: '/approvals', of: null },
  ]
}

/** Drafts are the officers' affair, and what is submitted the approvers'. */
async function budgetTasks({ handle, actor }: Viewing): Promise<readonly Task[]> {
  const states = [
    ...(may(actor, 'commitment.enter') ? (['draft'] as const) : []),
    ...(may(actor, 'commitment.decide') ? (['submitted'] as const) : []),
  ]
  const tasks: Task[] = []
  for (const state of states) {
    const isDraft = state === 'draft'
    const commitments = await countCommitments(handle, reach(actor, 'commitment.read'), { state })
    const organizations = reach(actor, 'proposal.read')
    const revisions = await countRevisions(handle, organizations, { state })
    const proposals = await countProposals(handle, organizations, state)
    const yearEnds = await countYearEnds(handle, organizations, { state })
    tasks.push(
      {
        kind: isDraft ? 'commitment-drafts' : 'commitments-submitted',
        ...{ count: commitments.count, path: `/commitments?state=${state}`, of: null },
      },
      {
        kind: isDraft ? 'revision-drafts' : 'revisions-submitted',
        ...{ count: revisions, path: `/revisions?state=${state}`, of: null },
      },
      {
        kind: isDraft ? 'proposal-drafts' : 'proposals-submitted',
        ...{ count: proposals, path: `/proposals?state=${state}`, of: null },
      },
      {
        kind: isDraft ? 'year-ends-returned' : 'year-ends-submitted',
        ...{ count: yearEnds, path: `/year-end?state=${state}`, of: null },
      },
    )
  }
  return tasks
}

async function ledgerTasks({ handle, actor }: Viewing): Promise<readonly Task[]> {
  const organizations = [...reach(actor, 'matching.prepare'), ...reach(actor, 'matching.sign')]
  const waiting = await listWaitingLedgers(handle, organizations)
  return waiting.flatMap((each) => ledgerTask(each, actor) ?? [])
}

async function periodTasks(viewing: Viewing): Promise<readonly Task[]> {
  const periods = await readPeriods(viewing, { state: 'to-close' })
  return [{ kind: 'to-close', count: periods.length, path: '/periods?state=to-close', of: null }]
}
