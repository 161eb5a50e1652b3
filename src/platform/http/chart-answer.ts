import type { FastifyReply } from 'fastify'
import { type Bars, drawBars } from '#platform/charts/bars.ts'

/** A chart as the picture of a page: shown by `<img>`, since a page holds nothing inline. */
export const sendChart = async (reply: FastifyReply, bars: Bars): Promise<FastifyReply> =>
  reply.type('image/svg+xml').send(await drawBars(bars))
