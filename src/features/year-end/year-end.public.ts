export { listClosedFigures } from './closed-years.store.ts'
export { countYearEnds } from './year-ends.store.ts'
