import { Problem } from '#core/problem.ts'
import { refuseField } from '#core/refusal.ts'

/** The rules of matchings that the database holds too, by constraint name. */
const ownerUnknown = (): Problem =>
  refuseField('owner', 'matching/owner-unknown', {
    fr: 'Aucune personne n’a cette adresse : le responsable doit être connu.',
    en: 'Nobody has that address: the owner must be known.',
  })

/** A closed period is settled: a newer run would not be what was signed. */
export const periodClosed = (): Problem =>
  new Problem('conflict', 'matching/period-closed', {
    fr: 'Cette période est fermée : elle ne s’apparie plus. Un administrateur peut la rouvrir.',
    en: 'This period is closed: it is matched no more. An administrator may open it again.',
  })

export const matchingConstraints: Readonly<Record<string, () => Problem>> = {
  match_run_period_open: periodClosed,
  match_line_owner_fk: ownerUnknown,
  ledger_match_owner_fk: ownerUnknown,
  match_run_two_persons: () =>
    new Problem('forbidden', 'matching/own-work', {
      fr: 'Vous avez préparé ou modifié cet appariement : une autre personne doit le signer.',
      en: 'You prepared or changed this matching: somebody else must sign it.',
    }),
  match_run_is_settled: () =>
    new Problem('conflict', 'matching/signed', {
      fr: 'Cet appariement est signé : il ne change plus.',
      en: 'This matching is signed: it changes no more.',
    }),
}
