import { z } from 'zod'
import { money } from '#core/money.ts'
import { record } from '#features/identity/context.public.ts'
import type { Pages } from '#features/identity/pages.public.ts'
import { ErrorSummary, Field, Form, TextArea } from '#platform/html/forms.tsx'
import { ListTotal } from '#platform/html/list-total.tsx'
import type { Page, Screen } from '#platform/html/page.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { amountField, lineField } from '#platform/http/input.ts'

/** A form as any page has one: it shows what pages do with forms, whatever the feature. */
const words = {
  title: { fr: 'Note', en: 'Note' },
  text: { fr: 'Texte', en: 'Text' },
  amount: { fr: 'Montant', en: 'Amount' },
}

const notePage = (screen: Screen): Page => ({
  title: words.title,
  main: (
    <>
      <ErrorSummary screen={screen} labels={words} />
      <Form screen={screen} action="/note" version={3}>
        <TextArea screen={screen} name="text" label={words.text} value="Valeur première" />
        <Field screen={screen} name="amount" label={words.amount} optional />
        <button type="submit">OK</button>
      </Form>
      <ListTotal count={2} total={money('12.50')} words={words.title} language={screen.language} />
    </>
  ),
})

const fields = z.strictObject({ text: lineField(40), amount: amountField.optional() })

export function registerNotePages(server: HttpServer, pages: Pages): void {
  const config = { act: 'expenditure.enter' } as const
  server.get('/note', { config }, (request, reply) =>
    pages.show(request, reply, async (_viewing, screen) => notePage(screen)),
  )
  server.post('/note', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields,
      run: async (context, sent) => {
        context.whenAllowed()
        const { text } = sent.fields
        const position = await record(context, {
          type: 'note.written',
          subject: 'note/1',
          before: { version: sent.version },
          after: { text },
        })
        return `/note?position=${position}`
      },
      again: async (_viewing, screen) => notePage(screen),
    }),
  )
}
