import { z } from 'zod'
import type { Reading } from '#core/issues.ts'
import { lineField, refuseInput, uuidField } from '#platform/http/input.ts'
import { roles } from './actor.ts'
import { nameLengthMax, readEmail, readName } from './person.ts'
import { tokenDaysMax } from './token.ts'

/** What routes about people take and answer. */
const through =
  (read: (text: string) => Reading<string>) =>
  (text: string, context: z.core.$RefinementCtx): string => {
    const reading = read(text)
    return reading.ok ? reading.value : refuseInput(context, reading.issue)
  }

const emailField = z
  .string()
  .meta({ format: 'email', maxLength: 254, examples: ['a.roy@msp.example'] })
  .transform(through(readEmail))
export const nameField = z
  .string()
  .meta({ minLength: 1, maxLength: nameLengthMax })
  .transform(through(readName))

export const roleSchema = z.object({ role: z.enum(roles), organization: z.string() })
export const roleField = z.strictObject({
  role: z.enum(roles),
  organization: z
    .string()
    .max(60)
    .meta({ description: 'Of an officer or an approver; the other roles are held for all.' })
    .default('*'),
})

export const newUser = z.strictObject({
  email: emailField,
  name: nameField,
  role: z.enum(roles),
  organization: z.string().max(60).default('*'),
})

const rolesMax = 100

export const userChange = z.strictObject({
  name: nameField.optional(),
  addRoles: z.array(roleField).max(rolesMax).optional(),
  removeRoles: z.array(roleField).max(rolesMax).optional(),
})

export const ofId = z.strictObject({ id: uuidField })

export const userSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    email: z.string(),
    name: z.string(),
    roles: z.array(roleSchema),
    disabled: z.boolean(),
    version: z.int().meta({ description: 'Sent as ETag; named by If-Match.' }),
  })
  .meta({ id: 'User' })

export const listedUserSchema = userSchema.extend({ lastUsedAt: z.string().nullable() })

export const newToken = z
  .strictObject({
    days: z.int().min(1).max(tokenDaysMax).optional(),
    label: lineField(nameLengthMax).optional(),
  })
  .optional()

export const tokenSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    email: z.string(),
    label: z.string(),
    version: z.int(),
    createdAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Token' })

export const givenTokenSchema = tokenSchema.extend({
  token: z
    .string()
    .nullable()
    .meta({ description: 'Told once: null when the same Idempotency-Key asks again.' }),
})

export const ownSessionSchema = z
  .object({
    id: z.string().meta({ format: 'uuid' }),
    version: z.int(),
    createdAt: z.string(),
    lastUsedAt: z.string().meta({ description: 'Noted once a minute at most.' }),
    expiresAt: z.string(),
    address: z.string().nullable(),
    isCurrent: z.boolean().meta({ description: 'The one the request came with.' }),
  })
  .meta({ id: 'OwnSession' })
