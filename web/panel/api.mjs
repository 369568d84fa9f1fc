/** The API over HTTP: one call, and failures as one kind of error that carries the server's own sentence. */

/** @typedef {import("./types").Problem} Problem */

const PREFIX = "/onereel/v1";

/** A call that failed; `problem` says why, and often what to do. */
export class Trouble extends Error {
	/** @param {Problem} problem */
	constructor(problem) {
		super(problem.detail);
		this.name = "Trouble";
		this.problem = problem;
	}
}

/** ComfyUI gave no answer. @returns {Problem} */
export function offline() {
	return { status: 0, title: "offline", detail: "", action: { label: "", do: "retry" } };
}

/** @typedef {{body?: unknown, file?: Blob, headers?: Record<string, string>, signal?: AbortSignal}} Options */

export class Api {
	/** @param {import("@comfyorg/comfyui-frontend-types").ComfyApi} comfy */
	constructor(comfy) {
		this.comfy = comfy;
	}

	/** @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} */
	get(path, signal) {
		return this.call("GET", path, { signal });
	}

	/** @param {string} path @param {unknown} [body] @param {Options} [options] @returns {Promise<any>} */
	post(path, body, options = {}) {
		return this.call("POST", path, { ...options, body });
	}

	/**
	 * @param {string} method
	 * @param {string} path Below the API's prefix.
	 * @param {Options} [options]
	 * @returns {Promise<any>} The answer's JSON; null where there is none.
	 * @throws {Trouble}
	 */
	async call(method, path, { body, file, headers = {}, signal } = {}) {
		/** @type {RequestInit} */
		const request = { method, signal, headers: { ...headers } };
		if (file) {
			request.body = file;
			request.headers = { ...headers, "Content-Type": file.type || "application/octet-stream" };
		} else if (body !== undefined) {
			request.body = JSON.stringify(body);
			request.headers = { ...headers, "Content-Type": "application/json" };
		}
		const { answer, text } = await this.#send(path, request);
		if (!answer.ok) throw new Trouble(problemOf(answer, text));
		return text ? JSON.parse(text) : null;
	}

	/** @param {string} path @param {RequestInit} request */
	async #send(path, request) {
		try {
			const answer = await this.comfy.fetchApi(PREFIX + path, request);
			// What breaks off half way is no answer either.
			return { answer, text: await answer.text() };
		} catch (error) {
			if (error instanceof DOMException && error.name === "AbortError") throw error;
			throw new Trouble(offline());
		}
	}

	/**
	 * The address of a path that the API gave.
	 *
	 * @param {string | null | undefined} path
	 */
	url(path) {
		if (!path) return undefined;
		return this.comfy.apiURL(path.startsWith("/") ? path : `${PREFIX}/${path}`);
	}
}

/** @param {Response} answer @param {string} text @returns {Problem} */
function problemOf(answer, text) {
	try {
		const said = JSON.parse(text);
		if (typeof said.detail === "string") return { ...said, status: answer.status };
	} catch {
		// A proxy or ComfyUI itself answered, in HTML or nothing.
	}
	return { status: answer.status, title: answer.status === 404 ? "missing" : "server", detail: "", action: { label: "", do: "retry" } };
}
