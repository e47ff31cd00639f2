/**
 * The same pure function, which remembers what it made of an object for as long as that object lives: hits of a search
 * that many ask for are put into words once. For objects that never change.
 */
export function perObject<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const made = new WeakMap<Of, Made>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    const fresh = make(of);
    made.set(of, fresh);
    return fresh;
  };
}
