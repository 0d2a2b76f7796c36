import { basename, dirname, join, normalize } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { projectFiles, read, ROOT, sourceFiles } from './project.ts';
import { saysAny } from './syntax.ts';

const LONGEST = 300;
const NAMELESS = ['utils', 'helpers', 'common', 'misc', 'manager', 'types'];

const sources = sourceFiles();
const texts = projectFiles().filter((path) => !/\.(png|svg|gz|xlsx|woff2)$/.test(path) && path !== 'package-lock.json');

describe('the sources', () => {
  test('bear names that say what is inside', () => {
    expect(sources.filter((path) => NAMELESS.includes(basename(path).split('.')[0]!))).toEqual([]);
  });

  test(`have fewer than ${LONGEST} lines each`, () => {
    const lines = (path: string) => read(path).split('\n').length - 1;
    expect(sources.filter((path) => lines(path) >= LONGEST).map((path) => `${path}: ${lines(path)}`)).toEqual([]);
  });

  test('say what everything is: no any', () => {
    expect(saysAny('let x: Map<string, any>;')).toBe(true);
    expect(sources.filter((path) => saysAny(read(path)))).toEqual([]);
  });

  test('silence no checker', () => {
    expect(sources.filter((path) => /@ts-(ignore|nocheck|expect-error)|eslint-disable/.test(read(path)))).toEqual([]);
  });

  test('read no amount into a floating-point number', () => {
    expect(sources.filter((path) => /\bparseFloat\(/.test(read(path)))).toEqual([]);
  });
});

describe('the repository', () => {
  test('stands by itself: no path of a machine, no host of a package registry', () => {
    // Written in two pieces, so that this file does not find itself.
    const foreign = [
      ['/wo', 'rk/'],
      ['/ro', 'ot/'],
      ['/ho', 'me/[a-z]+/'],
      ['/Us', 'ers/'],
      ['registry', '\\.npmjs'],
      ['py', 'pi\\.org'],
      ['files\\.', 'pythonhosted'],
    ].map((parts) => parts.join(''));
    const pattern = new RegExp(`(^|[\\s"'\`(=])(${foreign.join('|')})|${foreign.slice(4).join('|')}`, 'm');
    expect(texts.filter((path) => pattern.test(read(path)))).toEqual([]);
  });

  test('locks packages without naming where they came from', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/);
  });

  test('has every file that its pages link to', () => {
    const pages = projectFiles().filter((path) => path.endsWith('.md'));
    const broken = pages.flatMap((page) => {
      const links = [
        ...read(page)
          .replace(/```[\s\S]*?```/g, '')
          .matchAll(/\]\(([^)\s]+)\)/g),
      ].map(([, target]) => target!);
      return links
        .filter(
          (target) =>
            !/^([a-z]+:|#)/.test(target) &&
            !existsSync(join(ROOT, normalize(join(dirname(page), target.split('#')[0]!)))),
        )
        .map((target) => `${page}: ${target}`);
    });
    expect(broken).toEqual([]);
  });

  test('names in its pages only source files that are there', () => {
    const pages = projectFiles().filter((path) => path.endsWith('.md'));
    const missing = pages.flatMap((page) =>
      [...read(page).matchAll(/`((?:src|test|scripts|docs|demo|bin)\/[\w./-]*\w)`/g)]
        .map(([, path]) => path!)
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(missing).toEqual([]);
  });
});
