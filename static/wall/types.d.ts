// What travels between server and wall (docs/protocol.md) and what the player's parts hand each other.

export type NpsBand = "promoter" | "passive" | "detractor";
/** CSAT and CES have their own words for good, middling and bad. */
export type Band = NpsBand | "satisfied" | "neutral" | "dissatisfied" | "easy" | "hard";
export type MetricName = "nps" | "csat" | "ces";
export type MaskLabel = "name" | "phone" | "email" | "number" | "other";
export type Piece =
  | { kind: "words"; text: string }
  | { kind: "cut" }
  | { kind: "mask"; label: MaskLabel };

/** A customer's words with their score; `language` is null when it is unknown. */
export interface Said {
  pieces: Piece[];
  language: string | null;
  score: number | null;
  scale: [number, number];
  band: Band | null;
  answered_on: string;
}

export interface Quote extends Said {
  id: string;
  kind: "quote";
  metric: MetricName;
  who: { kind: "full_name" | "first_name" | "role" | "customer"; text: string | null };
  touchpoint: string | null;
  published_at: number;
  /** When the wall lets go of it by itself, ms. */
  expires_at?: number | null;
  /** Opens each round, until then, ms; null: until it is unpinned. */
  pinned?: boolean;
  pinned_until?: number | null;
  /** So many others said the same. */
  also?: number;
  words: number;
}

/** How quotes take turns: which mix, and how the answers are shared out, per mille. */
export interface Turns {
  id: "turns";
  kind: "turns";
  mode: string;
  /** "oldest" or "answered"; the newest first otherwise. */
  order?: string;
  shares: Record<NpsBand, number> | null;
  window_days: number | null;
  /** Of which part of the answers a feed tells that was made at the desk; empty: of all. */
  about?: string[];
}

/** What a new player shows until somebody has confirmed it. */
export interface PairingCode {
  id: "pairing";
  kind: "pairing";
  /** Letters, four and four. */
  code: string;
  /** Where it is typed. */
  address: string;
  modules: string[];
}

export interface Effect {
  metric: MetricName;
  before: { score: number; n: number };
  after: { score: number; n: number };
  direction: Direction;
  /** Of answers before it was done. */
  days: number;
  /** Of answers since: fewer while it is young. */
  days_after: number;
}

/** "none" is a change no larger than chance would make. */
export type Direction = "up" | "down" | "none";

export interface Improvement {
  id: string;
  kind: "improvement";
  did: string;
  label: string;
  by: string;
  done_on: string | null;
  touchpoint: string | null;
  said: (Said & { more: number; expires_at?: number | null }) | null;
  effect: Effect | null;
  measured_again_on: string | null;
  published_at: number;
  words: number;
}

export interface Summary {
  id: "summary";
  kind: "summary";
  done_this_year: number;
  under_way: number;
}

export interface TrendPoint {
  day: string;
  score: number | null;
  low?: number | null;
  high?: number | null;
  n: number;
}

export interface Metric {
  id: string;
  kind: MetricName;
  question: string;
  window_days: number;
  as_of: number;
  enough: boolean;
  n: number;
  minimum: number;
  score: number | null;
  low: number | null;
  high: number | null;
  /** Of the scores, and per cent in the good band; null below the minimum. */
  mean?: number | null;
  share?: number | null;
  counts: Partial<Record<Band, number>>;
  trend: TrendPoint[];
  target: { score: number; by: string } | null;
  change: { difference: number; direction: Direction; against_days: number; p?: number } | null;
  improvements: { day: string; label: string }[];
  /** Of which part of the answers it is; absent or empty: of all. */
  about?: string[];
}

/** One touchpoint on the journey; "pain" and "truth" stand out from the others by more than chance. */
export interface Stop {
  name: string;
  n: number;
  score: number | null;
  low: number | null;
  high: number | null;
  standing: "pain" | "truth" | null;
}

export interface Touchpoints {
  id: string;
  kind: "touchpoints";
  metric: MetricName;
  window_days: number;
  as_of: number;
  minimum: number;
  together: number | null;
  points: Stop[];
  more: number;
  about?: string[];
}

export interface Mix {
  id: string;
  kind: "mix";
  window_days: number;
}

/** Times in ms; `until` null: as long as it is in its feed. What takes over may be for some screens alone. */
export interface Notice {
  id: string;
  kind: "notice" | "takeover";
  look?: string;
  /** Goes before all else, and is never dimmed. */
  urgent?: boolean;
  /** Ids; absent or null: for every screen. */
  for?: { groups?: number[]; screens?: number[] } | null;
  headline: string;
  text: string;
  picture: { url: string; width: number; height: number; tells: string } | null;
  from: number;
  until: number | null;
  takes_over: boolean;
  words: number;
}

export interface Ask {
  id: string;
  kind: "ask";
  headline: string;
  address: string;
  /** The code's rows, "1" is dark. */
  modules: string[];
  words: number;
}

/** Made by the player of short quotes: `shown` of them at a time, then the others one by one. */
export interface Mosaic {
  id: string;
  kind: "mosaic";
  quotes: Quote[];
  shown: number;
  words: number;
}

export type Item =
  | Quote
  | Turns
  | Improvement
  | Summary
  | Metric
  | Touchpoints
  | Mix
  | Notice
  | Ask
  | PairingCode
  | Mosaic;
export type Items = Record<string, Item>;

export interface Feed {
  kind: string;
  epoch: string;
  rev: number;
  items: Items;
}

export type Feeds = Record<string, Feed>;

export interface Change {
  rev: number;
  op: "put" | "drop";
  item: string;
  body?: Item | null;
}

export interface FeedAnswer {
  kind: string;
  epoch: string;
  rev: number;
  items?: Items;
  changes?: Change[];
}

export interface Answer {
  now: number;
  programme: Programme | null;
  feeds: Record<string, FeedAnswer>;
  /** The version of the player that the server hands out. */
  shell?: string;
  /** What this screen is to do. */
  commands?: Command[];
}

/** Done once; `until` in ms by the server's clock: not any more from then on. */
export interface Command {
  id: number;
  what: string;
  until: number;
}

/** When a playlist hangs, on the screen's own wall clock; hours no later than `from` are the next day's. */
export interface Slot {
  playlist: string;
  /** 0 is Monday. */
  days: number[];
  /** HH:MM. */
  from: string;
  to: string;
  /** YYYY-MM-DD: days on which it begins. */
  first?: string | null;
  last?: string | null;
  holidays?: "not" | "only" | null;
  country?: string | null;
  /** Of several the highest hangs; of equal ones the first in the list. */
  priority: number;
}

export interface PlaylistEntry {
  scene: string;
  feed: string;
  count: number;
  /** Seconds, where they are more than it takes to read. */
  dwell?: number | null;
  /** In each so-many-th round of the playlist, beginning with round `from`; absent: in each. */
  every?: number;
  from?: number;
}

export interface Brand {
  accent: Record<"ink" | "paper", Record<"text" | "graphic", string>> | null;
  logo: string | null;
  frame: "full" | "quiet";
  /** Scene → its title, where that is not the built-in one. */
  titles: Record<string, string>;
}

export interface Programme {
  protocol: number;
  version: string;
  screen: { id: number | string; name: string; site: string | null; group?: number | null };
  title: string;
  locale: string;
  timezone: string;
  theme: "auto" | "ink" | "paper";
  motion: boolean;
  diagonal_inch: number;
  distance_m: number;
  lease_hours: number;
  /** Degrees to the right, in quarters; absent: 0. */
  turned?: number;
  /** HH:MM in the screen's time zone, and how bright the picture is then. */
  night?: { from: string; to: string; percent: number } | null;
  /** What hangs where no slot says otherwise. */
  playlist: PlaylistEntry[];
  /** By name, what slots say; absent: no slots. */
  playlists?: Record<string, PlaylistEntry[]>;
  slots?: Slot[];
  /** Country → its holidays, as far ahead as the server knows them. */
  holidays?: Record<string, string[]>;
  brand?: Brand;
  words: Record<string, string>;
}

/** What is on show: `endsAt` null means until something changes. Times in ms since 1970, UTC. */
export interface Show {
  scene: string;
  feed: string | null;
  item: Item | null;
  key: string;
  startedAt: number;
  endsAt: number | null;
  fresh: boolean;
}

/** All a wall remembers; `contact` is the server's time when it last answered. */
export interface State {
  programme: Programme | null;
  feeds: Feeds;
  contact: number | null;
}

/** What a wall finds at its start; `seen` is the latest time it knew, and may be later than `contact`. */
export interface Memory {
  state: State;
  seen: number | null;
}

/** How often, and how many ms. */
export type PlayRow = [times: number, ms: number];

/** What was shown and is not told yet, under `${start of the hour or day} ${name}`; ms since 1970, UTC. */
export interface Played {
  queue: string;
  /** The number of the next batch. */
  next: number;
  /** On its way to the server, until it says that it has it. */
  waiting: PlayBatch | null;
  scenes: Record<string, PlayRow>;
  items: Record<string, PlayRow>;
}

/** Rows are the start, a name, how often and how many seconds. */
export interface PlayBatch {
  batch: number;
  scenes: [number, string, number, number][];
  items: [number, string, number, number][];
}

/** "pairing": nobody has said yet which screen this is. */
export type Link = "linked" | "pairing" | "revoked";

export interface Freshness {
  state: "live" | "as_of" | "offline";
  since: number | null;
}

export type Params = Record<string, string | number>;
export type Say = (key: string, params?: Params) => string;

export interface Format {
  locale: string;
  number(value: number): string;
  signed(score: number): string;
  percent(share: number): string;
  /** With one decimal. */
  decimal(value: number): string;
  time(at: number): string;
  clock(at: number): string;
  /** "today", "yesterday", "5 days ago", then a date. */
  since(day: string, now: number): string;
  date(day: string, now: number): string;
  /** The month alone, with its year when it is not of the last eleven months. */
  month(day: string, now: number): string;
  monthTick(at: Date): string;
  hour(at: number): number;
  /** Of the local day, 0 to 1439. */
  minute(at: number): number;
  /** Local days since 1970, whole. */
  day(at: number): number;
  plural(n: number): "one" | "other";
}

/** What a scene may use to draw itself. */
export interface Context {
  programme: Programme;
  feeds: Feeds;
  /** The feed of the scene that is drawn. */
  feed: string | null;
  now: number;
  say: Say;
  format: Format;
  address: string;
}

/** What the frame says for a scene; null leaves the frame's own words. */
export interface Caption {
  title: string | null;
  subtitle: string | null;
  foot: Node[];
}

/** A scene draws itself, then is arranged when it is in the page and can be measured. */
export interface Scene {
  /** Whether some of its words are set in italics. */
  italic?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: each scene takes the body of its own kind
  render(body: any, context: Context): HTMLElement;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  caption?(body: any, context: Context): Caption;
  arrange?(
    element: HTMLElement,
    // biome-ignore lint/suspicious/noExplicitAny: as above
    body: any,
    context: Context,
  ): Arrangement | undefined | Promise<Arrangement | undefined>;
}

/** A scene of several pages: the share of the dwell each page has, and how to turn to one. */
export interface Arrangement {
  shares: number[];
  turn(page: number): void;
}
