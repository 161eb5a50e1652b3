import type { Commitment } from '#features/commitments/commitment.ts'
import { listCommitmentsNamed } from '#features/commitments/commitments.public.ts'
import { listEnvelopes } from '#features/funding/funding.public.ts'
import type { Context } from '#features/identity/context.public.ts'
import { may } from '#features/identity/permission.ts'
import {
  listOrganizations,
  organizationUnknown,
} from '#features/organizations/organizations.public.ts'
import { listMeasures, listProgrammes } from '#features/programmes/programmes.public.ts'
import { cellsOf, type Known } from './known.ts'

const byCode = <T extends { readonly code: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.code, row]))

/** All that expenditures can name, in a handful of queries whatever their number. */
export async function readKnown(
  { work, actor, today }: Context,
  commitments: readonly string[],
): Promise<Known> {
  const organizations = byCode(await listOrganizations(work))
  const named: ReadonlyMap<string, Commitment> = await listCommitmentsNamed(work, commitments)
  return {
    today,
    cellOf: cellsOf({
      measures: byCode(await listMeasures(work)),
      envelopes: byCode(await listEnvelopes(work)),
      programmes: byCode(await listProgrammes(work)),
    }),
    commitment: (text) => named.get(text),
    mayEnter(organization) {
      if (!organizations.has(organization)) {
        return organizationUnknown(organization).issues[0] ?? null
      }
      return may(actor, 'expenditure.enter', organization)
        ? null
        : {
            pointer: '/organization',
            code: 'expenditures/organization-of-others',
            detail: {
              fr: `Votre rôle ne permet pas de saisir des dépenses pour ${organization}.`,
              en: `Your role does not allow you to enter expenditures for ${organization}.`,
            },
            value: organization,
          }
    },
  }
}
