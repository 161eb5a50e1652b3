import type { VNode } from 'preact'
import type { Bilingual } from '#core/language.ts'
import { pathIn, type Screen } from '#platform/html/page.ts'
import { formatAmount, formatDate, say } from '#platform/i18n/format.ts'
import type { Expenditure, ExpenditureRequest } from './expenditure.ts'
import { fieldWords, requestNames, requestStates } from './expenditure-words.ts'
import { mayDecideRequest, type Reader, requestDecisions } from './offered.ts'

const words = {
  askedBy: { fr: 'demandée par', en: 'asked by' },
  decidedBy: { fr: 'décidée par', en: 'decided by' },
  on: { fr: 'le', en: 'on' },
  approve: { fr: 'Approuver la demande', en: 'Approve the request' },
  refuse: { fr: 'Refuser la demande', en: 'Refuse the request' },
} satisfies Record<string, Bilingual>

interface RequestsProps {
  readonly expenditure: Expenditure
  readonly reader: Reader
  readonly screen: Screen
}

/** What was asked about the document, by whom, what came of it, and the decision to take. */
export function RequestsList({ expenditure, reader, screen }: RequestsProps): VNode {
  return (
    <ul>
      {expenditure.requests.map((request) => (
        <li key={request.id}>
          <Asked request={request} screen={screen} />
          {mayDecideRequest(request, reader) && (
            <Deciding expenditure={expenditure} request={request} screen={screen} />
          )}
        </li>
      ))}
    </ul>
  )
}

export function Asked({ request, screen }: { request: ExpenditureRequest; screen: Screen }): VNode {
  const { language } = screen
  const { kind, state, amount, date, measure, envelope, serviceDate, reason } = request
  const place = [measure, envelope, serviceDate].filter((part) => part !== null).join(', ')
  return (
    <>
      <strong>{say(requestNames[kind], language)}</strong>, {say(words.askedBy, language)}{' '}
      {request.askedBy} – {say(requestStates[state], language)}
      {request.decidedBy !== null && (
        <>
          , {say(words.decidedBy, language)} {request.decidedBy}
        </>
      )}
      {amount !== null && date !== null && (
        <>
          <br />
          {formatAmount(amount, language)} {say(words.on, language)} {formatDate(date, language)}
        </>
      )}
      {place !== '' && (
        <>
          <br />
          {place}
        </>
      )}
      <br />
      {say(fieldWords.reason, language)}
      {language === 'fr' ? '\u00a0: ' : ': '}
      {reason}
    </>
  )
}

const Deciding = ({
  expenditure,
  request,
  screen: { language },
}: Pick<RequestsProps, 'expenditure' | 'screen'> & { request: ExpenditureRequest }): VNode => (
  <p class="ways">
    {requestDecisions.map((decision) => (
      <>
        <a
          key={decision}
          href={pathIn(
            language,
            `/expenditures/${expenditure.id}/requests/${request.id}/${decision}`,
          )}
          class={decision === 'approve' ? 'button' : 'button quiet'}
        >
          {say(words[decision], language)}
        </a>{' '}
      </>
    ))}
  </p>
)
