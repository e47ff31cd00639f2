/** Longer texts are sentences, pasted by somebody, and no query that two people ask. */
const longest = 60;

const personal = [
  // Addresses of mail, and names of accounts.
  /@/,
  /:\/\//,
  // Numbers of telephones, identity cards and orders, also with spaces or hyphens in them; years and versions are shorter.
  /\d(?:[\s.()-]*\d){6}/,
];

/** Whether a query may tell of a person: such ones are never written down. Errs on the safe side. */
export function seemsPersonal(query: string): boolean {
  const text = query.normalize('NFKC');
  return text.length > longest || personal.some((form) => form.test(text));
}
