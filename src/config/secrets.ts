import { variables } from './environment.ts';

/** Whether the value of a variable is a secret, by its name. */
const isSecret = (name: string) => /TOKEN|SECRET|(?<!PUBLIC)_KEY/.test(name);

/**
 * What must never be printed: secrets, robots' keys, and the passwords in addresses. Read from the environment and
 * not from the configuration, so that an error about a faulty one is held to it too.
 */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const found = Object.keys(variables).flatMap((name) => {
    const value = environment[name]?.trim() ?? '';
    if (isSecret(name)) return [value, ...value.split(':')];
    const passwords = [...value.matchAll(/\/\/[^\s/:]*:([^\s/]+)@/g)].map(([, password = '']) => password);
    const keys = [...value.matchAll(/[?&]key=([^\s&,]+)/g)].map(([, key = '']) => key);
    return [...passwords, ...keys].flatMap((secret) => [secret, decoded(secret)]);
  });
  return [...new Set(found)].filter((secret) => secret !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
