import { z } from 'zod'
import type { HttpServer } from '#platform/http/http-server.ts'
import { languageOfPage } from '#platform/http/page-answer.ts'
import { dialectField, sendTable, tableEndings } from '#platform/http/table-answer.ts'
import { roles } from './actor.ts'
import type { Context } from './context.public.ts'
import { nameField, newUser, ofId, roleField } from './identity-input.routes.ts'
import { listFile } from './list-file.public.ts'
import type { Sent, Showing } from './page-forms.public.ts'
import type { Pages } from './pages.public.ts'
import { userDone, userPage } from './user.views.tsx'
import {
  changeUser,
  createUser,
  disableUser,
  enableUser,
  readOrganizationCodes,
  readUser,
  readUsers,
} from './users.actions.ts'
import { usersTable } from './users.table.ts'
import { usersPage } from './users.views.tsx'

const config = { act: 'user.manage' } as const
const shownQuery = z.strictObject({ done: z.enum(userDone).optional() })

/** People and their roles, for administrators: added, changed, disabled, enabled. */
export function registerUserPages(server: HttpServer, pages: Pages): void {
  registerList(server, pages)
  registerOne(server, pages)
}

const list: Showing = async (viewing, screen) => {
  const people = await readUsers(viewing)
  return usersPage({ people, organizations: await readOrganizationCodes(viewing) }, screen)
}

function registerList(server: HttpServer, pages: Pages): void {
  server.get('/users', { config }, (request, reply) => pages.show(request, reply, list))
  server.post('/users', { config }, (request, reply) =>
    pages.act(request, reply, {
      fields: newUser,
      run: async (context, { fields }) =>
        `/users/${(await createUser(context, fields)).id}?done=added`,
      again: list,
    }),
  )
  for (const ending of tableEndings) {
    server.get(
      `/users.${ending}`,
      { config, schema: { querystring: z.strictObject({ dialect: dialectField }) } },
      async (request, reply) => {
        const { dialect } = request.query
        const file = await pages.look(request, async (viewing) =>
          listFile(viewing, usersTable(await readUsers(viewing))),
        )
        return sendTable(reply, file, { ending, language: languageOfPage(request), dialect })
      },
    )
  }
}

const stepForm = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('rename'), name: nameField }),
  z.strictObject({ step: z.literal('add-role'), ...roleField.shape }),
  z.strictObject({
    ...{ step: z.literal('remove-role'), role: z.enum(roles) },
    organization: z.string().max(60),
  }),
  z.strictObject({ step: z.literal('disable') }),
  z.strictObject({ step: z.literal('enable') }),
])

type Steps = Sent<z.infer<typeof stepForm>>

function registerOne(server: HttpServer, pages: Pages): void {
  const one =
    (id: string, done?: (typeof userDone)[number]): Showing =>
    async (viewing, screen) => {
      const person = await readUser(viewing, id)
      const isOneself = person.email === viewing.actor.email
      const organizations = await readOrganizationCodes(viewing)
      return userPage({ person, organizations, isOneself, done }, screen)
    }
  server.get(
    '/users/:id',
    { config, schema: { params: ofId, querystring: shownQuery } },
    (request, reply) => pages.show(request, reply, one(request.params.id, request.query.done)),
  )
  server.post('/users/:id', { config, schema: { params: ofId } }, (request, reply) =>
    pages.act(request, reply, {
      fields: stepForm,
      run: async (context, sent) => {
        const { id } = request.params
        return `/users/${id}?done=${await take(context, id, sent)}`
      },
      again: one(request.params.id),
    }),
  )
}

/** Answers what was done. The version is read only when the action asks for it. */
async function take(context: Context, id: string, sent: Steps): Promise<(typeof userDone)[number]> {
  const { fields } = sent
  const seen = {
    id,
    get version() {
      return sent.version
    },
  }
  if (fields.step === 'disable') {
    await disableUser(context, seen)
    return 'disabled'
  }
  if (fields.step === 'enable') {
    await enableUser(context, seen)
    return 'enabled'
  }
  await changeUser(context, seen, changeOf(fields))
  return 'changed'
}

function changeOf(fields: Exclude<Steps['fields'], { step: 'disable' | 'enable' }>) {
  if (fields.step === 'rename') {
    return { name: fields.name }
  }
  const { role, organization } = fields
  return fields.step === 'add-role'
    ? { addRoles: [{ role, organization }] }
    : { removeRoles: [{ role, organization }] }
}
