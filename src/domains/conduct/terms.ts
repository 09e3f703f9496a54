// What the charter must settle about conduct.
import { term } from '#acts/term.ts'
import { Code } from './words.ts'

export const codeOfConduct = term('conduct.code', 'The code of conduct that everybody taking part accepts', Code)
