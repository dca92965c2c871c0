// The program as one file with Node inside: all of it is here, and nothing beside it is read.

import { main } from './main.ts'
import { endWith, processIo } from './process-io.ts'

endWith(main(process.argv.slice(2), processIo()))
