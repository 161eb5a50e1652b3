import type { HttpServer } from '#platform/http/http-server.ts'

export interface Route {
  readonly method: string
  /** With its parameters, as `/api/v1/expenditures/:id`. */
  readonly path: string
}

/** Every route of the server, as its router prints them: a list that nobody can forget to extend. */
export function routesOf(server: HttpServer): readonly Route[] {
  const above: string[] = []
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, branch = '', part = '', methods] =
        /^(.*[├└]── )(.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
      const depth = branch.length / 4
      if (depth === 0) {
        return []
      }
      above.length = depth - 1
      above.push(part)
      const path = above.join('')
      return (methods ?? '')
        .split(', ')
        .flatMap((method) => (method === '' ? [] : [{ method, path }]))
    })
}
