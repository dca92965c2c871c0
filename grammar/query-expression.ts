import { BOOL, type Environment, functionType, INT, STRING, type Type } from '../src/values/expression-types.ts'

const asks = (result: Type): Type => functionType([], result)

/** What an expression about a query may use (plugin/pkg/expression DefaultEnv), the same in all releases. */
export const QUERY_ENVIRONMENT: Environment = new Map<string, Type>([
  ['incidr', functionType([STRING, STRING], BOOL)],
  ['metadata', functionType([STRING], STRING)],
  ['type', asks(STRING)],
  ['name', asks(STRING)],
  ['class', asks(STRING)],
  ['proto', asks(STRING)],
  ['size', asks(INT)],
  ['client_ip', asks(STRING)],
  ['port', asks(STRING)],
  ['id', asks(INT)],
  ['opcode', asks(INT)],
  ['do', asks(BOOL)],
  ['bufsize', asks(INT)],
  ['server_ip', asks(STRING)],
  ['server_port', asks(STRING)],
])
