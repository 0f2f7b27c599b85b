/** What `service.ts` imports. */
export {
  type AlarmsDefinition,
  type ApiDefinition,
  type CorsDefinition,
  defineService,
  type EnvironmentDefinition,
  type FunctionDefinition,
  type Grant,
  type IndexDefinition,
  type RecoveryDefinition,
  type RequestExample,
  type ResponseDefinition,
  type Route,
  type Schema,
  type SchemasDefinition,
  type ServiceDefinition,
  type TableDefinition,
} from "./manifest/index.ts";
