/** Shapes that the panel's modules share. Types only: nothing here is loaded. */

import type { ComfyApi, ComfyApp } from "@comfyorg/comfyui-frontend-types";
import type en from "./words/en.mjs";
import type drawer from "./words/drawer/en.mjs";
import type cast from "./words/cast/en.mjs";
import type continuity from "./words/continuity/en.mjs";
import type film from "./words/film/en.mjs";
import type unwritten from "./words/unwritten/en.mjs";
import type examples from "./words/examples/en.mjs";
import type views from "./words/views/en.mjs";

export type Child = VNode | string | number | boolean | null | undefined | Child[] | (() => Child);
export interface VNode {
	tag: string;
	props: Props;
	children: Child[];
}
export interface Props {
	key?: string | number;
	memo?: unknown[];
	mounted?: (element: any) => (() => void) | void;
	updated?: (element: any) => void;
	[name: string]: any;
}

export interface Host {
	app: ComfyApp;
	api: ComfyApi;
	/** The setting that decides what the panel speaks. */
	language: {
		setting: string;
		options: { value: string; text: string }[];
		locale: (changed?: Record<string, unknown>) => string;
	};
}

/** Dollars as the server writes them: "4.80". */
export type Money = string;
/** Seconds. */
export type Seconds = number;
export type Action = "write" | "rehearse" | "shoot" | "cut";
export type FilmState = "planned" | "waiting" | "working" | "done" | "stopped" | "failed";
export type SceneState = "planned" | "waiting" | "shooting" | "draft" | "ready" | "approved" | "refused" | "lost" | "failed";

/** The code and the values of a sentence that stands in English beside it. */
export interface Said {
	code: string;
	values: Record<string, string>;
}

export interface Problem {
	status: number;
	title: string;
	detail: string;
	said?: Said | null;
	fields?: { name: string; detail: string; said: Said | null }[];
	action?: { label: string; do: string } | null;
	[more: string]: any;
}

export interface Job {
	id: string;
	action: Action;
	state: "waiting" | "running" | "done" | "failed" | "cancelled";
	position: number | null;
	wait: Seconds | null;
	stage: string | null;
	scene: string | null;
	fraction: number | null;
	elapsed: Seconds | null;
	expected: Seconds | null;
	note: string;
	note_said: Said | null;
	problem: Problem | null;
}

export interface Take {
	id: string;
	number: number;
	renderer: string;
	model: string;
	shot_by: string;
	seed: number;
	state: string;
	duration: Seconds;
	video: string | null;
	thumbnail: string | null;
	cost: Money;
	note: string;
	chosen: boolean;
	current: boolean;
}

export interface Word {
	text: string;
	start: Seconds;
	end: Seconds;
}

export interface Scene {
	id: string;
	number: number;
	title: string;
	description: string;
	narration: string;
	prompt: string;
	negative_prompt: string;
	camera: string;
	place: string;
	mood: string;
	/** What it names of the film's continuity bible. */
	uses: string[];
	/** Whether it begins where the one before it ends. */
	continues: boolean;
	transition: string;
	/** Ids of the film's characters that it shows. */
	cast: string[];
	duration: Seconds;
	start: Seconds;
	approved: boolean;
	take_number: number;
	state: SceneState;
	fraction: number | null;
	problem: Problem | null;
	cost: Money | null;
	price: Money | null;
	thumbnail: string | null;
	clip: string | null;
	take: string | null;
	takes: Take[];
	line: { audio: string; waveform: string; duration: Seconds; words: Word[]; recorded: boolean } | null;
	medic: { diff: string; note: string; field: "prompt" | "description"; text: string } | null;
}

export interface Reel {
	video: string;
	thumbnail: string | null;
	duration: Seconds;
	size: number;
	captions: { vtt: string; srt: string } | null;
	marks: { scene: string; start: Seconds; title: string }[];
	checks: { scene: string | null; at: Seconds | null; words: string; words_said: Said | null }[];
	current: boolean;
}

export interface Film {
	id: string;
	title: string;
	logline: string;
	state: FilmState;
	revision: number;
	undo: string | null;
	undo_said: Said | null;
	redo: string | null;
	redo_said: Said | null;
	brief: Record<string, any>;
	options: Record<string, any>;
	style: Record<string, any>;
	cast: Character[];
	bible: Constant[];
	writer: string;
	notes: string[];
	source: string;
	duration: Seconds;
	spent: Money;
	created: string;
	changed: string;
	job: Job | null;
	scenes: Scene[];
	reel: Reel | null;
	shoot: { scenes: number; at_most: Money | null; allowed: boolean; why: string; why_said: Said | null };
}

/** What looks the same in every scene that uses it. */
export interface Constant {
	kind: "place" | "wardrobe" | "prop" | "light";
	name: string;
	description: string;
	wearer: string;
}

/** A scene that begins where an earlier take ended, and what letting go of that frame buys. */
export interface FrameOffer {
	scene: string;
	before: string;
	pinned: string;
	now: string;
	scenes: { scene: string; title: string; at_most: Money | null }[];
	at_most: Money | null;
	words: string;
}

export interface Character {
	/** "" for somebody whom a writer made up, and nobody cast. */
	id: string;
	name: string;
	description: string;
	role: "lead" | "supporting" | "extra" | "narrator";
	voice: string;
	also: string[];
	pictures: { id: string; url: string; thumbnail: string }[];
}

export interface FilmCard {
	id: string;
	title: string;
	state: FilmState;
	duration: Seconds;
	scenes: number;
	spent: Money;
	created: string;
	changed: string;
	aspect: string;
	thumbnail: string | null;
	reel: boolean;
}

export type Change = { op: string; [field: string]: any };
export interface Proposal {
	words: string;
	words_said: Said | null;
	changes: Change[];
	diff: { scene: string | null; field: string; before: string; after: string }[];
	by: string;
}

export interface Named {
	name: string;
	label: string;
}
export interface Bounds {
	least: number;
	most: number;
	usual: number;
}
/** A place to show films; what is null is not known. */
export interface PlatformChoice extends Named {
	aspect: string | null;
	resolution: string | null;
	resolutions: string[];
	shortest: number | null;
	longest: number | null;
	usual_length: [number, number] | null;
}
export interface Choices {
	templates: (Named & { words: string })[];
	platforms: PlatformChoice[];
	aspects: Named[];
	languages: { code: string; label: string; writes: boolean; speaks: boolean }[];
	looks: (Named & { words: string })[];
	writers: (Named & { reached: boolean })[];
	directors: Named[];
	renderers: (Named & { free: boolean; reached: boolean; why: string; why_said: Said | null })[];
	captions: Named[];
	resolutions: Named[];
	durations: Bounds;
	scene_counts: Bounds;
	longest_idea: number;
	longest_look: number;
	options: Record<string, any>;
}
export interface Voice {
	name: string;
	label: string;
	engine: string;
	language: string;
	installed: boolean;
}
export interface Room {
	period: string;
	cap: Money | null;
	used: Money;
	left: Money | null;
}
export interface Price {
	at_most: Money | null;
	scenes: number;
	seconds: Seconds;
	allowed: boolean;
	why: string;
	why_said: Said | null;
	rooms: Room[];
	quick: boolean;
	script: { model: string; usual: Money | null; at_most: Money | null; words: string } | null;
	voice: { voices: string; at_most: Money | null; words: string } | null;
	alternatives?: any[];
}
export interface Progress {
	film: string;
	job: string;
	stage: string | null;
	scene: string | null;
	fraction: number | null;
	elapsed: Seconds | null;
	expected: Seconds | null;
	note: string;
	note_said: Said | null;
	/** When it was said, by this page's clock in ms. */
	heard: number;
}

export type View = "new" | "library" | "scenes" | "film" | "money" | "health" | "keys" | "settings" | "characters";
export type Key =
	| keyof typeof en
	| keyof typeof drawer
	| keyof typeof cast
	| keyof typeof continuity
	| keyof typeof film
	| keyof typeof unwritten
	| keyof typeof views
	| keyof typeof examples;
export type Translate = (key: Key, values?: Record<string, string | number>) => string;

export interface Notice {
	id: number;
	words: string;
	bad: boolean;
	action?: { label: string; run: () => void };
}

export interface Form {
	idea: string;
	template: string;
	platform: string;
	aspect: string;
	duration: Seconds;
	language: string;
	voice: string;
	look: string;
	/** Names of characters, parted by commas; "*" for all whom the script names. */
	cast: string;
	writer: string;
	renderer: string;
	captions: string;
	resolution: string;
	scene_count: number;
	creativity: number;
	director: string;
	tone: string;
	/** The name that the server gave to music that was brought; "" for none. */
	music: string;
	music_label: string;
}

export interface State {
	view: View;
	/** Where the drawer's screens go back to. */
	from: View;
	film: string | null;
	films: Record<string, Film>;
	problems: Record<string, Problem>;
	progress: Record<string, Progress>;
	choices: Choices | null;
	voices: Record<string, Voice[]>;
	form: Form;
	price: Price | null;
	library: { cards: FilmCard[] | null; next: string | null; search: string; state: string; sort: string; size: string };
	/** Answers of the drawer's routes, by path. */
	pages: Record<string, any>;
	/** What is being asked of the server right now, by name. */
	busy: Record<string, boolean>;
	/** What is open, selected and typed, by name. */
	ui: Record<string, any>;
	notices: Notice[];
	locale: string;
}
