import {
  chainChecks,
  guardChecks,
  peopleChecks,
  type RecordCheck,
} from '#features/audit/audit.public.ts'
import { commitmentChecks } from '#features/commitments/commitment-checks.public.ts'
import { commitmentConstraints } from '#features/commitments/constraints.ts'
import { expenditureConstraints } from '#features/expenditures/constraints.ts'
import { documentChecks } from '#features/expenditures/document-checks.public.ts'
import { expenditureChecks } from '#features/expenditures/expenditure-checks.public.ts'
import { frozenChecks } from '#features/exports/frozen-checks.public.ts'
import { freezeReport } from '#features/exports/frozen-reports.actions.ts'
import { extractConstraints } from '#features/extracts/constraints.ts'
import { extractChecks } from '#features/extracts/extract-checks.public.ts'
import { fundingConstraints } from '#features/funding/constraints.ts'
import { fundingChecks } from '#features/funding/proposal-checks.public.ts'
import { systemActor } from '#features/identity/actor.ts'
import { identityConstraints } from '#features/identity/constraints.ts'
import { perform } from '#features/identity/context.public.ts'
import { importConstraints } from '#features/imports/constraints.ts'
import { importChecks } from '#features/imports/import-checks.public.ts'
import { journalChecks } from '#features/journal/journal-checks.public.ts'
import { matchingConstraints } from '#features/matching/constraints.ts'
import { matchingChecks } from '#features/matching/matching-checks.public.ts'
import { organizationConstraints } from '#features/organizations/constraints.ts'
import { periodConstraints } from '#features/periods/constraints.ts'
import { totalsChecks } from '#features/reconciliation/totals-check.public.ts'
import { yearEndConstraints } from '#features/year-end/constraints.ts'
import { yearEndChecks } from '#features/year-end/year-end-checks.public.ts'
import type { Log } from '#platform/log.ts'
import type { OpenService } from '#platform/service.ts'

/** Database constraints by name, as the Problem their rule throws. */
export const constraints = {
  ...identityConstraints,
  ...organizationConstraints,
  ...periodConstraints,
  ...fundingConstraints,
  ...commitmentConstraints,
  ...expenditureConstraints,
  ...importConstraints,
  ...extractConstraints,
  ...matchingConstraints,
  ...yearEndConstraints,
}

/** What `verify` recomputes, in the order of the shelf. */
export const recordChecks: readonly RecordCheck[] = [
  ...chainChecks,
  ...peopleChecks,
  ...journalChecks,
  ...fundingChecks,
  ...commitmentChecks,
  ...documentChecks,
  ...expenditureChecks,
  ...importChecks,
  ...extractChecks,
  ...matchingChecks,
  ...totalsChecks,
  ...yearEndChecks,
  ...frozenChecks,
  ...guardChecks,
]

/** Of every closed year that has none yet. It is tried again at the next start, and fails nobody. */
export async function freezeReports(service: OpenService, log: Log): Promise<void> {
  const call = { actor: systemActor, request: 'freeze', operatingSystemUser: null }
  try {
    let isOneMore = true
    while (isOneMore) {
      isOneMore = await perform(service, call, freezeReport)
    }
  } catch (error) {
    log.error({ err: error }, 'the files of a closed year could not be kept yet')
  }
}
