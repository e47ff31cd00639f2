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

const url = /^https?:\/\//;
const command = /^\/(?:[a-z]{2,20}|[一-鿿]{2,4})$/;

/**
 * Urls are http(s) up to white space or a Chinese mark; commands, in either language, are words of their own. What stands
 * before a command is matched rather than looked back at: browsers of before 2023 refuse a script that looks back.
 */
const special =
  /(https?:\/\/[^\s，。；！？、）》」]+)|(^|[\s(（·、，。：“「])(\/(?:[a-z]{2,20}|[一-鿿]{2,4})(?![\w/一-鿿]))/;

function parts(line: string): string[] {
  return line.split(special).filter((part) => part !== undefined && part !== '');
}

function spoken(part: string, say: (command: string) => void) {
  if (url.test(part)) {
    return (
      <a href={part} target="_blank" rel="noopener noreferrer">
        {part}
      </a>
    );
  }
  if (command.test(part)) {
    return (
      <button type="button" class="typed-command" onClick={() => say(part)}>
        {part}
      </button>
    );
  }
  return part;
}
