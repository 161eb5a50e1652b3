export { listClosedFigures } from './closed-years.store.ts'
