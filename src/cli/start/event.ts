/** An event in both forms: words for a terminal, `key=value` for a log. */
export interface Event {
  area: string;
  alarm: boolean;
  words: string;
  plain: string;
}
