/** As much of JSON Schema as the OpenAPI document uses for bodies. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
}

export interface MutatingRoute {
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** As the document has it, with its parameters in braces. */
  readonly path: string
  readonly schema: Schema
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
}

interface OpenApiOperation {
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema } | undefined>>
  }
}

/** Every route that changes something and takes JSON. */
export function mutatingRoutes(document: unknown): readonly MutatingRoute[] {
  return Object.entries((document as OpenApi).paths).flatMap(([path, operations]) =>
    (['POST', 'PATCH', 'PUT', 'DELETE'] as const).flatMap((method) => {
      const content = operations[method.toLowerCase()]?.requestBody?.content
      const schema = content?.['application/json']?.schema
      return schema === undefined ? [] : [{ method, path, schema }]
    }),
  )
}

/** Something the schema takes; `known` gives the values that must name what exists. */
export function sampleOf(
  schema: Schema,
  known: Readonly<Record<string, unknown>>,
  name = '',
): unknown {
  if (Object.hasOwn(known, name)) {
    return known[name]
  }
  const { anyOf, properties, items, examples, type } = schema
  const [chosen] = anyOf ?? []
  if (chosen !== undefined) {
    return sampleOf(chosen, known, name)
  }
  if (properties !== undefined) {
    return Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => [key, sampleOf(inner, known, key)]),
    )
  }
  if (items !== undefined) {
    return [sampleOf(items, known, name)]
  }
  const [first = schema.enum?.[0]] = examples ?? []
  if (first !== undefined) {
    return first
  }
  return type === 'integer' || type === 'number' ? 1 : type === 'boolean' ? true : 'Texte'
}
