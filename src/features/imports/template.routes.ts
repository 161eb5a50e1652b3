import { create as contentDisposition } from 'content-disposition'
import { z } from 'zod'
import type { Calls } from '#features/identity/calls.public.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { fiscalYearField, languageField, textField } from '#platform/http/input.ts'
import { languageOf } from '#platform/http/language.ts'
import { drawTemplate } from './template.actions.ts'

const querystring = z.strictObject({
  organization: textField(60).transform((code) => code.toUpperCase()),
  fiscalYear: fiscalYearField,
  lang: languageField.optional(),
})

export function registerTemplate(server: HttpServer, calls: Calls): void {
  server.get(
    '/imports/template.xlsx',
    { config: { act: 'import.prepare' }, schema: { tags: ['imports'], querystring } },
    async (request, reply) => {
      const { lang, ...asked } = request.query
      const language = lang ?? languageOf(request.headers['accept-language'])
      const bytes = await calls.look(request, (viewing) => drawTemplate(viewing, asked, language))
      const name = language === 'fr' ? 'gabarit' : 'template'
      return reply
        .header(
          'content-disposition',
          contentDisposition(`${name}-${asked.organization}-${asked.fiscalYear}.xlsx`),
        )
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(bytes))
    },
  )
}
