import { z } from 'zod'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageSchema, slicePage } from '#platform/http/lists.ts'
import { requireIfMatch } from '#platform/http/versions.ts'
import type { Calls } from './calls.public.ts'
import { givenTokenSchema, newToken, ofId, tokenSchema } from './identity-input.routes.ts'
import { answerListFile } from './list-files.public.ts'
import { tokenRecords } from './people-records.table.ts'
import { tokenFacts, versionOfToken } from './token.ts'
import { issueOwnToken, readTokens, revokeToken } from './tokens.actions.ts'

const tags = ['tokens']
const config = { act: 'token.own' } as const
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })

/** One's own tokens; an administrator sees and revokes everybody's, and issues none for others. */
export function registerTokens(server: HttpServer, calls: Calls): void {
  server.post(
    '/tokens',
    { config, schema: { tags, body: newToken, response: described({ 201: givenTokenSchema }) } },
    (request, reply) =>
      calls.act(request, reply, async (context) => {
        const { token, kept } = await issueOwnToken(context, request.body ?? {})
        const facts = tokenFacts(kept)
        return {
          status: 201,
          version: versionOfToken(kept),
          body: { ...facts, token },
          bodyAgain: { ...facts, token: null },
        }
      }),
  )
  server.get(
    '/tokens',
    {
      config,
      schema: {
        tags,
        querystring: listQuery,
        response: described({ 200: pageSchema(tokenSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await readTokens(viewing), request.query, {
          codeOf: ({ id }) => id,
          itemOf: tokenFacts,
        }),
      ),
  )
  server.get(
    '/tokens.csv',
    {
      config,
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: z.strictObject(fileFields) },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], tokenRecords, async function* (viewing) {
        yield (await readTokens(viewing)).map(tokenFacts)
      }),
  )
  server.delete('/tokens/:id', { config, schema: { tags, params: ofId } }, (request, reply) =>
    calls.act(request, reply, async (context) => {
      await revokeToken(context, {
        id: request.params.id,
        get version() {
          return requireIfMatch(request.headers)
        },
      })
      return { status: 204, body: null }
    }),
  )
}
