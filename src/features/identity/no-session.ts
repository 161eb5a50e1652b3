import { Problem } from '#core/problem.ts'

/** What was asked concerns a session, and a token came instead. */
export const noSession = (): Problem =>
  new Problem('conflict', 'identity/no-session', {
    fr: 'La demande vient avec un jeton : aucune session n’est ouverte. Un jeton se révoque.',
    en: 'The request came with a token: no session is open. A token is revoked instead.',
  })
