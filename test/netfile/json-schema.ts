/**
 * A validator for the part of JSON Schema 2020-12 that schema/network.json uses, written from the standard
 * and sharing nothing with the reader. A keyword it does not know is an error, not a pass.
 */
type Schema = { readonly [keyword: string]: unknown };

const ANNOTATIONS = new Set(['$schema', '$id', '$defs', 'title', 'description', 'examples']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function hasType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      throw new Error(`unknown type ${type}`);
  }
}

/** Whether `value` is valid against `schema`; `$ref`s are resolved in `root`. */
export function isValid(value: unknown, schema: Schema, root: Schema = schema): boolean {
  const valid = (v: unknown, s: unknown): boolean => isValid(v, s as Schema, root);
  return Object.entries(schema).every(([keyword, rule]) => {
    if (ANNOTATIONS.has(keyword)) return true;
    switch (keyword) {
      case '$ref':
        return valid(value, (root.$defs as Record<string, Schema>)[String(rule).replace('#/$defs/', '')]);
      case 'type':
        return hasType(value, rule);
      case 'enum':
        return (rule as unknown[]).includes(value);
      case 'minimum':
        return typeof value !== 'number' || value >= (rule as number);
      case 'maximum':
        return typeof value !== 'number' || value <= (rule as number);
      case 'exclusiveMinimum':
        return typeof value !== 'number' || value > (rule as number);
      case 'minLength':
        return typeof value !== 'string' || [...value].length >= (rule as number);
      case 'items': {
        if (!Array.isArray(value)) return true;
        const from = (schema.prefixItems as unknown[] | undefined)?.length ?? 0;
        return value.slice(from).every((v) => valid(v, rule));
      }
      case 'prefixItems':
        return (
          !Array.isArray(value) ||
          (rule as unknown[]).every((s, i) => i >= value.length || valid(value[i], s))
        );
      case 'minItems':
        return !Array.isArray(value) || value.length >= (rule as number);
      case 'maxItems':
        return !Array.isArray(value) || value.length <= (rule as number);
      case 'required':
        return !isObject(value) || (rule as string[]).every((key) => Object.hasOwn(value, key));
      case 'properties':
        return (
          !isObject(value) ||
          Object.entries(rule as Schema).every(
            ([key, s]) => !Object.hasOwn(value, key) || valid(value[key], s),
          )
        );
      case 'additionalProperties': {
        if (!isObject(value)) return true;
        const known = Object.keys((schema.properties ?? {}) as object);
        const others = Object.keys(value).filter((key) => !known.includes(key));
        return rule === false ? others.length === 0 : others.every((key) => valid(value[key], rule));
      }
      case 'propertyNames':
        return !isObject(value) || Object.keys(value).every((key) => valid(key, rule));
      case 'allOf':
        return (rule as unknown[]).every((s) => valid(value, s));
      case 'anyOf':
        return (rule as unknown[]).some((s) => valid(value, s));
      case 'oneOf':
        return (rule as unknown[]).filter((s) => valid(value, s)).length === 1;
      case 'not':
        return !valid(value, rule);
      default:
        throw new Error(`the schema uses ${keyword}, which this validator does not know`);
    }
  });
}
