/** Names of the demos, as `npm start -- --demo NAME` takes them; the first runs where none is named. */
export const DEMO_NAMES = ['us', 'uk'] as const;
export type DemoName = (typeof DEMO_NAMES)[number];

/** Whose October each is, for people. */
export const DEMO_SELLERS: Readonly<Record<DemoName, string>> = {
  us: 'a simulated seller',
  uk: 'a simulated UK seller',
};
