import { useEffect, useState } from 'preact/hooks';

/** What is loaded once a view is shown. */
export interface Loaded<Value> {
  /** Undefined until it is there. */
  readonly value: Value | undefined;
  readonly failed: boolean;
  readonly tryAgain: () => void;
}

/** @param of what the value is loaded anew for when it changes, such as an id */
export function useLoaded<Value>(load: () => Promise<Value>, of: readonly unknown[]): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let left = false;
    const settle = (loaded: Value | undefined, fault: boolean) => {
      if (left) return;
      setValue(() => loaded);
      setFailed(fault);
    };
    void load().then(
      (loaded) => settle(loaded, false),
      () => settle(undefined, true),
    );
    return () => {
      left = true;
    };
  }, [...of, attempt]);
  return { value, failed, tryAgain: () => setAttempt(attempt + 1) };
}
