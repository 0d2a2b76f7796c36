/** The words after `begin` of the command that a message ends with, as a shell would read them: lines that go on, and quotes. */
export function wordsOfCommand(message: string, begin: string): string[] {
  const command = message
    .slice(message.lastIndexOf(begin) + begin.length)
    .replace(/ \\\n\s*/g, ' ')
    .split('\n')[0]!;
  return (command.match(/'[^']*'|[^\s']+/g) ?? []).map((word) => word.replace(/^'|'$/g, ''));
}
