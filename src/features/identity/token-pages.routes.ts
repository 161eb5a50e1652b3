import { z } from 'zod'
import type { HttpServer } from '#platform/http/http-server.ts'
import { lineField, refuseInput } from '#platform/http/input.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { ofId } from './identity-input.routes.ts'
import { listFile } from './list-file.public.ts'
import type { Showing } from './page-forms.public.ts'
import type { Pages } from './pages.public.ts'
import { may } from './permission.ts'
import { nameLengthMax } from './person.ts'
import { readTokenDays } from './token.ts'
import { issueOwnToken, readToken, readTokens, revokeToken } from './tokens.actions.ts'
import { ownedTokensTable } from './tokens.table.ts'
import { givenTokenPage, tokenPage, tokensPage } from './tokens.views.tsx'

const config = { act: 'token.own' } as const
const shownQuery = z.strictObject({ done: z.literal('revoked').optional() })
const tokenForm = z.strictObject({
  label: lineField(nameLengthMax).optional(),
  days: z.string().transform((text, context): number => {
    const days = readTokenDays(text.trim())
    return days.ok ? days.value : refuseInput(context, days.issue)
  }),
})

/** One's own tokens; an administrator sees and revokes everybody's, and issues none for others. */
export function registerTokenPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerIssuing(server, pages)
  registerRevoking(server, pages)
}

const list =
  (isRevoked: boolean): Showing =>
  async (viewing, screen) => {
    const tokens = await readTokens(viewing)
    return tokensPage({ tokens, seesAll: may(viewing.actor, 'token.manage'), isRevoked }, screen)
  }

function registerList(server: HttpServer, pages: Pages): void {
  server.get('/tokens', { config, schema: { querystring: shownQuery } }, (request, reply) =>
    pages.show(request, reply, list(request.query.done !== undefined)),
  )
  for (const ending of tableEndings) {
    server.get(
      `/tokens.${ending}`,
      { config, schema: { querystring: z.strictObject({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) =>
          listFile(viewing, ownedTokensTable(await readTokens(viewing))),
        )
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}

/** The token is in no address and in nothing that is kept: the answer itself shows it, once. */
function registerIssuing(server: HttpServer, pages: Pages): void {
  server.post('/tokens', { config }, (request, reply) => {
    let given: string | null = null
    return pages.act(request, reply, {
      fields: tokenForm,
      run: async (context, { fields }) => {
        given = (await issueOwnToken(context, fields)).token
        return '/tokens'
      },
      told: async (_viewing, screen) => givenTokenPage(given, screen),
      again: list(false),
    })
  })
}

function registerRevoking(server: HttpServer, pages: Pages): void {
  const one =
    (id: string): Showing =>
    async (viewing, screen) =>
      tokenPage(await readToken(viewing, id), screen)
  server.get('/tokens/:id/revoke', { config, schema: { params: ofId } }, (request, reply) =>
    pages.show(request, reply, one(request.params.id)),
  )
  server.post('/tokens/:id/revoke', { config, schema: { params: ofId } }, (request, reply) =>
    pages.act(request, reply, {
      fields: z.strictObject({}),
      run: async (context, sent) => {
        await revokeToken(context, {
          id: request.params.id,
          get version() {
            return sent.version
          },
        })
        return '/tokens?done=revoked'
      },
      again: one(request.params.id),
    }),
  )
}
