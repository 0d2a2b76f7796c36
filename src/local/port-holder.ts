/** Who holds a port: told where the system tells it (Linux), null elsewhere. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

const LISTENING = '0A';

export function portHolder(port: number): { pid: number; command: string; since: string } | null {
  try {
    const inodes = new Set(
      ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
        readFileSync(table, 'utf8')
          .split('\n')
          .slice(1)
          .flatMap((line) => {
            const fields = line.trim().split(/\s+/);
            return fields[3] === LISTENING && parseInt(fields[1]?.split(':')[1] ?? '', 16) === port
              ? [`socket:[${fields[9]}]`]
              : [];
          }),
      ),
    );
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (!holdsOne(pid, inodes)) continue;
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ');
      return {
        pid: Number(pid),
        command: command.length > 60 ? `${command.slice(0, 59)}…` : command,
        since: statSync(`/proc/${pid}`).ctime.toTimeString().slice(0, 5),
      };
    }
  } catch {
    return null;
  }
  return null;
}

function holdsOne(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}
