// A form as its tool's listed schema says it, where the server gives no drafts.

function formOf({ name, title, inputSchema }) {
  const required = new Set(inputSchema.required ?? []);
  const kindOf = property => property.type === 'array' ? 'choices'
    : property.enum ? 'choice'
      : property.type === 'string' ? 'text' : property.type;
  const fields = Object.entries(inputSchema.properties ?? {}).map(([key, property]) => ({
    key,
    kind: kindOf(property),
    title: property.title,
    description: property.description,
    required: required.has(key),
    options: property.enum ?? property.items?.enum,
    default: property.default,
    maxLength: property.maxLength,
    minimum: property.minimum,
    maximum: property.maximum,
  }));
  return { tool: name, title, fields };
}
