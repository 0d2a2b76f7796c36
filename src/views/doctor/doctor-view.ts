import type { Finding } from './finding.ts';
import { installation } from './installed.ts';
import { runningParts } from './running.ts';
import { secretFiles } from './secret-files.ts';

export interface DoctorView {
  ok: boolean;
  findings: Finding[];
}

/** What is installed, what runs, and what is wrong. Looks at each part by itself, so that one that is silent hides no other. */
export async function doctorView(): Promise<DoctorView> {
  const findings = [...(await installation()), ...secretFiles(), ...(await runningParts())];
  return { ok: findings.every(({ wrong }) => wrong === null), findings };
}
