/**
 * The commands of a shell script, each as it is written: those in pipes, behind `&&` and `||`, in `if`, and in
 * `$( )`. Texts in quotes are left alone, so that a program of jq is an argument and no list of commands.
 */
export function scriptCommands(script: string): string[] {
  const commands: string[] = [];
  let current = "";
  let quote = "";
  const end = () => {
    const command = withoutPrefix(current.trim());
    // What is left of a text around $( ) is no command.
    if (/[\w[]/.test(command)) commands.push(command);
    current = "";
  };
  const text = script.replaceAll(/\s*\\\n\s*/g, " ");
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== "'" && text.startsWith("$(", at)) {
      end();
      quote = "";
      at += 1;
    } else if (quote !== "'" && character === "\\") {
      current += text.slice(at, at + 2);
      at += 1;
    } else if (quote === "" ? character === "'" || character === '"' : character === quote) {
      quote = quote === "" ? character : "";
      current += character;
    } else if (quote === "" && "\n;|&()`".includes(character)) {
      end();
    } else {
      current += character;
    }
  }
  end();
  return commands;
}

/** Without what stands before a command: a word of the shell's, or variables that are set. */
function withoutPrefix(command: string): string {
  const rest = command.replace(
    /^(?:(?:if|then|else|elif|fi|do|done|while|!|\{|\})(?:\s+|$)|\w+=\S*(?:\s+|$))/,
    "",
  );
  return rest === command ? command : withoutPrefix(rest);
}
