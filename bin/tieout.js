#!/usr/bin/env node
// The sources run as they are: tsx strips the types, there is no build.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
