/** What the bot says in a sentence: lines, with commands to press and urls to open. */
export function SpokenText({ text, say }: { readonly text: string; readonly say: (command: string) => void }) {
  return (
    <>
      {text.split('\n').map((line, at) => (
        <p key={at}>{parts(line).map((part) => spoken(part, say))}</p>
      ))}
    </>
  );
}

/** Commands stand alone or at the end of a word's white space; urls are http(s) up to white space or a Chinese mark. */
const special = /(https?:\/\/[^\s，。；！？、）》」]+|(?<![^\s(（·])\/[a-z]{2,20}(?![\w/]))/;

function parts(line: string): string[] {
  return line.split(special).filter((part) => part !== '');
}

function spoken(part: string, say: (command: string) => void) {
  if (/^https?:\/\//.test(part)) {
    return (
      <a href={part} target="_blank" rel="noopener noreferrer">
        {part}
      </a>
    );
  }
  if (/^\/[a-z]{2,20}$/.test(part)) {
    return (
      <button type="button" class="typed-command" onClick={() => say(part)}>
        {part}
      </button>
    );
  }
  return part;
}
