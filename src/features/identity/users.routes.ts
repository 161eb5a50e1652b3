import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { described } from '#platform/http/answers.ts'
import type { HttpServer } from '#platform/http/http-server.ts'
import { cursorField, limitField, noBody } from '#platform/http/input.ts'
import { fileFields, fileMillisMax } from '#platform/http/list-file.ts'
import { pageSchema, slicePage } from '#platform/http/lists.ts'
import { etagOf, requireIfMatch } from '#platform/http/versions.ts'
import type { Answer, Calls } from './calls.public.ts'
import { listedUserSchema, newUser, ofId, userChange, userSchema } from './identity-input.routes.ts'
import { answerListFile } from './list-files.public.ts'
import { userRecords } from './people-records.table.ts'
import { listedUserFacts, type Person, userFacts } from './person.ts'
import {
  changeUser,
  createUser,
  disableUser,
  enableUser,
  readUser,
  readUsers,
  type SeenUser,
} from './users.actions.ts'

const tags = ['users']
const config = { act: 'user.manage' } as const
const one = described({ 200: userSchema })
const listQuery = z.strictObject({ limit: limitField, cursor: cursorField })

/** People and their roles, for administrators. */
export function registerUsers(server: HttpServer, calls: Calls): void {
  server.get(
    '/users',
    {
      config,
      schema: {
        tags,
        querystring: listQuery,
        response: described({ 200: pageSchema(listedUserSchema) }),
      },
    },
    (request) =>
      calls.look(request, async (viewing) =>
        slicePage(await readUsers(viewing), request.query, {
          codeOf: ({ email }) => email,
          itemOf: listedUserFacts,
        }),
      ),
  )
  server.get(
    '/users.csv',
    {
      config,
      handlerTimeout: fileMillisMax,
      schema: { tags, querystring: z.strictObject(fileFields) },
    },
    (request, reply) =>
      answerListFile(calls, [request, reply], userRecords, async function* (viewing) {
        yield (await readUsers(viewing)).map(listedUserFacts)
      }),
  )
  server.get(
    '/users/:id',
    { config, schema: { tags, params: ofId, response: one } },
    (request, reply) =>
      calls.look(request, async (viewing) => {
        const person = await readUser(viewing, request.params.id)
        reply.header('etag', etagOf(person.version))
        return userFacts(person)
      }),
  )
  server.post(
    '/users',
    { config, schema: { tags, body: newUser, response: described({ 201: userSchema }) } },
    (request, reply) =>
      calls.act(request, reply, async (context) =>
        userAnswer(201, await createUser(context, request.body)),
      ),
  )
  registerChanges(server, calls)
}

function registerChanges(server: HttpServer, calls: Calls): void {
  server.patch(
    '/users/:id',
    { config, schema: { tags, params: ofId, body: userChange, response: one } },
    (request, reply) =>
      calls.act(request, reply, async (context) =>
        userAnswer(
          200,
          await changeUser(context, seenBy(request, request.params.id), request.body),
        ),
      ),
  )
  for (const [step, action] of [
    ['disable', disableUser],
    ['enable', enableUser],
  ] as const) {
    server.post(
      `/users/:id/${step}`,
      { config, schema: { tags, params: ofId, body: noBody, response: one } },
      (request, reply) =>
        calls.act(request, reply, async (context) =>
          userAnswer(200, await action(context, seenBy(request, request.params.id))),
        ),
    )
  }
}

/** The version is read only when the action asks for it, after it has found the actor allowed. */
const seenBy = (request: FastifyRequest, id: string): SeenUser => ({
  id,
  get version() {
    return requireIfMatch(request.headers)
  },
})

const userAnswer = (status: 200 | 201, person: Person): Answer => ({
  status,
  version: person.version,
  body: userFacts(person),
})
