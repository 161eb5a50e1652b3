import { z } from 'zod'
import { assets, assetsHash } from '#platform/html/assets.ts'
import { routeUnknown } from './framework-problems.ts'
import type { HttpServer } from './http-server.ts'

/** Styles, scripts and pictures of the pages. An address of another release has nothing behind it. */
const ofAsset = z.strictObject({ hash: z.string(), name: z.string() })

export function registerAssets(server: HttpServer): void {
  server.get(
    '/assets/:hash/:name',
    {
      config: { isImmutable: true, answersUnready: true },
      schema: { hide: true, params: ofAsset },
    },
    (request, reply) => {
      const { hash, name } = request.params
      const asset = hash === assetsHash ? assets.get(name) : undefined
      if (asset === undefined) {
        throw routeUnknown()
      }
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(asset.type)
        .send(asset.bytes)
    },
  )
}
